"""Station staff enter cameras for someone without a smartphone: number, place, count; or a slip that was signed."""

from dataclasses import dataclass

from bot import texts
from bot.core.geo import Point
from bot.core.messages import Ask, Button, Contact, Incoming, Phrase, Pin, Say, Tap, Text, phrase, say
from bot.core.outside import hint_outside
from bot.core.reading.counts import read_count
from bot.core.reading.phone import read_typed_phone
from bot.core.reading.places import ShortLink, Swapped, read_place
from bot.core.registration import FEWEST, MOST, Draft, Site, cameras, place_of
from bot.core.regnumber import read_number
from bot.core.town import Town
from bot.core.turn import Turn, general_hint, hinted, in_place


@dataclass(frozen=True, slots=True)
class AssistWhat:
    """A new entry, or a slip that its owner signed?"""


@dataclass(frozen=True, slots=True)
class AssistNumber:
    pass


@dataclass(frozen=True, slots=True)
class AssistPlace:
    phone: str


@dataclass(frozen=True, slots=True)
class AssistCount:
    phone: str
    site: Site


@dataclass(frozen=True, slots=True)
class AssistSure:
    draft: Draft


@dataclass(frozen=True, slots=True)
class AssistSlip:
    pass


@dataclass(frozen=True, slots=True)
class AssistSigned:
    """The slip of this entry lies before them: did the owner sign it?"""

    waiting_id: int
    number: str
    site: Site
    cameras: int


Stage = AssistWhat | AssistNumber | AssistPlace | AssistCount | AssistSure | AssistSlip | AssistSigned


@dataclass(frozen=True, slots=True)
class Enter:
    draft: Draft


@dataclass(frozen=True, slots=True)
class FindSlip:
    number: str


@dataclass(frozen=True, slots=True)
class Signed:
    waiting_id: int


Out = Turn[Stage, Enter | FindSlip | Signed]


def step(stage: Stage, got: Incoming, town: Town) -> Out:
    """One answer, one outcome."""
    match stage, got:
        case _, Tap("back" | "no"):
            return Turn(None, in_place(got, (Say((phrase(texts.ASSIST_LEFT),), ask=_clear(stage)),)))
        case AssistWhat(), Tap("new"):
            return _ask(AssistNumber(), got)
        case AssistWhat(), Tap("signed"):
            return _ask(AssistSlip(), got)
        case AssistNumber(), (Text(words) | Contact(words)) if phone := read_typed_phone(words, town.region):
            return _ask(AssistPlace(phone), got)
        case AssistPlace(phone), (Pin() | Text()):
            return _place(phone, got, town)
        case AssistCount(phone, site), (Tap(words) | Text(words)) if (n := read_count(words)) is not None:
            return _count(AssistCount(phone, site), n, got)
        case AssistSure(draft), Tap("yes"):
            return Turn(None, (), Enter(draft))
        case AssistSlip(), Text(words) if number := read_number(words):
            return Turn(None, (), FindSlip(number))
        case AssistSigned(waiting_id), Tap("yes"):
            return Turn(None, (), Signed(waiting_id))
    return _again(general_hint(got) or phrase(HINTS.get(type(stage), texts.HINT_BUTTONS)), stage)


HINTS: dict[type[Stage], str] = {
    AssistNumber: texts.HINT_ASSIST_NUMBER,
    AssistPlace: texts.HINT_PLACE,
    AssistCount: texts.HINT_COUNT,
    AssistSlip: texts.HINT_SLIP,
}


def _clear(stage: Stage) -> Ask | None:
    return Ask.CLEAR if isinstance(stage, AssistPlace) else None


def _ask(stage: Stage, got: Incoming) -> Out:
    return Turn(stage, in_place(got, question(stage)))


def _again(hint: Phrase, stage: Stage) -> Out:
    return Turn(stage, hinted(hint, question(stage)))


def _place(phone: str, got: Pin | Text, town: Town) -> Out:
    stage = AssistPlace(phone)
    match got:
        case Pin(point):
            pass
        case Text(words):
            match read_place(words, town.city):
                case Point() as point:
                    pass
                case Swapped(point):
                    pass
                case ShortLink():
                    return _again(phrase(texts.HINT_SHORT_LINK), stage)
                case _:
                    return _again(general_hint(got) or phrase(texts.HINT_PLACE), stage)
    if not town.city.holds(point):
        return _again(hint_outside(town, point), stage)
    return Turn(AssistCount(phone, Site(point)), _shown(phone, Site(point)))


def _shown(phone: str, site: Site) -> tuple[Say, ...]:
    return (Say((), ask=Ask.CLEAR, pin=site.point), *question(AssistCount(phone, site)))


def _count(stage: AssistCount, n: int, got: Incoming) -> Out:
    if FEWEST <= n <= MOST:
        return _ask(AssistSure(Draft(stage.phone, stage.site, n)), got)
    return _again(phrase(texts.HINT_COUNT_RANGE, least=FEWEST, most=MOST), stage)


def _rows(*rows: tuple[tuple[str, str], ...]) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(Button(phrase(label), data) for label, data in row) for row in rows)


def question(stage: Stage) -> tuple[Say, ...]:
    """What is asked at this stage."""
    leave = ((texts.BACK, "back"),)
    match stage:
        case AssistWhat():
            rows = _rows(((texts.ASSIST_NEW, "new"),), ((texts.ASSIST_SIGNED, "signed"),), leave)
            return (say(texts.ASK_ASSIST, buttons=rows),)
        case AssistNumber():
            return (say(texts.ASK_ASSIST_NUMBER, buttons=_rows(leave)),)
        case AssistPlace():
            return (say(texts.ASK_ASSIST_PLACE, ask=Ask.HERE, back=True),)
        case AssistCount():
            numbers = [Button(phrase(texts.COUNT_BUTTON, n=n), str(n)) for n in range(1, 7)]
            return (say(texts.ASK_COUNT, buttons=(tuple(numbers[:3]), tuple(numbers[3:]), *_rows(leave))),)
        case AssistSure(draft):
            place, many = place_of(draft.site), cameras(draft.cameras)
            words = phrase(texts.SUMMARY, phone=draft.phone, place=place, cameras=many)
            return (Say((words,), _rows(((texts.ASSIST_ENTER, "yes"),), leave), protect=True),)
        case AssistSlip():
            return (say(texts.ASK_SLIP, buttons=_rows(leave)),)
        case AssistSigned(_, number, site, n):
            words = phrase(texts.ASK_SIGNED, number=number, place=place_of(site), cameras=cameras(n))
            return (Say((words,), _rows(((texts.YES_SIGNED, "yes"),), ((texts.NOT_SIGNED, "no"),)), protect=True),)
