"""Messages to those who answer for a station: its senior officers, and where it has none, the administrators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from bot import texts
from bot.core.access import Role
from bot.core.casework.limits import Alarm
from bot.core.messages import Button, Phrase, Rows, Say, phrase
from handlers.mail import post
from storage import people
from storage.admin import grants
from storage.casework import alarms
from storage.tables.register import Grant


def of_station(tx: Session, station: str, now: datetime, apart_from: int) -> list[Grant]:
    """The senior officers of a station, one person apart, each once."""
    held = [one for one in grants.holders(tx, Role.SENIOR, now) if one.station == station]
    return list({one.person_id: one for one in held if one.person_id != apart_from}.values())


def answerable(tx: Session, station: str, now: datetime, apart_from: int) -> list[Grant]:
    """Who is to hear what happens at a station: its seniors, or else the administrators."""
    others = {one.person_id: one for one in grants.holders(tx, Role.ADMIN, now) if one.person_id != apart_from}
    return of_station(tx, station, now, apart_from) or list(others.values())


def tell(tx: Session, whom: Sequence[Grant], said: Say, now: datetime) -> None:
    """One message to each of them."""
    for grant in whom:
        if person := people.get(tx, grant.person_id):
            post(tx, person, said, now)


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something about an officer, and what of it is told once on that day: of which measure, of which incident."""

    kind: Alarm
    by: Grant
    about: str
    day: date
    note: Phrase
    incident_id: int | None = None


def alarm(tx: Session, noticed: Noticed, now: datetime) -> None:
    """Write it down, and tell the station's seniors and the administrators, unless they were told today."""
    by = noticed.by
    row = alarms.raised(tx, noticed.kind, by, noticed.about, noticed.day, now, noticed.incident_id)
    if not row:
        return
    lift = Button(phrase(texts.ALLOW_AGAIN), f"/lift:{row}")
    buttons: Rows = ((lift,),) if noticed.kind is Alarm.REACHED else ()
    those = of_station(tx, by.station, now, by.person_id)
    tell(tx, those, Say((noticed.note,), buttons), now)
    told = {one.person_id for one in those}
    admins = {one.person_id: one for one in grants.holders(tx, Role.ADMIN, now) if one.person_id != by.person_id}
    tell(tx, [one for person, one in admins.items() if person not in told], Say((noticed.note,)), now)
