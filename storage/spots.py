"""Spots: what a search reads. Positions under the keyed token of their H3 cell; opened in bulk, measured exactly."""

import json
import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from bot.core.casework.near import RIM_M, Circle, Column, Rows, measure, steps
from bot.core.casework.pages import Closed, split
from bot.core.cover import cell_of, cover, spans
from bot.core.geo import Point, chords
from storage.dialect import is_postgres
from storage.prepared import Prepared
from storage.seal import seal_of
from storage.tables.register import Spot

_POINT = struct.Struct(">dd")
_OF = "registration_id, cameras, point_sealed"
_ADD = Prepared(insert(Spot))
_COUNTS = "cell_token, count(*), sum(cameras)"
_SQLITE = "SELECT {} FROM json_each(?) AS asked CROSS JOIN spot ON spot.cell_token = asked.value"  # in this order
_POSTGRES = "SELECT {} FROM spot WHERE cell_token = ANY(%s::bigint[])"
_PART = 500  # rows at a time: memory that is used again at once is fast
_GROUPED = " GROUP BY cell_token"


class Seen(NamedTuple):
    """A place within a circle, with metres and degrees from north as seen from the centre. They sort nearest first."""

    metres: float
    id: int
    bearing: float
    cameras: int
    lat: float
    lon: float


_Plain = tuple[float, int, float, int, float, float]  # the same: thousands are measured for ten that are shown


class Page(NamedTuple):
    """Some of the places, nearest first, and how many places and cameras there are in all."""

    places: int
    cameras: int
    number: int
    seen: list[Seen]


def put(tx: Session, registration_id: int, point: Point, cameras: int) -> None:
    """Make a registration searchable at this point, whatever it was before."""
    drop(tx, registration_id)
    add(tx, registration_id, point, cameras)


def add(tx: Session, registration_id: int, point: Point, cameras: int) -> None:
    """Make a new registration searchable at this point."""
    seal = seal_of(tx)
    box = seal.close("spot", registration_id, _POINT.pack(point.lat, point.lon))
    here = {"cell_token": seal.cell_tokens([cell_of(point)])[0], "registration_id": registration_id}
    _ADD.run(tx, here | {"cameras": cameras, "point_sealed": box})


def drop(tx: Session, registration_id: int) -> None:
    """Hide a registration: from this transaction on no search finds it."""
    tx.connection().execute(delete(Spot).where(col(Spot.registration_id) == registration_id))


def within(tx: Session, circle: Circle) -> tuple[list[Seen], int]:
    """All places in the circle, nearest first (equally far ones by id), and how many cameras they have in all."""
    cells = cover(circle)
    found = _opened(tx, circle, [*cells.inside, *cells.rim])
    return list(map(Seen._make, found)), _cameras_of(found)


def page(tx: Session, circle: Circle, number: int, size: int) -> Page:
    """One page (from 0; the last one where there are fewer) of what `within` finds, and the totals."""
    return _looked(tx, circle, number, size)[0]


def steps_of(tx: Session, circle: Circle, number: int, size: int) -> tuple[Page, int]:
    """A page with all that is about equally far as its places, and how many of these stand before the page."""
    shown, found, closed = _looked(tx, circle, number, size)
    if not shown.seen:
        return shown, 0
    start, end = steps(shown.seen[0].metres, shown.seen[-1].metres)
    found = sorted(
        found + _opened(tx, circle, [one.cell for one in closed if one.nearest < end and one.farthest >= start])
    )
    first, last = (bisect_left(found, metres, key=itemgetter(0)) for metres in (start, end))
    nearer = first + sum(one.places for one in closed if one.farthest < start)
    return shown._replace(seen=list(map(Seen._make, found[first:last]))), shown.number * size - nearer


