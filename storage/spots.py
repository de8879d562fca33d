"""Spots: what a search reads. Positions under the keyed token of their H3 cell; opened in bulk, measured exactly."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from sqlalchemy import delete, insert
from sqlmodel import Session, col

from bot.core.casework.near import RIM_M, Circle, Column, Rows, measure, steps
from bot.core.casework.pages import Closed, only, split
from bot.core.cover import cell_of, cover, spans
from bot.core.geo import Point, chords
from bot.core.later import np
from storage.prepared import Prepared
from storage.seal import seal_of
from storage.spot_rows import POINT, Opened, of_one, opened, opened_and_counted
from storage.tables.register import Spot

_ADD = Prepared(insert(Spot))
_HOME = 7  # cells: that of the centre and those around it, where a first page mostly lies


class Seen(NamedTuple):
    """A place within a circle, with metres and degrees from north as seen from the centre. They sort nearest first."""

    metres: float
    id: int
    bearing: float
    cameras: int
    lat: float
    lon: float


class Measured(NamedTuple):
    """The same of many places, in columns: thousands are measured for ten that are shown."""

    metres: Column
    ids: Rows
    bearings: Column
    cameras: Rows
    lats: Column
    lons: Column

    def and_(self, more: "Measured") -> "Measured":
        """Together with others, nearest first."""
        both = Measured._make(map(np.concatenate, zip(self, more, strict=True)))
        return only(both, np.lexsort((both.ids, both.metres)))

    def seen(self) -> list[Seen]:
        """One by one."""
        return list(map(_seen, zip(*(column.tolist() for column in self), strict=True)))


_seen = partial(tuple.__new__, Seen)  # as Seen._make, which takes twice as long


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
    box = seal.close("spot", registration_id, POINT.pack(point.lat, point.lon))
    here = {"cell_token": seal.cell_tokens([cell_of(point)])[0], "registration_id": registration_id}
    _ADD.run(tx, here | {"cameras": cameras, "point_sealed": box})


def drop(tx: Session, registration_id: int) -> None:
    """Hide a registration: from this transaction on no search finds it."""
    tx.connection().execute(delete(Spot).where(col(Spot.registration_id) == registration_id))


def within(tx: Session, circle: Circle) -> tuple[list[Seen], int]:
    """All places in the circle, nearest first (equally far ones by id), and how many cameras they have in all."""
    cells = cover(circle)
    found = _opened(tx, circle, [*cells.inside, *cells.rim])
    return found.seen(), int(found.cameras.sum())


def page(tx: Session, circle: Circle, number: int, size: int) -> Page:
    """One page (from 0; the last one where there are fewer) of what `within` finds, and the totals."""
    return _looked(tx, circle, number, size)[0]


def steps_of(tx: Session, circle: Circle, number: int, size: int) -> tuple[Page, int]:
    """A page with all that is about equally far as its places, and how many of these stand before the page."""
    shown, found, closed = _looked(tx, circle, number, size)
    if not shown.seen:
        return shown, 0
    start, end = steps(shown.seen[0].metres, shown.seen[-1].metres)
    found = found.and_(_opened(tx, circle, closed.cells[(closed.nearest < end) & (closed.farthest >= start)].tolist()))
    first, last = np.searchsorted(found.metres, (start, end))
    nearer = int(first) + int(closed.places[closed.farthest < start].sum())
    return shown._replace(seen=only(found, slice(first, last)).seen()), shown.number * size - nearer


def _looked(tx: Session, circle: Circle, number: int, size: int) -> tuple[Page, Measured, Closed]:
    """A page, all that was opened for it, and what was not.

    Of the cells wholly inside only those are opened that can hold a place of this page; the others are counted.
    """
    cells = cover(circle)
    outwards = np.argsort(cells.middles, kind="stable")
    inside = [cells.inside[n] for n in outwards]
    at_once, counted = [*cells.rim, *inside[:_HOME]], inside[_HOME:]
    found, of_each, cameras = opened_and_counted(tx, at_once, counted, partial(_measured, circle))
    closed = Closed(np.array(counted, np.int64), of_each, *spans(cells.middles[outwards[_HOME:]]))
    closed = only(closed, of_each > 0)
    places = len(found.ids) + int(closed.places.sum())
    cameras += int(found.cameras.sum())
    if not places:
        return Page(0, 0, 0, []), found, closed
    number = max(0, min(number, (places - 1) // size))
    first, last = number * size, min(number * size + size, places) - 1
    for enough in (size, places):  # a few first: with what they tell, hardly any other cell is needed
        touching, before = split(first, last, found.metres[: last + 1], closed)
        chosen = touching.cells[np.cumsum(touching.places) - touching.places < enough]
        if len(chosen):
            found = found.and_(_opened(tx, circle, chosen.tolist()))
            closed = only(closed, ~np.isin(closed.cells, chosen))
    shown = only(found, slice(first - before, last + 1 - before)).seen()
    return Page(places, cameras, number, shown), found, closed


def find(tx: Session, circle: Circle, registration_id: int) -> Seen | None:
    """This registration, where a search of the circle finds it now."""
    found = _measured(circle, of_one(tx, registration_id)).seen()
    return found[0] if found else None


def _opened(tx: Session, circle: Circle, cells: Sequence[int]) -> Measured:
    """The places of these cells that lie in the circle, nearest first."""
    return _measured(circle, opened(tx, cells))


def _measured(circle: Circle, found: Opened) -> Measured:
    """Those that lie in the circle, nearest first."""
    near = chords(circle.centre, found.lats, found.lons) <= circle.radius_m + 2 * RIM_M  # they are never longer
    ids, cameras, lats, lons = only(found, near)
    order, metres, bearings = measure(circle, ids, lats, lons)
    return Measured(metres, ids[order], bearings, cameras[order], lats[order], lons[order])
