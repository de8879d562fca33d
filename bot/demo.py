"""The demo city of the sandbox: 400 made-up registrations, each marked as such, and an officer who may search."""

import random
from datetime import datetime, timedelta

from sqlmodel import Session, SQLModel, select

from bot.core.access import Role
from bot.core.geo import WGS84, Point
from bot.core.registration import Draft, Kind, Site
from bot.core.town import NOTICE_VERSION
from storage import audit, factors, grants, invites, people, registrations
from storage.tables import Person

REGISTRATIONS = 400
CHANNEL = "demo"
STATION = "Palasia"
CENTRES = ((22.7185, 75.8550), (22.7236, 75.8850), (22.7533, 75.8937), (22.6920, 75.8670), (22.7300, 75.9080))
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


def empty(tx: Session) -> None:
    """Take everything out of a sandbox's register."""
    for table in reversed(SQLModel.metadata.sorted_tables):
        if table.name != "meta":
            tx.connection().execute(table.delete())


def fill(tx: Session, officers: dict[str, str], now: datetime, seed: str) -> None:
    """Put the made-up registrations in; give each officer (chat id -> name) their role, and the second factor."""
    if tx.exec(select(Person).where(Person.channel == CHANNEL)).first():
        return
    chance = random.Random(1857)  # noqa: S311 - made-up places, the same at every start
    for n in range(1, REGISTRATIONS + 1):
        _register(tx, n, chance, now - timedelta(days=chance.randint(1, 300)))
    for chat, name in officers.items():
        person = people.meet(tx, "telegram", chat, "en", now)
        payload = invites.make(tx, Role.OFFICER, STATION, name, now + timedelta(days=365), now)
        invite = invites.open_one(tx, payload, now)
        if invite and invites.use(tx, invite.id, now):
            audit.write(tx, audit.Act.GRANT, now, by=grants.give(tx, person.id, invite, now), role=Role.OFFICER)
        factors.make(tx, person.id, now, seed)


def _register(tx: Session, n: int, chance: random.Random, then: datetime) -> None:
    person = people.meet(tx, CHANNEL, f"demo-{n}", "en", then)
    person.consent_version, person.consent_at = NOTICE_VERSION, then
    phone = f"+9190000{n:05d}"
    people.set_phone(tx, person, phone)
    lat, lon = CENTRES[chance.randrange(len(CENTRES))]
    east, north, _ = WGS84.fwd(lon, lat, chance.uniform(0, 360), abs(chance.gauss(0, 1200)))
    site = Site(Point(round(north, 6), round(east, 6)), f"Demo {n}: {chance.choice(NAMES)}")
    row = registrations.add(tx, person, Draft(phone, site, chance.choice((1, 1, 2, 2, 3, 4, 4, 6, 8, 16))), then)
    row.kind = chance.choice(list(Kind))
    row.sees_road = chance.random() < 0.6
    row.days_kept = chance.choice((None, 7, 15, 15, 30))
