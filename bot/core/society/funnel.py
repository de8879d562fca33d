"""How far neighbours come through a society's link, and the only counts of them that anyone is told."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from zoneinfo import ZoneInfo

from bot.core.resident.signup_desk import Agree, Effect
from bot.core.resident.signup_questions import NeedConsent, NeedCount, NeedHere, NeedNumber, NeedPlace, NeedSame, Stage

FEWEST = 5  # counts are told in steps of so many people: neither a number nor a difference points at one of them
IN_ALL = 0  # the week that stands for all of them


class Step(IntEnum):
    """Each includes those before it."""

    OPENED = 1
    AGREED = 2
    NUMBER = 3
    PLACE = 4
    SAVED = 5


@dataclass(frozen=True, slots=True)
class Counts:
    """What may be told: every number a multiple of FEWEST, read "at least"; 0 reads "fewer than 5"."""

    steps: tuple[int, int, int, int, int]
    cameras: int

    def of(self, step: Step) -> int:
        return self.steps[step - 1]

    @property
    def saved(self) -> int:
        return self.of(Step.SAVED)


def told(exact: int) -> int:
    """A count as it may be told: rounded down to a multiple of FEWEST."""
    return exact - exact % FEWEST


def step_reached(before: Stage, after: Stage | None, effect: Effect | None) -> Step | None:
    """What an answer of the sign-up means for the funnel; a saved entry is counted where it is saved."""
    match before, after:
        case NeedConsent(), _ if isinstance(effect, Agree):
            return Step.AGREED
        case NeedNumber(), NeedPlace():
            return Step.NUMBER
        case NeedHere(), (NeedSame() | NeedCount()):
            return Step.PLACE
    return None


def week_of(moment: datetime, timezone: str) -> int:
    """The number of a week that begins on Monday, where the town is."""
    return (moment.astimezone(ZoneInfo(timezone)).toordinal() - 1) // 7
