"""Entries of a station that may be the same cameras: found by number and place, and what staff said of them."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, exists
from sqlmodel import Session, col, select

from bot.core.casework.near import Circle
from bot.core.geo import Point, metres
from bot.core.later import pyproj, shapely
from bot.core.station.pairs import SAME_NUMBER_M, SAME_PLACE_M
from storage import spots
from storage.dialect import insert_once
from storage.places import findable, placed
from storage.tables.register import Grant, Person, Registration
from storage.tables.stations import JudgedPair, Station

_RIM = 0.0003  # degrees, 30 metres: entries so near to the border may have a twin on its other side


class Twins(NamedTuple):
    """Two entries (by id, the older first), metres apart, from one number or from two people."""

    apart_m: float
    first: int
    second: int
    one_number: bool


def closest(tx: Session, station: Station) -> Twins | None:
    """The pair of the station's entries, nearest to each other, that nobody has judged yet."""
    points = placed(tx, Registration.station_id == station.id, *findable())
    points |= _across(tx, station, points)
    judged = {(pair.first_id, pair.second_id) for pair in tx.exec(select(JudgedPair))}
    near = [one for one in _near(points) if one[1:] not in judged]
    owners = _owners(tx, {row for _, *pair in near for row in pair})
    return min((twins for one in near if (twins := _twins(*one, owners))), default=None)


def _across(tx: Session, station: Station, points: dict[int, Point]) -> dict[int, Point]:
    """The neighbours' entries beside the station's own ones on its border."""
    border = shapely.boundary(shapely.from_wkb(station.outline))
    shapely.prepare(border)
    rim = [point for point in points.values() if shapely.dwithin(border, shapely.Point(point.lon, point.lat), _RIM)]
    seen = (one for point in rim for one in spots.within(tx, Circle(point, SAME_NUMBER_M))[0])
    return {one.id: Point(one.lat, one.lon) for one in seen}


def _near(points: dict[int, Point]) -> Iterator[tuple[float, int, int]]:
    if len(points) < 2:
        return
    ids, places = list(points), list(points.values())
    plane = pyproj.Proj(proj="aeqd", ellps="WGS84", lon_0=places[0].lon, lat_0=places[0].lat)
    flat = shapely.points(*plane([one.lon for one in places], [one.lat for one in places]))
    found = shapely.STRtree(flat).query(flat, predicate="dwithin", distance=SAME_NUMBER_M * 1.01)
    for one, other in zip(*found.tolist(), strict=True):
        if ids[one] < ids[other]:
            yield metres(places[one], places[other]), ids[one], ids[other]


def _twins(apart: float, first: int, second: int, owners: dict[int, tuple[int, bytes | None]]) -> Twins | None:
    (person, number), (other, its_number) = owners[first], owners[second]
    one_number = person == other or (number is not None and number == its_number)
    close = apart <= (SAME_NUMBER_M if one_number else SAME_PLACE_M)
    return Twins(apart, first, second, one_number) if close else None


def _owners(tx: Session, ids: set[int]) -> dict[int, tuple[int, bytes | None]]:
    """Whose each entry is, and the token of their number."""
    query = select(Registration.id, Person.id, Person.phone_token).where(col(Registration.id).in_(ids))
    joined = query.join(Person, col(Person.id) == Registration.person_id)
    return {row: (person, token) for row, person, token in tx.exec(joined)}


def judge(tx: Session, twins: tuple[int, int], keep: str, by: Grant, now: datetime) -> bool:
    """Staff said which one stays, or both. False where somebody said so before."""
    first, second = sorted(twins)
    return insert_once(tx, JudgedPair, first_id=first, second_id=second, keep=keep, grant_id=by.id, at=now)


def purge(tx: Session) -> int:
    """Forget what was said of pairs of which an entry is destroyed."""
    gone = (~exists().where(col(Registration.id) == row) for row in (JudgedPair.first_id, JudgedPair.second_id))
    return sum(tx.connection().execute(delete(JudgedPair).where(either)).rowcount or 0 for either in gone)
