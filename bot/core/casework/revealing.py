"""Before an owner's number is opened: the reason for it, and the code of the officer's second factor."""

from dataclasses import dataclass
from datetime import timedelta

from bot import texts
from bot.core.casework.factor import read_code
from bot.core.messages import Button, Incoming, Say, Tap, Text, phrase, say
from bot.core.reading.digits import plain
from bot.core.turn import Turn, general_hint, hinted, in_place

STAYS = timedelta(minutes=10)  # a number that was shown; then its message is deleted
LEAST_LETTERS, LONGEST_REASON = 4, 200
REASONS: dict[str, str] = {
    "recording": texts.REASON_RECORDING,
    "visit": texts.REASON_VISIT,
    "soon": texts.REASON_SOON,
}


@dataclass(frozen=True, slots=True)
class ShowNumber:
    """The number of one registration that a search found."""

    search_id: int
    registration_id: int


@dataclass(frozen=True, slots=True)
class TakeAlong:
    """The file of an incident, with the numbers of those who were asked."""

    incident_id: int
    form: str


Wish = ShowNumber | TakeAlong


@dataclass(frozen=True, slots=True)
class NeedReason:
    wish: Wish


@dataclass(frozen=True, slots=True)
class NeedSixDigits:
    wish: Wish
    reason: str


Stage = NeedReason | NeedSixDigits


@dataclass(frozen=True, slots=True)
class Reasoned:
    """The reason is known; a code is asked for unless one was right not long ago."""

    wish: Wish
    reason: str


@dataclass(frozen=True, slots=True)
class Try:
    """A code was typed."""

    wish: Wish
    reason: str
    code: str


Effect = Reasoned | Try
Out = Turn[Stage, Effect]


def step(stage: Stage, got: Incoming) -> Out:
    """A reason by button or in words, then six digits; anything else is asked again."""
    match stage, got:
        case _, Tap("no" | "back"):
            return Turn(None, in_place(got, (say(texts.NO_NUMBER_SHOWN),)))
        case NeedReason(wish), Tap(name) if name in REASONS:
            return Turn(stage, (), Reasoned(wish, REASONS[name]))
        case NeedReason(wish), Text(words) if not general_hint(got) and (reason := _reason(words)):
            return Turn(stage, (), Reasoned(wish, reason))
        case NeedSixDigits(wish, reason), Text(words) if code := read_code(words):
            return Turn(stage, (), Try(wish, reason, code))
    hint = phrase(texts.HINT_REASON if isinstance(stage, NeedReason) else texts.HINT_SIX_DIGITS)
    return Turn(stage, hinted(general_hint(got) or hint, question(stage)))


def _reason(words: str) -> str:
    """What was written, where it says something at all."""
    said = plain(words)[:LONGEST_REASON]
    return said if sum(sign.isalpha() for sign in said) >= LEAST_LETTERS else ""


def question(stage: Stage) -> tuple[Say, ...]:
    """Why, or which code; and the way out."""
    leave = (Button(phrase(texts.NO_NUMBER), "no"),)
    match stage:
        case NeedReason():
            reasons = tuple((Button(phrase(text), name),) for name, text in REASONS.items())
            return (say(texts.ASK_REASON, buttons=(*reasons, leave)),)
        case NeedSixDigits():
            return (say(texts.ASK_SIX_DIGITS, buttons=(leave,)),)
