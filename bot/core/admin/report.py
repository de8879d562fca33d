"""The public report: counts by month and station, with small ones hidden so that nobody can work them out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

FEW = 5  # a count below this could point at somebody
MONTHS = 12
_SUM = 3  # so many times more a sum is missed than what it is made of
Month = tuple[int, int]
Cell = tuple[int, int]


class Measure(StrEnum):
    """What is counted."""

    REGISTRATIONS = "registrations"
    SEARCHES = "searches"
    REQUESTS = "requests"
    ANSWERS = "answers"
    WITHDRAWALS = "withdrawals"
    ALERTS = "alerts"


@dataclass(frozen=True, slots=True)
class Table:
    """Months down, stations across, with totals last in both; None: hidden."""

    months: tuple[Month, ...]
    stations: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]

    @property
    def total(self) -> int | None:
        return self.cells[-1][-1]


def months_before(now: datetime, timezone: str, many: int = MONTHS) -> tuple[Month, ...]:
    """The last whole months, oldest first: the one that is not over yet would be compared unfairly."""
    local = now.astimezone(ZoneInfo(timezone))
    last = local.year * 12 + local.month - 1
    return tuple(((n // 12), n % 12 + 1) for n in range(last - many, last))


def month_of(at: datetime, zone: ZoneInfo) -> Month:
    local = at.astimezone(zone)
    return local.year, local.month


def tabled(counts: Mapping[tuple[Month, str], int], months: Sequence[Month], stations: Sequence[str]) -> Table:
    """A table with its totals, and what has to be hidden hidden."""
    grid = [[counts.get((month, station), 0) for station in stations] for month in months]
    full = [[*row, sum(row)] for row in grid]
    full.append([sum(column) for column in zip(*full, strict=True)])
    hidden = hide(full)
    cells = tuple(
        tuple(None if (r, c) in hidden else number for c, number in enumerate(row)) for r, row in enumerate(full)
    )
    return Table(tuple(months), tuple(stations), cells)


def hide(full: Sequence[Sequence[int]]) -> set[Cell]:
    """Which cells to hide: the small ones, and others until no hidden one follows from what is shown.

    Every line of the table adds up, and no count is below zero. So a hidden cell can be another number exactly when
    one can be moved round through hidden cells and it: more here, fewer there, and nowhere fewer than none (Gusfield
    1988, A graph theoretic approach to statistical data security).
    """
    hidden = {(r, c) for r, row in enumerate(full) for c, number in enumerate(row) if 0 < number < FEW}
    for cell in sorted(hidden):
        if not _can_differ(cell, hidden, full):
            hidden |= _cover(cell, full, hidden)
    return hidden


def _steps(cell: Cell, full: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """From line to line (columns are below zero) where this cell can grow or shrink; a nought can only grow."""
    row, column = cell[0], ~cell[1]
    grows = (row, column), (column, row)
    is_sum = (cell[0] == len(full) - 1) != (cell[1] == len(full[0]) - 1)  # it stands on its lines' other side
    return list(grows) if full[cell[0]][cell[1]] else [grows[is_sum]]


def _can_differ(cell: Cell, hidden: set[Cell], full: Sequence[Sequence[int]]) -> bool:
    """Whether hidden cells lead from where one of this cell's steps ends back to where it began, without it."""
    steps: dict[int, set[int]] = {}
    for other in hidden - {cell}:
        for begin, end in _steps(other, full):
            steps.setdefault(begin, set()).add(end)
    return any(_leads(end, begin, steps) for begin, end in _steps(cell, full))


def _leads(begin: int, end: int, steps: Mapping[int, set[int]]) -> bool:
    reached, new = {begin}, {begin}
    while new and end not in reached:
        new = set[int]().union(*(steps.get(line, ()) for line in new)) - reached
        reached |= new
    return end in reached


def _cover(cell: Cell, full: Sequence[Sequence[int]], hidden: set[Cell]) -> set[Cell]:
    """The cheapest three cells that make a rectangle with this one, round which one can be moved."""
    row, column = cell

    def others(corner: Cell) -> set[Cell]:
        r, c = corner
        return {(r, c), (row, c), (r, column)}

    def missed(r: int, c: int) -> int:
        return (full[r][c] + 1) * (_SUM if r == len(full) - 1 or c == len(full[0]) - 1 else 1)

    def cost(corner: Cell) -> tuple[int, Cell]:
        return sum(missed(*one) for one in others(corner) - hidden), corner

    corners = [(r, c) for r in range(len(full)) for c in range(len(full[0])) if r != row and c != column]
    return others(next(one for one in sorted(corners, key=cost) if _can_differ(cell, {cell} | others(one), full)))


def counted(
    events: Sequence[tuple[datetime, str]], timezone: str, named: Callable[[str], str]
) -> dict[tuple[Month, str], int]:
    """How many of these were in each month at each station."""
    zone = ZoneInfo(timezone)
    found: dict[tuple[Month, str], int] = {}
    for at, station in events:
        key = month_of(at, zone), named(station)
        found[key] = found.get(key, 0) + 1
    return found
