"""Where an entry came from, who saw it, and what still waits for its owner: the lines of `/mydata` about it."""

from bot import texts
from bot.core.messages import Phrase, phrase
from bot.core.registration import Site, cameras, place_of
from handlers.resident import adopting
from handlers.visit import Visit
from storage import people
from storage.station import stations, waiting
from storage.tables.register import Registration
from storage.tables.waiting import Waiting

SOURCES = {"register": texts.SOURCE_REGISTER, "assist": texts.SOURCE_ASSIST}


def station_line(visit: Visit, row: Registration) -> Phrase:
    """Station, last look of its staff, origin."""
    station = stations.get(visit.tx, row.station_id)
    source = (
        phrase(texts.SOURCE_SLIP, slip=row.slip) if row.slip else phrase(SOURCES.get(row.source, texts.SOURCE_OWNER))
    )
    none = phrase(texts.NONE_GIVEN)
    seen = visit.house.town.day(row.verified_at) if row.verified_at else none
    return phrase(texts.MYDATA_STATION, station=station.name if station else none, seen=seen, source=source)


def waiting_lines(visit: Visit) -> list[Phrase]:
    """What waits for this person's number."""
    if not visit.person.phone_token:
        return []
    rows = waiting.of_phone(visit.tx, people.phone_of(visit.tx, visit.person))
    return [_waits(visit, row, site) for row in rows if (site := adopting.site_of(visit, row))]


def _waits(visit: Visit, row: Waiting, site: Site) -> Phrase:
    place = place_of(site)
    return phrase(
        texts.MYDATA_WAITING, cameras=cameras(row.cameras), place=place, date=visit.house.town.day(row.created_at)
    )
