"""Which places a page shows, found without opening every cell: so many places in each, this near and this far."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias, TypeVar

from bot.core.later import np, npt

Rows: TypeAlias = "npt.NDArray[np.int64]"
Metres: TypeAlias = "npt.NDArray[np.float64]"


Columns = TypeVar("Columns", bound=NamedTuple)


def only(columns: Columns, which: npt.NDArray[np.bool_] | Rows | slice) -> Columns:
    """Some of the rows: where it is true, or in this order."""
    return columns._make(column[which] for column in columns)


class Closed(NamedTuple):
    """Cells that were counted and not opened, in columns: none of a cell's places is nearer or farther, in metres."""

    cells: Rows
    places: Rows
    nearest: Metres
    farthest: Metres


class Split(NamedTuple):
    """What the ranks asked for need: cells to open, nearest first, and how many places come before all of these."""

    touching: Closed
    before: int


def split(first: int, last: int, distances: Metres, closed: Closed) -> Split:
    """Where the places ranked first to last (from 0, by distance) can be: in none but the touching cells, or known.

    `distances` are those already known. Ranks beyond the last place need whatever may hold the last ones.
    """
    many = np.concatenate((np.ones(len(distances), np.int64), closed.places))
    least = _reached(first + 1, np.concatenate((distances, closed.nearest)), many)
    most = _reached(last + 1, np.concatenate((distances, closed.farthest)), many)
    touching = only(closed, (closed.farthest >= least) & (closed.nearest <= most))
    before = int(closed.places[closed.farthest < least].sum())
    return Split(only(touching, np.lexsort((touching.farthest, touching.nearest))), before)


def _reached(many: int, metres: Metres, places: Rows) -> float:
    """The distance by which so many are counted; where there are not so many, all."""
    if not len(metres):
        return 0.0
    order = np.argsort(metres, kind="stable")
    place = int(np.searchsorted(np.cumsum(places[order]), many))
    return float(metres[order[min(place, len(order) - 1)]])
