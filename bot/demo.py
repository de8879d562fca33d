"""The demo city of the sandbox: 400 made-up registrations, stations drawn by a ruler, and those who serve."""

import math
import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import shapely
from sqlmodel import Session, SQLModel, select

from bot.core.access import Role
from bot.core.casework.factor import HAVE_ONE
from bot.core.geo import WGS84, Point
from bot.core.registration import Draft, Kind, Site
from bot.core.society.society import Named
from bot.core.station.outlines import Outline
from bot.core.town import NOTICE_VERSION
from storage import audit, people, registrations
from storage.admin import grants, invites
from storage.casework import factors
from storage.society import doors, societies
from storage.station import stations
from storage.tables.register import Person

REGISTRATIONS = 400
CHANNEL = "demo"
CENTRES = {  # station -> latitude, longitude of its middle in degrees
    "Sarafa": (22.7185, 75.8550),
    "Palasia": (22.7236, 75.8850),
    "Vijay Nagar": (22.7533, 75.8937),
    "Bhawarkuan": (22.6920, 75.8670),
    "Khajrana": (22.7300, 75.9080),
}
EDGES = shapely.box(75.785, 22.655, 75.935, 22.775)  # longitude, latitude in degrees
SOCIETY_STATION = "Palasia"
NAMES = (
    "gate",
    "shop front",
    "car park",
    "side lane",
    "school wall",
    "clinic door",
    "temple corner",
    "godown",
)


@dataclass(frozen=True, slots=True)
class Serves:
    """Someone with a phone in the sandbox and a role; `of` is the station, or an office-bearer's society."""

    chat: str
    name: str
    language: str
    role: Role
    of: str


def empty(tx: Session) -> None:
    """Take everything out of a sandbox's register."""
    for table in reversed(SQLModel.metadata.sorted_tables):
        if table.name != "meta":
            tx.connection().execute(table.delete())


def fill(tx: Session, who: Iterable[Serves], now: datetime) -> dict[str, str]:
    """Put the made-up city in and give each their role; the new seeds of their second factors, by chat."""
    if tx.exec(select(Person).where(Person.channel == CHANNEL)).first():
        return {}
    stations.put(tx, _outlines(), now)
    chance = random.Random(1857)  # noqa: S311 - made-up places, the same at every start
    for n in range(1, REGISTRATIONS + 1):
        _register(tx, n, chance, now - timedelta(days=chance.randint(1, 150)))
    return {one.chat: seed for one in who if (seed := _grant(tx, one, now))}


def _outlines() -> list[Outline]:
    """Whoever stands closer to a station's middle than to any other's stands in that station's outline."""
    middles = shapely.MultiPoint([(lon, lat) for lat, lon in CENTRES.values()])
    cells = shapely.voronoi_polygons(middles, extend_to=EDGES, ordered=True).geoms
    return [Outline(name, cell & EDGES, "") for name, cell in zip(CENTRES, cells, strict=True)]


def _grant(tx: Session, one: Serves, now: datetime) -> str:
    """The seed of their second factor; empty for roles that have none."""
    person = people.meet(tx, "telegram", one.chat, one.language, now)
    station, society = one.of, None
    if one.role is Role.BEARER:
        station, society = SOCIETY_STATION, _society(tx, one.of, now)
    payload = invites.make(tx, one.role, station, one.name, now + timedelta(days=365), now, society_id=society)
    invite = invites.open_one(tx, payload, now)
    if invite is None or not invites.use(tx, invite.id, now):
        raise ValueError("a link that was made this moment does not open")
    audit.write(tx, audit.Act.GRANT, now, by=grants.give(tx, person.id, invite, now), role=one.role)
    return factors.make(tx, person.id, now) if one.role in HAVE_ONE else ""


def _society(tx: Session, name: str, now: datetime) -> int:
    society = societies.add(tx, SOCIETY_STATION, Named(name, "Saket Nagar, Indore", Point(22.7262, 75.8905)), now)
    doors.of(tx, society, now)
    return society.id


def _register(tx: Session, n: int, chance: random.Random, then: datetime) -> None:
    person = people.meet(tx, CHANNEL, f"demo-{n}", "en", then)
    person.consent_version, person.consent_at = NOTICE_VERSION, then
    phone = f"+9190000{n:05d}"
    people.set_phone(tx, person, phone)
    lat, lon = list(CENTRES.values())[chance.randrange(len(CENTRES))]
    east, north, _ = WGS84.fwd(lon, lat, chance.uniform(0, 360), math.hypot(chance.gauss(0, 800), chance.gauss(0, 800)))
    site = Site(Point(round(north, 6), round(east, 6)), f"Demo {n}: {chance.choice(NAMES)}")
    row = registrations.add(tx, person, Draft(phone, site, chance.choice((1, 1, 2, 2, 3, 4, 4, 6, 8, 16))), then)
    row.kind = chance.choice(list(Kind))
    row.sees_road = chance.random() < 0.6
    row.days_kept = chance.choice((None, 7, 15, 15, 30))
