"""Asked once before something cannot be undone: removing one entry, or everything."""

from dataclasses import dataclass

from bot import texts
from bot.core.messages import Button, Incoming, Phrase, Say, Tap, counted, phrase
from bot.core.turn import Turn, general_hint, hinted, in_place


@dataclass(frozen=True, slots=True)
class SureRemove:
    number: str
    days: int  # how long what was withdrawn stays sealed away


@dataclass(frozen=True, slots=True)
class SureForget:
    entries: int
    days: int


Stage = SureRemove | SureForget


@dataclass(frozen=True, slots=True)
class Remove:
    number: str


@dataclass(frozen=True, slots=True)
class Forget:
    pass


Effect = Remove | Forget
Out = Turn[Stage, Effect]


def step(stage: Stage, got: Incoming) -> Out:
    """Yes does it, no keeps all, anything else asks again."""
    match stage, got:
        case _, Tap("no" | "back"):
            return Turn(None, in_place(got, (Say((phrase(texts.KEPT_AS_IT_WAS),)),)))
        case SureRemove(number), Tap("yes"):
            return Turn(None, (), Remove(number))
        case SureForget(), Tap("yes"):
            return Turn(None, (), Forget())
    return Turn(stage, hinted(general_hint(got) or phrase(texts.HINT_BUTTONS), question(stage)))


def question(stage: Stage) -> tuple[Say, ...]:
    """What will happen, and the two ways to answer."""
    match stage:
        case SureRemove(number, days):
            words = phrase(texts.SURE_REMOVE, number=number, leftovers=leftovers(days))
            yes = texts.YES_REMOVE
        case SureForget(entries, days):
            words = phrase(texts.SURE_FORGET, entries=counted(texts.ENTRIES, entries), leftovers=leftovers(days))
            yes = texts.YES_FORGET
    return (Say((words,), ((Button(phrase(yes), "yes"),), (Button(phrase(texts.KEEP), "no"),))),)


def leftovers(days: int) -> Phrase:
    """What stays after a withdrawal, and how long (DPDP Rules 2025, rule 8(3))."""
    return phrase(texts.LEFTOVERS, days=days) if days else phrase(texts.NO_LEFTOVERS)
