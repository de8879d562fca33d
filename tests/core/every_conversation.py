"""Walks the sign-up's pure core: every answer at every stage, with what the person had truly answered by then."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from bot.core.geo import Point
from bot.core.messages import Command, Contact, Incoming, Media, Other, Pin, Tap, Text, Whose
from bot.core.registration import Entry, Site, State
from bot.core.resident import signup
from bot.core.resident.signup import Out
from bot.core.resident.signup_desk import Agree, Desk
from bot.core.resident.signup_questions import Stage
from tests.chat import RAJWADA, TOWN

NUMBER, ANOTHER = "+919876543210", "+919812345678"
TEA_STALL, DELHI = Point(22.7236, 75.8850), Point(28.6139, 77.2090)
TAPS = ("hi", "en", "agree", "no", "back", "here", "elsewhere", "update", "another", "yes", "4", "save", "leave")

# The answers a person can give, with the answer to which of the three questions they are.
NUMBERS: dict[Incoming, str] = {Contact(number, Whose.OWN): number for number in (NUMBER, ANOTHER)}
PLACES: dict[Incoming, Point] = {
    Pin(RAJWADA): RAJWADA,
    Pin(TEA_STALL, "Tea stall"): TEA_STALL,
    Text("75.8577, 22.7196"): Point(22.7196, 75.8577),
}
COUNTS: dict[Incoming, int] = {Tap("4"): 4, Text("60"): 60}
INPUTS: tuple[Incoming, ...] = (
    *NUMBERS,
    *PLACES,
    *COUNTS,
    *(Tap(data) for data in TAPS if data != "4"),
    *(Tap(data) for data in ("change:number", "change:place", "change:count", "nonsense")),
    *(Contact(NUMBER, whose) for whose in Whose if whose is not Whose.OWN),
    Contact("12", Whose.OWN),
    Pin(DELHI),
    *(Text(words) for words in ("501", "rtsp://admin:1234@10.0.0.8/live", "what?")),
    Media(),
    Other(),
    Command("nonsense"),
)
HERE = Entry("7K4M-92QX", Site(RAJWADA, "blue gate"), 2, State.ACTIVE)
DESKS = {
    "a newcomer": Desk(TOWN),
    "someone with an entry at Rajwada": Desk(TOWN, (HERE,), NUMBER, agreed=True),
    "someone whose consent was to an older notice": Desk(TOWN, (HERE,), NUMBER),
}


@dataclass(frozen=True)
class Reached:
    """A stage, and what the person had answered by then; `stage` None: the conversation is over."""

    stage: Stage | None
    agreed: bool
    numbers: frozenset[str]
    places: frozenset[Point] = frozenset()
    counts: frozenset[int] = frozenset()


def beginning(desk: Desk) -> Reached:
    """Where someone starts whose language is not known."""
    known = frozenset({desk.known_phone}) if desk.known_phone else frozenset[str]()
    return Reached(signup.begin(desk, language_known=desk.agreed), desk.agreed, known)


@cache
def stepped(stage: Stage, got: Incoming, who: str, agreed: bool) -> Out:
    return signup.step(stage, got, replace(DESKS[who], agreed=agreed))


def onward(at: Reached, got: Incoming, who: str) -> tuple[Reached, Out]:
    """One answer: where it leads, and the turn itself."""
    assert at.stage is not None
    out = stepped(at.stage, got, who, at.agreed)
    there = Reached(
        out.stage,
        at.agreed or out.effect == Agree(),
        at.numbers | {NUMBERS[got]} if got in NUMBERS else at.numbers,
        at.places | {PLACES[got]} if got in PLACES else at.places,
        at.counts | {COUNTS[got]} if got in COUNTS else at.counts,
    )
    return there, out


def of_length(who: str, steps: int) -> Iterator[tuple[Reached, Incoming, Reached, Out, int]]:
    """Every step of every conversation of so many answers, with how many conversations take it."""
    now = Counter({beginning(DESKS[who]): 1})
    for _ in range(steps):
        after: Counter[Reached] = Counter()
        for at, many in now.items():
            for got in INPUTS:
                there, out = onward(at, got, who)
                yield at, got, there, out, many
                if there.stage is not None:
                    after[there] += many
        now = after


@cache
def of_any_length(who: str, start: Reached | None = None) -> tuple[tuple[Reached, Incoming, Reached, Out], ...]:
    """Every step that any conversation can come to, once: the walk goes on until nothing new is reached."""
    steps = []
    seen = {start or beginning(DESKS[who])}
    waiting = list(seen)
    while waiting:
        at = waiting.pop()
        for got in INPUTS:
            there, out = onward(at, got, who)
            steps.append((at, got, there, out))
            if there.stage is not None and there not in seen:
                seen.add(there)
                waiting.append(there)
    return tuple(steps)
