"""A station's numbers: what it has, what was seen, week by week."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from bot.core.geo import Point
from storage.places import findable, placed
from storage.station.walks import VERIFIED_FOR
from storage.tables.register import Registration
from storage.tables.requests import Asked, AskedPlace

WEEK = timedelta(days=7)


class Totals(NamedTuple):
    """A station's entries that officers can find, and how many of them staff saw within a year, or longer ago."""

    places: int
    cameras: int
    verified: int
    stale: int


class Week(NamedTuple):
    """What was new in the seven days from `since`."""

    since: datetime
    places: int
    cameras: int
    seen: int
    answered: int  # owners who answered a request


def totals(tx: Session, station_id: int, now: datetime) -> Totals:
    """How the station's part of the register is today."""
    seen = col(Registration.verified_at)
    many, cameras = func.count(), func.coalesce(func.sum(Registration.cameras), 0)
    query = select(many, cameras, func.count(seen)).where(*_active(station_id))
    places, of_these, ever = tx.exec(query).one()
    stale = tx.exec(select(many).where(*_active(station_id), seen <= now - VERIFIED_FOR)).one()
    return Totals(places, of_these, ever - stale, stale)


def weeks(tx: Session, station_id: int, now: datetime, many: int) -> list[Week]:
    """The last weeks, the newest last; each ends at the hour it is now."""
    return [_week(tx, station_id, now - WEEK * n) for n in range(many, 0, -1)]


def _week(tx: Session, station_id: int, since: datetime) -> Week:
    made, seen, until = col(Registration.created_at), col(Registration.verified_at), since + WEEK
    of_new = select(func.count(), func.coalesce(func.sum(Registration.cameras), 0))
    places, cameras = tx.exec(of_new.where(*_active(station_id), made > since, made <= until)).one()
    looked = select(func.count()).where(*_active(station_id), seen > since, seen <= until)
    return Week(since, places, cameras, tx.exec(looked).one(), _answered(tx, station_id, since, until))


def _answered(tx: Session, station_id: int, since: datetime, until: datetime) -> int:
    """How many owners answered what they were asked about this station's places, whichever station asked."""
    at = col(Asked.answered_at)
    query = select(func.count(func.distinct(Asked.id))).join(AskedPlace, col(AskedPlace.asked_id) == Asked.id)
    here = query.join(Registration, col(Registration.id) == AskedPlace.registration_id)
    return tx.exec(here.where(Registration.station_id == station_id, at > since, at <= until)).one()


def places(tx: Session, station_id: int) -> list[tuple[Point, int]]:
    """Where a station's entries are, and how many cameras each has: to be counted by cell, never shown."""
    points = placed(tx, *_active(station_id))
    query = select(Registration.id, Registration.cameras).where(*_active(station_id))
    return [(points[row], cameras) for row, cameras in tx.exec(query)]


def _active(station_id: int) -> tuple[ColumnElement[bool], ...]:
    return (col(Registration.station_id) == station_id, *findable())
