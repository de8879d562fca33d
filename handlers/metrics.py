"""What is counted while the bot works, for Prometheus. Labels come from closed lists: never a person, place or word."""

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.core.resident.signup_questions import Stage, corrects
from storage.glance import Glance

REGISTRY = CollectorRegistry()
UPDATES = Counter("citizen_eye_updates", "Updates by what became of them", ["outcome"], registry=REGISTRY)
ANSWERS = Counter("citizen_eye_answers", "Messages of the outbox by how a try ended", ["outcome"], registry=REGISTRY)
OUTAGES = Counter("citizen_eye_outages", "Transactions that the database refused", ["kind"], registry=REGISTRY)
SIGNUP = Counter("citizen_eye_signup", "How often each stage of the sign-up was reached", ["stage"], registry=REGISTRY)
SEARCH = Histogram(
    "citizen_eye_search_seconds",
    "Time of a search, from the cells of its circle to the first page",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5),
    registry=REGISTRY,
)
WAITING = Gauge("citizen_eye_outbox_waiting", "Messages that wait to be sent", registry=REGISTRY)
OLDEST = Gauge("citizen_eye_outbox_oldest_seconds", "How long the oldest due message has waited", registry=REGISTRY)
LEFT_WAITING = Gauge(
    "citizen_eye_answer_oldest_seconds",
    "How long the oldest due answer waits, of the chats that nothing was sent to for a minute",
    registry=REGISTRY,
)
ASIDE = Gauge("citizen_eye_updates_set_aside", "Updates in quarantine", registry=REGISTRY)
REACHABLE = Gauge("citizen_eye_database_up", "1 where the last look at the database succeeded", registry=REGISTRY)
SAVED = "saved"


def reached(before: object, after: object, *, saved: bool) -> str:
    """The stage of the sign-up that a turn led to, by its name; empty where it led to none."""
    if saved:
        return SAVED
    new = isinstance(after, Stage) and type(after) is not type(before) and not corrects(after)
    return type(after).__name__ if new else ""


def count_updates(outcomes: Iterable[str], stages: Iterable[str]) -> None:
    """After the commit of what they did."""
    for outcome in outcomes:
        UPDATES.labels(outcome).inc()
    for stage in stages:
        SIGNUP.labels(stage).inc()


def written(seen: Glance | None) -> bytes:
    """Everything, as Prometheus reads it; `seen` is None while the database is away."""
    REACHABLE.set(seen is not None)
    if seen:
        WAITING.set(seen.waiting)
        OLDEST.set(seen.oldest_s)
        LEFT_WAITING.set(seen.oldest_answer_s)
        ASIDE.set(seen.aside)
    return generate_latest(REGISTRY)
