"""Which places a page shows, found without opening every cell: so many places in each, this near and this far."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt


class Closed(NamedTuple):
    """A cell that was counted and not opened: none of its places is nearer or farther than this, in metres."""

    cell: int
    places: int
    nearest: float
    farthest: float


class Split(NamedTuple):
    """What the ranks asked for need: cells to open, nearest first, and how many places come before all of these."""

    touching: list[Closed]
    before: int


def split(first: int, last: int, distances: Sequence[float], cells: Sequence[Closed]) -> Split:
    """Where the places ranked first to last (from 0, by distance) can be: in none but the touching cells, or known.

    `distances` are those already known. Ranks beyond the last place need whatever may hold the last ones.
    """
    ones = np.ones(len(distances), int)
    places = np.array([cell.places for cell in cells], int)
    nearest = np.array([cell.nearest for cell in cells])
    farthest = np.array([cell.farthest for cell in cells])
    many = np.concatenate((ones, places))
    least = _reached(first + 1, np.concatenate((distances, nearest)), many)
    most = _reached(last + 1, np.concatenate((distances, farthest)), many)
    touching = [cells[int(n)] for n in np.flatnonzero((farthest >= least) & (nearest <= most))]
    before = int(places[farthest < least].sum())
    return Split(sorted(touching, key=lambda cell: (cell.nearest, cell.farthest)), before)


def _reached(many: int, metres: npt.NDArray[np.float64], places: npt.NDArray[np.int64]) -> float:
    """The distance by which so many are counted; where there are not so many, all."""
    if not len(metres):
        return 0.0
    order = np.argsort(metres, kind="stable")
    place = int(np.searchsorted(np.cumsum(places[order]), many))
    return float(metres[order[min(place, len(order) - 1)]])
