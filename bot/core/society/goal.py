"""How many sign-ups a society aims for: asked once, set at any time."""

from dataclasses import dataclass

from bot import texts
from bot.core.messages import Button, Incoming, Say, Tap, Text, phrase, say
from bot.core.reading.counts import read_count
from bot.core.turn import Turn, general_hint, hinted, in_place

LEAST, MOST = 5, 10_000
OFFERED = (25, 50, 100, 250)


@dataclass(frozen=True, slots=True)
class NeedGoal:
    society_id: int


@dataclass(frozen=True, slots=True)
class Aim:
    society_id: int
    sign_ups: int


Out = Turn[NeedGoal, Aim]


def step(stage: NeedGoal, got: Incoming) -> Out:
    """A number from a button or typed."""
    match got:
        case Tap("no" | "back"):
            return Turn(None, in_place(got, (say(texts.KEPT_AS_IT_WAS),)))
        case Tap(words) | Text(words) if (wanted := read_count(words)) is not None:
            if LEAST <= wanted <= MOST:
                return Turn(None, (), Aim(stage.society_id, wanted))
            return Turn(stage, hinted(phrase(texts.HINT_GOAL_RANGE, least=LEAST, most=MOST), question()))
    return Turn(stage, hinted(general_hint(got) or phrase(texts.HINT_GOAL), question()))


def question() -> tuple[Say, ...]:
    """How many."""
    offered = tuple(Button(phrase(texts.COUNT_BUTTON, n=n), str(n)) for n in OFFERED)
    return (say(texts.ASK_GOAL, buttons=(offered, (Button(phrase(texts.KEEP_IT_SO), "no"),))),)
