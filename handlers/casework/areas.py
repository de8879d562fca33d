"""`/area`: the cameras in a station's outline, or in a polygon that an officer sends as a file."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from bot import texts
from bot.core.access import Action
from bot.core.casework import areas
from bot.core.casework.search import Search
from bot.core.messages import Answer, Command, Envelope, Media, Say, phrase
from bot.core.picture import Outline
from bot.core.turn import hinted
from handlers.casework.looking import find
from handlers.visit import House, Visit, arrive
from storage import people
from storage.station import stations


def command(visit: Visit) -> Sequence[Answer]:
    """`/area <station>`, or `/area` alone, which asks for a station or a file."""
    words = visit.got.rest if isinstance(visit.got, Command) else ""
    if words and (station := stations.find(visit.tx, words)):
        return _station(visit, station.id)
    visit.push(areas.NeedArea())
    return hinted(phrase(texts.HINT_NO_STATION), ask_again(visit)) if words else ask_again(visit)


def ask_again(visit: Visit) -> Sequence[Say]:
    """The question that is open, once more."""
    return areas.question(_stations(visit)) if isinstance(visit.stage, areas.Stage) else ()


def answered(visit: Visit) -> Sequence[Answer]:
    """A station or a file."""
    turn = areas.step(visit.got, visit.house.town.city, _stations(visit))
    visit.becomes(turn.stage)
    match turn.effect:
        case Search() as asked:
            return find(visit, asked)
        case areas.OfStation(station_id):
            return _station(visit, station_id)
    return turn.says


def _stations(visit: Visit) -> areas.Stations:
    """One's own station first."""
    own = visit.grant_for(Action.SEARCH).station
    known = [(one.id, one.name) for one in stations.every(visit.tx)]
    return tuple(sorted(known, key=lambda one: (one[1] != own, one[1])))


def _station(visit: Visit, station_id: int) -> Sequence[Answer]:
    station = stations.get(visit.tx, station_id)
    area = stations.outline(visit.tx, station.name) if station else None
    read = areas.BadArea.NOT_READ if area is None else areas.checked(area, visit.house.town.city)
    if isinstance(read, Outline):
        return find(visit, Search(read))
    visit.push(areas.NeedArea())
    return hinted(areas.hint(read), ask_again(visit))


def wants_file(tx: Session, house: House, envelope: Envelope, now: datetime) -> bool:
    """Whether a document is the answer to an open question of an officer: only then is it fetched."""
    if not (envelope.private and isinstance(envelope.got, Media) and envelope.got.document):
        return False
    person = people.find(tx, envelope.channel, envelope.chat)
    if person is None:
        return False
    visit = arrive(tx, house, person, envelope.got, now, "")
    return isinstance(visit.stage, areas.Stage) and visit.may(Action.SEARCH)
