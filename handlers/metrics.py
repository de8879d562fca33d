"""What is counted while the bot works, for Prometheus: updates, answers, search times, the funnel; never a person."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY = CollectorRegistry()

UPDATES = Counter("citizen_eye_updates", "Updates taken", ["outcome"], registry=REGISTRY)
ANSWERS = Counter("citizen_eye_answers", "Messages that left the outbox", ["outcome"], registry=REGISTRY)
FUNNEL = Counter("citizen_eye_signup", "Sign-ups that reached this stage", ["stage"], registry=REGISTRY)
SEARCHES = Histogram(
    "citizen_eye_search_seconds",
    "Time of a search, from cells to sorted distances",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0),
    registry=REGISTRY,
)
WAITING = Gauge("citizen_eye_outbox_waiting", "Messages that wait in the outbox", registry=REGISTRY)
OLDEST = Gauge("citizen_eye_outbox_oldest_seconds", "How long the oldest of them has waited", registry=REGISTRY)
ASIDE = Gauge("citizen_eye_updates_set_aside", "Updates in quarantine", registry=REGISTRY)
