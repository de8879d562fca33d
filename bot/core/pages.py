"""Which places a page shows, found without opening every cell: so many places in each, this near and this far."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple


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
    known = [(metres, 1) for metres in distances]
    least = _reached(first + 1, [*known, *((cell.nearest, cell.places) for cell in cells)])
    most = _reached(last + 1, [*known, *((cell.farthest, cell.places) for cell in cells)])
    touching = [cell for cell in cells if cell.farthest >= least and cell.nearest <= most]
    before = sum(cell.places for cell in cells if cell.farthest < least)
    return Split(sorted(touching, key=lambda cell: (cell.nearest, cell.farthest)), before)


def _reached(many: int, counted: Iterable[tuple[float, int]]) -> float:
    """The distance by which so many are counted; where there are not so many, all."""
    ordered = sorted(counted)
    place = bisect_left(list(accumulate(n for _, n in ordered)), many)
    return ordered[min(place, len(ordered) - 1)][0] if ordered else 0.0
