"""Every conversation there can be, walked through the pure core: none saves without consent and all three answers."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

import pytest

from bot.core import signup
from bot.core.geo import Point
from bot.core.messages import Command, Contact, Incoming, Media, Other, Phrase, Pin, Say, Tap, Text, Whose
from bot.core.registration import Entry, Site, State
from bot.core.signup import Agree, Desk, Out, Save
from bot.core.signup_questions import Stage, question
from tests.chat import RAJWADA, TOWN

OWN, OTHERS = "+919876543210", "+919812345678"
TEA_STALL = Pin(Point(22.7236, 75.8850), "Tea stall")
INPUTS: tuple[Incoming, ...] = (
    *(Tap(data) for data in ("hi", "en", "agree", "no", "back", "here", "elsewhere", "update", "another", "yes")),
    *(Tap(data) for data in ("4", "save", "change:number", "change:place", "change:count")),
    *(Contact(number, whose) for number, whose in zip((OWN, OTHERS, OWN, OWN), Whose, strict=True)),
    Contact("12", Whose.OWN),
    Pin(RAJWADA),
    TEA_STALL,
    Pin(Point(28.6139, 77.2090)),  # Delhi
    *(Text(words) for words in ("60", "501", "75.8577, 22.7196", "rtsp://admin:1234@10.0.0.8/live", "what?")),
    Media(),
    Other(),
    Command("nonsense"),
)  # fmt: skip
HERE = Entry("7K4M-92QX", Site(RAJWADA, "blue gate"), 2, State.ACTIVE)
DESKS = {
    "a newcomer": Desk(TOWN),
    "someone with an entry at Rajwada": Desk(TOWN, (HERE,), OWN, agreed=True),
    "someone whose consent was to an older notice": Desk(TOWN, (HERE,), OWN),
    "someone who forgot everything and comes back": Desk(TOWN, (), "", agreed=False),
}


@dataclass(frozen=True)
class Reached:
    """A stage, and what the person had done by then."""

    stage: Stage | None
    agreed: bool
    numbers: frozenset[str] = frozenset()
    places: frozenset[Point] = frozenset()
    counts: frozenset[int] = frozenset()


def first(desk: Desk, *, language_known: bool = False) -> Reached:
    known = frozenset({desk.known_phone}) if desk.known_phone else frozenset()
    return Reached(signup.begin(desk, language_known), desk.agreed, known)


@cache
def stepped(stage: Stage, got: Incoming, desk_name: str, agreed: bool) -> Out:
    return signup.step(stage, got, replace(DESKS[desk_name], agreed=agreed))


def onward(at: Reached, got: Incoming, desk_name: str) -> tuple[Reached, Out]:
    assert at.stage is not None
    out = stepped(at.stage, got, desk_name, at.agreed)
    return replace(at, stage=out.stage, agreed=at.agreed or out.effect == Agree(), **given(at, got)), out


def given(at: Reached, got: Incoming) -> dict[str, frozenset[object]]:
    """What an honest reader of the chat would say the person answered, whatever the bot made of it."""
    match got:
        case Contact(str() as number, Whose.OWN):
            return {"numbers": at.numbers | {number}}
        case Pin(point):
            return {"places": at.places | {point}}
        case Text("75.8577, 22.7196"):
            return {"places": at.places | {Point(22.7196, 75.8577)}}
        case Tap("4") | Text("60"):
            return {"counts": at.counts | {int(got.data if isinstance(got, Tap) else got.words)}}
    return {}


def conversations(desk_name: str, steps: int | None) -> Iterator[tuple[Reached, Incoming, Out, int]]:
    """Each step of each conversation once, with how many conversations take it; `steps` None: of any length."""
    now: Counter[Reached] = Counter({first(DESKS[desk_name]): 1})
    seen: set[Reached] = set()
    while now and (steps is None or steps > 0):
        after: Counter[Reached] = Counter()
        for at, many in now.items():
            for got in INPUTS:
                there, out = onward(at, got, desk_name)
                yield at, got, out, many
                if there.stage is not None:
                    after[there] += many
        seen |= set(now)
        steps = None if steps is None else steps - 1
        now = after if steps is not None else Counter({at: 1 for at in after if at not in seen})


every_desk = pytest.mark.parametrize("desk_name", DESKS)
