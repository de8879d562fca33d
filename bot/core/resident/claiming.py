"""An old entry offered to its owner, in the chat of their number or by a code: keep it, correct it, or remove it."""

from dataclasses import dataclass
from enum import StrEnum

from bot import texts
from bot.core.messages import Ask, Button, Incoming, Say, Tap, Text, phrase, say
from bot.core.reading.digits import plain
from bot.core.registration import Site, cameras, place_of
from bot.core.regnumber import HEARD_AS, SIGNS
from bot.core.turn import Turn, general_hint, hinted, in_place

PREFIX = "c_"  # of a start link's payload
_LENGTH, _LONGEST = 16, 60


def code_from(signs: str) -> str:
    """Sixteen signs as they are printed: `7K4M-92QX-1B8T-ZZ0D`."""
    return "-".join(signs[n : n + 4] for n in range(0, _LENGTH, 4))


def read_code(words: str) -> str | None:
    """The code as it is printed, from however it was typed; None if it cannot be one."""
    if len(words) > _LONGEST:
        return None
    said = plain(words).upper().translate(HEARD_AS)
    return code_from(said) if len(said) == _LENGTH and all(sign in SIGNS for sign in said) else None


@dataclass(frozen=True, slots=True)
class NeedCode:
    pass


@dataclass(frozen=True, slots=True)
class Offered:
    """An entry that waits, or one that was signed on paper; `by_code`: shown to whoever has its code."""

    waiting_id: int
    site: Site
    cameras: int
    station: str
    by_code: bool = False
    wanted: str = ""  # decided before there was a consent: done once there is


Stage = NeedCode | Offered


class Choice(StrEnum):
    """What the owner wants."""

    KEEP = "keep"
    CORRECT = "correct"
    REMOVE = "remove"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Code:
    code: str


@dataclass(frozen=True, slots=True)
class Chosen:
    offer: Offered
    choice: Choice


Out = Turn[Stage, Code | Chosen]


def step(stage: Stage, got: Incoming) -> Out:
    """A code, or one of the four choices."""
    match stage, got:
        case _, Tap("back"):
            return Turn(None, in_place(got, (Say((phrase(texts.KEPT_AS_IT_WAS),), ask=Ask.CLEAR),)))
        case NeedCode(), Text(words) if code := read_code(words):
            return Turn(None, (), Code(code))
        case Offered(), Tap("keep" | "correct" | "remove" | "later" as choice):
            return Turn(None, (), Chosen(stage, Choice(choice)))
    hint = texts.HINT_CODE if isinstance(stage, NeedCode) else texts.HINT_BUTTONS
    return Turn(stage, hinted(general_hint(got) or phrase(hint), question(stage)))


def shown(stage: Offered) -> tuple[Say, ...]:
    """The place on the map, then the question."""
    return (Say((), ask=Ask.CLEAR, pin=stage.site.point), *question(stage))


def question(stage: Stage) -> tuple[Say, ...]:
    """What is asked at this stage."""
    match stage:
        case NeedCode():
            back = (Button(phrase(texts.BACK), "back"),)
            return (say(texts.ASK_CODE, buttons=(back,)),)
        case Offered(_, site, n, station, by_code):
            words = texts.OFFER_BY_CODE if by_code else texts.OFFER
            rows = (
                (Button(phrase(texts.OFFER_KEEP), "keep"),),
                (Button(phrase(texts.OFFER_CORRECT), "correct"), Button(phrase(texts.REMOVE), "remove")),
                (Button(phrase(texts.OFFER_LATER), "later"),),
            )
            said = phrase(words, station=station, place=place_of(site), cameras=cameras(n))
            return (Say((said,), rows, address_of=site.point),)
