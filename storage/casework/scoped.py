"""What lies in a scope, in the order people read: a way as one passes; else by steps of distance, the road first."""

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from sqlmodel import Session

from bot.core.casework.near import RIM_M, Circle, Column, Rows, measure, roads_first, steps
from bot.core.casework.scopes import beside, cells_of, within
from bot.core.geo import Point
from bot.core.later import np
from bot.core.picture import Outline, Scope, Way
from storage import registrations, spots
from storage.spot_rows import Opened, of_one, opened
from storage.spots import Page, Seen

_EARTH_M = 21_000_000.0  # no two places are farther apart


class View(NamedTuple):
    """A page, and for a way how many metres along it each place is passed."""

    page: Page
    after: dict[int, float]


def page(tx: Session, scope: Scope, origin: Point, number: int, size: int) -> View:
    """One page (from 0; the last one where there are fewer), and the totals; areas are ordered from `origin` on."""
    if isinstance(scope, Circle):
        found, before = spots.steps_of(tx, scope, number, size)
        return View(found._replace(seen=_roads_first(tx, found.seen)[before : before + size]), {})
    everything = every(tx, scope, origin)
    shown = cut(everything.page.seen, number, size)
    if isinstance(scope, Way) or not shown.seen:
        return View(shown, everything.after)
    limits = steps(shown.seen[0].metres, shown.seen[-1].metres)
    first, last = (bisect_left(everything.page.seen, metres, key=attrgetter("metres")) for metres in limits)
    before = shown.number * size - first
    return View(shown._replace(seen=_roads_first(tx, everything.page.seen[first:last])[before : before + size]), {})


def _roads_first(tx: Session, seen: Sequence[Seen]) -> list[Seen]:
    """Whole steps of distance, in the order people read."""
    return roads_first(seen, registrations.seeing_road(tx, [one.id for one in seen]))


def every(tx: Session, scope: Scope, origin: Point) -> View:
    """All of it: a way as one passes, all else by distance alone."""
    if isinstance(scope, Circle):
        seen, cameras = spots.within(tx, scope)
        return View(Page(len(seen), cameras, 0, seen), {})
    seen, after = _ordered(scope, opened(tx, cells_of(scope)), origin)
    return View(Page(len(seen), sum(one.cameras for one in seen), 0, seen), after)


def find(tx: Session, scope: Scope, registration_id: int) -> bool:
    """Whether a search of the scope finds this registration now."""
    if isinstance(scope, Circle):
        return spots.find(tx, scope, registration_id) is not None
    return bool(_ordered(scope, of_one(tx, registration_id), Point(0.0, 0.0))[0])


def cut(seen: Sequence[Seen], number: int, size: int) -> Page:
    """A page of what is in its order already."""
    number = max(0, min(number, (len(seen) - 1) // size))
    shown = list(seen[number * size : number * size + size])
    return Page(len(seen), sum(one.cameras for one in seen), number, shown)


def _ordered(scope: Way | Outline, found: Opened, origin: Point) -> tuple[list[Seen], dict[int, float]]:
    if not len(found.ids):
        return [], {}
    if isinstance(scope, Outline):
        rows = within(scope, found.lats, found.lons)
        near = measure(Circle(origin, _EARTH_M), found.ids[rows], found.lats[rows], found.lons[rows])
        return _seen(found, rows[near.order], near.metres, near.bearings), {}
    away, along = beside(scope, found.lats, found.lons)
    rows = np.flatnonzero(away <= scope.within_m + RIM_M)
    rows = rows[np.lexsort((found.ids[rows], away[rows], along[rows]))]
    after = dict(zip(found.ids[rows].tolist(), along[rows].tolist(), strict=True))
    return _seen(found, rows, away[rows], np.zeros(len(rows))), after


def _seen(found: Opened, rows: Rows, metres: Column, bearings: Column) -> list[Seen]:
    columns = (metres, found.ids[rows], bearings, found.cameras[rows], found.lats[rows], found.lons[rows])
    return [Seen(*one) for one in zip(*(column.tolist() for column in columns), strict=True)]
