"""Giving and changing roles in the chat: the questions an administrator is asked, and what comes of them."""

from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter

from bot import texts
from bot.core.access import Role
from bot.core.admin.joining import role_name
from bot.core.messages import Button, Incoming, Phrase, Rows, Say, Tap, Text, phrase, say
from bot.core.registration import label
from bot.core.turn import Turn, general_hint, hinted, in_place

GIVEN = (Role.OFFICER, Role.SENIOR, Role.STAFF, Role.ADMIN)  # associations have links of their own
LASTS_DAYS = 365


# --- what is wanted --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Invite:
    role: Role
    station: str
    name: str


@dataclass(frozen=True, slots=True)
class Extend:
    grant_id: int
    days: int


@dataclass(frozen=True, slots=True)
class Move:
    grant_id: int
    station: str


@dataclass(frozen=True, slots=True)
class End:
    grant_id: int


Wish = Invite | Extend | Move | End
_WISHES = {kind.__name__: kind for kind in (Invite, Extend, Move, End)}


@cache
def _form(kind: str) -> TypeAdapter[Wish]:
    """How a wish of this kind is written and read; made when the first of them comes along."""
    return TypeAdapter(_WISHES[kind])


def write(wish: Wish) -> dict[str, object]:
    """A wish as plain fields, to be sealed until a second administrator agrees."""
    return {"kind": type(wish).__name__, "fields": _form(type(wish).__name__).dump_python(wish)}


def read(written: dict[str, object]) -> Wish:
    return _form(str(written["kind"])).validate_python(written["fields"])


# --- the questions ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NeedRole:
    pass


@dataclass(frozen=True, slots=True)
class NeedStation:
    role: Role


@dataclass(frozen=True, slots=True)
class NeedName:
    role: Role
    station: str


@dataclass(frozen=True, slots=True)
class SureInvite:
    role: Role
    station: str
    name: str


@dataclass(frozen=True, slots=True)
class NeedNewStation:
    grant_id: int
    name: str


@dataclass(frozen=True, slots=True)
class SureEnd:
    grant_id: int
    name: str


Stage = NeedRole | NeedStation | NeedName | SureInvite | NeedNewStation | SureEnd
Out = Turn[Stage, Wish]


def step(stage: Stage, got: Incoming) -> Out:
    """One answer: the next question, the wish, or the same question with a hint."""
    match stage, got:
        case SureInvite() | SureEnd() | NeedRole() | NeedNewStation(), Tap("no" | "back"):
            return Turn(None, in_place(got, (say(texts.ROLES_LEFT),)))
        case NeedStation() | NeedName(), Tap("back"):
            return _asks(NeedRole(), got)
        case NeedRole(), Tap(data) if data in GIVEN:
            return _asks(NeedStation(Role(data)), got)
        case NeedStation(role), Text(words) if station := _name(words):
            return _asks(NeedName(role, station), got)
        case NeedName(role, station), Text(words) if name := _name(words):
            return _asks(SureInvite(role, station, name), got)
        case SureInvite(role, station, name), Tap("yes"):
            return Turn(None, (), Invite(role, station, name))
        case NeedNewStation(grant_id), Text(words) if station := _name(words):
            return Turn(None, (), Move(grant_id, station))
        case SureEnd(grant_id), Tap("yes"):
            return Turn(None, (), End(grant_id))
    return Turn(stage, hinted(general_hint(got) or _hint(stage), question(stage)))


def _name(words: str) -> str:
    return "" if general_hint(Text(words)) else label(words)


def _asks(stage: Stage, got: Incoming) -> Out:
    return Turn(stage, in_place(got, question(stage)))


def _hint(stage: Stage) -> Phrase:
    return phrase(texts.HINT_BUTTONS if isinstance(stage, NeedRole | SureInvite | SureEnd) else texts.HINT_FEW_WORDS)


def question(stage: Stage) -> tuple[Say, ...]:
    """What is asked at this stage."""
    match stage:
        case NeedRole():
            roles: Rows = tuple((Button(role_name(role), role),) for role in GIVEN)
            return (say(texts.ASK_ROLE, buttons=(*roles, (_button(texts.LEAVE_ROLES, "no"),))),)
        case NeedStation(role):
            return (say(texts.ASK_STATION, role=role_name(role), buttons=((_button(texts.BACK, "back"),),)),)
        case NeedName(role, station):
            back: Rows = ((_button(texts.BACK, "back"),),)
            return (say(texts.ASK_HOLDER, role=role_name(role), station=station, buttons=back),)
        case SureInvite(role, station, name):
            words = phrase(texts.SURE_INVITE, role=role_name(role), station=station, name=name, days=LASTS_DAYS)
            return (say(words, buttons=_yes_no(texts.MAKE_LINK)),)
        case NeedNewStation(_, name):
            return (say(texts.ASK_NEW_STATION, name=name, buttons=((_button(texts.LEAVE_ROLES, "no"),),)),)
        case SureEnd(_, name):
            return (say(texts.SURE_END, name=name, buttons=_yes_no(texts.YES_END)),)


def _yes_no(yes: str) -> Rows:
    return ((_button(yes, "yes"), _button(texts.LEAVE_ROLES, "no")),)


def _button(text: str, data: str) -> Button:
    return Button(phrase(text), data)
