"""Opening an incident: its reference, what happened, where and when. Where a search waits, only the first and last."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from bot import texts
from bot.core.casework.incident import IncidentKind, Told
from bot.core.casework.opening_questions import (
    NeedKind,
    NeedReference,
    NeedScene,
    NeedSenior,
    NeedWhose,
    NeedWindow,
    Same,
    Stage,
    question,
)
from bot.core.casework.reference import TRAINING_REFERENCE, NoReference, read_reference
from bot.core.casework.scopes import centre_of
from bot.core.casework.search import MOST_M, Search
from bot.core.geo import Point
from bot.core.messages import Ask, Incoming, Phrase, Pin, Say, Tap, Text, phrase
from bot.core.outside import hint_outside
from bot.core.reading.case_words import KINDS_SAID
from bot.core.reading.digits import folded
from bot.core.reading.places import ShortLink, Swapped, read_place
from bot.core.reading.window import LONGEST, NoWindow, Window, last, read_window, today_so_far
from bot.core.registration import Site, label
from bot.core.town import Town
from bot.core.turn import Turn, general_hint, hinted, in_place

NO_REFERENCE: dict[NoReference, str] = {
    NoReference.EMPTY: texts.HINT_REFERENCE_EMPTY,
    NoReference.NOT_GIVEN: texts.HINT_REFERENCE_NOT_GIVEN,
    NoReference.NO_YEAR: texts.HINT_REFERENCE_NO_YEAR,
    NoReference.FUTURE: texts.HINT_REFERENCE_FUTURE,
    NoReference.FORM: texts.HINT_REFERENCE,
}
NO_WINDOW: dict[NoWindow, str] = {
    NoWindow.UNREADABLE: texts.HINT_WINDOW,
    NoWindow.WHICH_HALF: texts.HINT_WINDOW_WHICH_HALF,
    NoWindow.FUTURE: texts.HINT_WINDOW_FUTURE,
    NoWindow.UPSIDE_DOWN: texts.HINT_WINDOW_UPSIDE_DOWN,
    NoWindow.TOO_OLD: texts.HINT_WINDOW_TOO_OLD,
}


class Known(NamedTuple):
    """An incident that stands under the same reference: at one's own station or another, still open or closed."""

    incident_id: int
    station: str
    own: bool
    open: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """What the conversation needs to know: the town, what moment it is, and which incidents a reference has already."""

    town: Town
    moment: datetime
    training: bool  # whether incidents may be made up here
    known: Callable[[str], tuple[Known, ...]]


@dataclass(frozen=True, slots=True)
class Open:
    told: Told
    wanted: Search | None = None


@dataclass(frozen=True, slots=True)
class TakeUp:
    incident_id: int
    wanted: Search | None = None


@dataclass(frozen=True, slots=True)
class AskSenior:
    """The window is longer than one officer alone may choose."""

    told: Told


Effect = Open | TakeUp | AskSenior
Out = Turn[Stage, Effect]


def step(stage: Stage, got: Incoming, desk: Desk) -> Out:
    """One answer, one outcome; what does not fit gets a hint and the question again."""
    match stage, got:
        case _, Tap("back"):
            return _back(stage, got, desk)
        case NeedReference(), (Text(words) | Tap(words)):
            return _reference(stage, words, got, desk)
        case NeedWhose(reference, _, wanted), Tap("own"):
            return _after_reference(reference, wanted, got, desk)
        case NeedWhose(_, others, wanted), Tap(data) if chosen := [one for one in others if data == str(one.id)]:
            return Turn(None, (), TakeUp(chosen[0].id, wanted))
        case NeedKind(reference), (Tap(words) | Text(words)) if kind := KINDS_SAID.get(folded(words)):
            return _ask(NeedScene(reference, kind), got, desk)
        case NeedScene(reference, kind), Pin(point, name):
            return _scene(stage, Site(point, label(name)), got, desk)
        case NeedScene(), Text(words):
            return _written_scene(stage, words, got, desk)
        case NeedWindow(), (Tap(words) | Text(words)):
            return _window(stage, words, got, desk)
        case NeedSenior(reference, kind, site, start, end), Tap("ask"):
            return Turn(None, (), AskSenior(_told(reference, kind, site, Window(start, end))))
    return _hint(stage, phrase(texts.HINT_BUTTONS), got, desk)


