"""What station staff have still to look at, and what they found there."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlmodel import Session, col, or_, select

from bot.core.geo import Point, metres
from storage import registrations
from storage.places import findable, placed
from storage.tables.register import Registration

VERIFIED_FOR = timedelta(days=365)  # after that it has to be seen again
NOT_AGAIN_FOR = timedelta(days=7)  # where nobody answered


class Next(NamedTuple):
    """The nearest entry to look at, and how many there are with it."""

    registration: Registration
    left: int


def nearest(tx: Session, station_id: int, here: Point, now: datetime) -> Next | None:
    """The station's nearest entry that nobody has seen for a year; None where there is none."""
    unseen = or_(col(Registration.verified_at).is_(None), col(Registration.verified_at) <= now - VERIFIED_FOR)
    unvisited = or_(col(Registration.visited_at).is_(None), col(Registration.visited_at) <= now - NOT_AGAIN_FOR)
    waiting = placed(tx, Registration.station_id == station_id, *findable(), unseen, unvisited)
    if not waiting:
        return None
    row = min(waiting, key=lambda one: (metres(here, waiting[one]), one))
    found = tx.exec(select(Registration).where(Registration.id == row)).one()
    return Next(found, len(waiting))


def there(tx: Session, row: Registration, cameras: int, now: datetime) -> None:
    """Staff saw so many cameras."""
    if cameras != row.cameras:
        registrations.correct(tx, row, registrations.site_of(tx, row), cameras, now)
    row.verified_at, row.visited_at = now, None
    if row.slip:  # its owner cannot be asked in a chat
        registrations.confirm(tx, row, now)


def gone(tx: Session, row: Registration, now: datetime) -> None:
    """Staff found none: hidden until the owner brings it back."""
    registrations.pause(tx, row, now)
    row.verified_at = None


def nobody(row: Registration, now: datetime) -> None:
    """The owner did not answer."""
    row.visited_at = now
