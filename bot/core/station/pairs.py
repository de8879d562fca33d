"""Two entries that may be the same cameras: station staff decide, and nothing is merged by itself."""

from dataclasses import dataclass
from enum import StrEnum

from bot import texts
from bot.core.casework.search import distance
from bot.core.messages import Button, Incoming, Say, Tap, phrase
from bot.core.registration import Entry, cameras
from bot.core.turn import Turn, general_hint, hinted, in_place

SAME_NUMBER_M, SAME_PLACE_M = 20.0, 5.0  # a phone's GPS is right to about five metres


class Keep(StrEnum):
    FIRST = "first"
    SECOND = "second"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class AtPair:
    """Two entries so many metres apart, from one number or from two people; dates as they are shown."""

    first: Entry
    second: Entry
    apart_m: float
    one_number: bool
    dates: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    pair: AtPair
    keep: Keep


def step(stage: AtPair, got: Incoming) -> Turn[AtPair, Judged]:
    """Which one stays, or both."""
    match got:
        case Tap("first" | "second" | "both" as keep):
            return Turn(None, (), Judged(stage, Keep(keep)))
        case Tap("stop" | "back"):
            return Turn(None, in_place(got, (Say((phrase(texts.KEPT_AS_IT_WAS),)),)))
    return Turn(stage, hinted(general_hint(got) or phrase(texts.HINT_BUTTONS), question(stage)))


def question(stage: AtPair) -> tuple[Say, ...]:
    """Both entries, and what could become of them."""
    first, second = stage.first, stage.second
    words = phrase(
        texts.DUPLICATE,
        apart=distance(stage.apart_m),
        why=phrase(texts.SAME_NUMBER if stage.one_number else texts.SAME_PLACE),
        first=first.number,
        first_cameras=cameras(first.cameras),
        first_date=stage.dates[0],
        second=second.number,
        second_cameras=cameras(second.cameras),
        second_date=stage.dates[1],
    )
    labels = (
        (texts.KEEP_FIRST, "first"),
        (texts.KEEP_SECOND, "second"),
        (texts.KEEP_BOTH, "both"),
        (texts.WALK_STOP, "stop"),
    )
    return (Say((words,), tuple((Button(phrase(label), data),) for label, data in labels), protect=True),)