def _ask(stage: Stage, got: Incoming, desk: Desk, *, shown: Point | None = None) -> Out:
    """`shown`: with that place on a map, since it was typed."""
    pin = (Say((), ask=Ask.CLEAR, pin=shown),) if shown else ()
    return Turn(stage, (*pin, *in_place(got, question(stage, desk.training))))


def _hint(stage: Stage, hint: Phrase, got: Incoming, desk: Desk) -> Out:
    return Turn(stage, hinted(general_hint(got) or hint, question(stage, desk.training)))


def _back(stage: Stage, got: Incoming, desk: Desk) -> Out:
    match stage:
        case NeedReference():
            return Turn(None, (Say((phrase(texts.INCIDENT_LEFT),), ask=Ask.CLEAR),))
        case NeedWhose(wanted=wanted):
            return _ask(NeedReference(wanted), got, desk)
        case NeedKind():
            return _ask(NeedReference(), got, desk)
        case NeedScene(reference):
            return _ask(NeedKind(reference), got, desk)
        case NeedWindow(reference, kind, _, wanted):
            return _ask(NeedReference(wanted) if wanted else NeedScene(reference, kind), got, desk)
        case NeedSenior(reference, kind, site):
            return _ask(NeedWindow(reference, kind, site), got, desk)


def _reference(stage: NeedReference, words: str, got: Incoming, desk: Desk) -> Out:
    read = read_reference(words, desk.moment.astimezone(desk.town.zone).date())
    if isinstance(read, NoReference):
        return _hint(stage, phrase(NO_REFERENCE[read]), got, desk)
    if read == TRAINING_REFERENCE:
        if desk.training:
            return _after_reference(read, stage.wanted, got, desk)
        return _hint(stage, phrase(texts.HINT_TRAINING), got, desk)
    known = desk.known(read)
    if own := [one for one in known if one.own]:
        if opened := [one for one in own if one.open]:
            return Turn(None, (), TakeUp(opened[0].incident_id, stage.wanted))
        return _hint(stage, phrase(texts.HINT_REFERENCE_CLOSED, reference=read), got, desk)
    if others := tuple(Same(one.incident_id, one.station) for one in known if one.open):
        return _ask(NeedWhose(read, others, stage.wanted), got, desk)
    return _after_reference(read, stage.wanted, got, desk)


def _after_reference(reference: str, wanted: Search | None, got: Incoming, desk: Desk) -> Out:
    """In a hurry, with a search waiting: its centre is the place, and what happened can be said later."""
    if wanted is None:
        return _ask(NeedKind(reference), got, desk)
    site = Site(centre_of(wanted.scope))
    return _ask(NeedWindow(reference, IncidentKind.OTHER, site, wanted), got, desk)


def _written_scene(stage: NeedScene, words: str, got: Incoming, desk: Desk) -> Out:
    match read_place(words, desk.town.city):
        case Point() | Swapped() as place:
            point = place.point if isinstance(place, Swapped) else place
            return _scene(stage, Site(point), got, desk, shown=point)
        case ShortLink():
            return _hint(stage, phrase(texts.HINT_SHORT_LINK), got, desk)
    return _hint(stage, phrase(texts.HINT_PLACE), got, desk)


def _scene(stage: NeedScene, site: Site, got: Incoming, desk: Desk, *, shown: Point | None = None) -> Out:
    """Where no circle could reach a registered camera, the pin was meant to be elsewhere."""
    if desk.town.city.metres_outside(site.point) > MOST_M:
        return _hint(stage, hint_outside(desk.town, site.point), got, desk)
    return _ask(NeedWindow(stage.reference, stage.kind, site), got, desk, shown=shown)


def _window(stage: NeedWindow, words: str, got: Incoming, desk: Desk) -> Out:
    read = _read_window(words, desk)
    if isinstance(read, NoWindow):
        return _hint(stage, phrase(NO_WINDOW[read]), got, desk)
    if read.length > LONGEST:
        return _ask(NeedSenior(stage.reference, stage.kind, stage.site, read.start, read.end), got, desk)
    return Turn(None, (), Open(_told(stage.reference, stage.kind, stage.site, read), stage.wanted))


def _read_window(words: str, desk: Desk) -> Window | NoWindow:
    match words:
        case "last:1" | "last:3":
            return last(int(words[-1]), desk.moment)
        case "today":
            return today_so_far(desk.moment, desk.town.zone)
    return read_window(words, desk.moment, desk.town.zone)


def _told(reference: str, kind: IncidentKind, site: Site, window: Window) -> Told:
    return Told(reference, kind, site, window.start, window.end, training=reference == TRAINING_REFERENCE)