def _looked(tx: Session, circle: Circle, number: int, size: int) -> tuple[Page, list[_Plain], list[Closed]]:
    """A page, all that was opened for it, and what was not.

    Of the cells wholly inside only those are opened that can hold a place of this page; the others are counted.
    """
    cells = cover(circle)
    found = _opened(tx, circle, cells.rim)
    closed, cameras = _counted(tx, circle, cells.inside)
    places = len(found) + sum(cell.places for cell in closed)
    if not places:
        return Page(0, 0, 0, []), [], []
    cameras += _cameras_of(found)
    number = max(0, min(number, (places - 1) // size))
    first, last = number * size, min(number * size + size, places) - 1
    for enough in (size, places):  # a few first: with what they tell, hardly any other cell is needed
        touching, before = split(first, last, [one[0] for one in found[: last + 1]], closed)
        chosen = _first_of(touching, enough)
        found = sorted(found + _opened(tx, circle, chosen))
        closed = [cell for cell in closed if cell.cell not in chosen]
    shown = list(map(Seen._make, found[first - before : last + 1 - before]))
    return Page(places, cameras, number, shown), found, closed


def find(tx: Session, circle: Circle, registration_id: int) -> Seen | None:
    """This registration, where a search of the circle finds it now."""
    query = select(Spot).where(Spot.registration_id == registration_id)
    rows = [(spot.registration_id, spot.cameras, spot.point_sealed) for spot in tx.exec(query)]
    found = _measured(tx, circle, [rows] if rows else [])
    return Seen._make(found[0]) if found else None


def _opened(tx: Session, circle: Circle, cells: Sequence[int]) -> list[_Plain]:
    """The places of these cells that lie in the circle, nearest first."""
    return _measured(tx, circle, _asked(tx, _OF, seal_of(tx).cell_tokens(cells)))


class Opened(NamedTuple):
    """Places in columns of bare numbers."""

    ids: Rows
    cameras: Rows
    lats: Column
    lons: Column


def opened(tx: Session, cells: Sequence[int]) -> Opened:
    """All places of these cells."""
    return _columns(tx, _asked(tx, _OF, seal_of(tx).cell_tokens(cells)))


def of_one(tx: Session, registration_id: int) -> Opened:
    """This registration, where it can be found."""
    query = select(Spot).where(Spot.registration_id == registration_id)
    rows = [(spot.registration_id, spot.cameras, spot.point_sealed) for spot in tx.exec(query)]
    return _columns(tx, [rows] if rows else [])


def _columns(tx: Session, parts: Iterable[Sequence[tuple[int, int, bytes]]]) -> Opened:
    """Opened part by part: what is made for each row is what takes the time."""
    ids, cameras, points = array("q"), array("q"), bytearray()
    for rows in parts:
        keys, some, boxes = zip(*rows, strict=True)
        points += b"".join(seal_of(tx).open_all("spot", keys, boxes))
        ids.extend(keys)
        cameras.extend(some)
    lats, lons = np.frombuffer(points, ">f8").reshape(-1, 2).T.astype(float)
    return Opened(np.frombuffer(ids, np.int64), np.frombuffer(cameras, np.int64), lats, lons)


def _measured(tx: Session, circle: Circle, parts: Iterable[Sequence[tuple[int, int, bytes]]]) -> list[_Plain]:
    """Those that lie in the circle, nearest first."""
    ids, cameras, lats, lons = _columns(tx, parts)
    if not len(ids):
        return []
    likely = np.flatnonzero(chords(circle.centre, lats, lons) <= circle.radius_m + 2 * RIM_M)  # they are never longer
    lats, lons, named = lats[likely], lons[likely], ids[likely]
    order, metres, bearings = measure(circle, named, lats, lons)
    of_each = cameras[likely][order]
    columns = (metres, named[order], bearings, of_each, lats[order], lons[order])
    return list(zip(*(column.tolist() for column in columns), strict=True))


def _cameras_of(found: Sequence[_Plain]) -> int:
    return sum(one[3] for one in found)


def _counted(tx: Session, circle: Circle, cells: Sequence[int]) -> tuple[list[Closed], int]:
    """How many places each of these cells has, unopened, and how many cameras all of them together."""
    tokens = seal_of(tx).cell_tokens(cells)
    of_token = {token: cells[n % len(cells)] for n, token in enumerate(tokens)}
    found: dict[int, int] = {}
    cameras = 0
    for token, places, some in chain.from_iterable(_asked(tx, _COUNTS, tokens, _GROUPED)):
        found[of_token[token]] = found.get(of_token[token], 0) + places
        cameras += some
    spanned = zip(found.items(), spans(circle.centre, list(found)), strict=True)
    return [Closed(cell, places, *span) for (cell, places), span in spanned], cameras


def _first_of(cells: Sequence[Closed], places: int) -> list[int]:
    """The first of the cells, until they hold so many places."""
    before = accumulate((cell.places for cell in cells), initial=0)
    return [cell.cell for cell, so_far in zip(cells, before, strict=False) if so_far < places]


def _asked(tx: Session, columns: str, tokens: Sequence[int], end: str = "") -> Iterator[Sequence[Any]]:
    """Rows as the driver gives them, in parts."""
    if not tokens:
        return
    driver = tx.connection().connection
    if is_postgres(tx):
        cursor = driver.cursor(binary=True)
        cursor.execute(_POSTGRES.format(columns) + end, (list(tokens),))
    else:
        cursor = driver.cursor()
        cursor.execute(_SQLITE.format(columns) + end, (json.dumps(tokens),))
    while part := cursor.fetchmany(_PART):
        yield part
