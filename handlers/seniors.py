"""Messages to those who answer for a station: its senior officers, and where it has none, the administrators."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from bot.core.access import Role
from bot.core.messages import Say
from handlers.mail import post
from storage import grants, people
from storage.tables import Grant


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
