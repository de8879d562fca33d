"""The public report: counts by month and station, with small ones hidden so that nobody can work them out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

FEW = 5  # a count below this could point at somebody
MONTHS = 12
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

    def of_month(self, n: int) -> int | None:
        return self.cells[n][-1]


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

    Every line of the table adds up, so a hidden cell follows exactly when, of all that is hidden, nothing else leads
    round from its row to its column (Gusfield 1988, A graph theoretic approach to statistical data security).
    """
    hidden = {(r, c) for r, row in enumerate(full) for c, number in enumerate(row) if 0 < number < FEW}
    while (bare := next((cell for cell in sorted(hidden) if not _round_about(cell, hidden)), None)) is not None:
        hidden |= _cover(bare, full, hidden)
    return hidden


def _round_about(cell: Cell, hidden: set[Cell]) -> bool:
    """Whether hidden cells lead from this cell's row to its column without it: rows and columns in turn."""
    row, column = cell
    others = hidden - {cell}
    rows, columns = {row}, set[int]()
    while True:
        more = {c for r, c in others if r in rows} - columns
        if column in more:
            return True
        if not more:
            return False
        columns |= more
        rows |= {r for r, c in others if c in columns}


def _cover(cell: Cell, full: Sequence[Sequence[int]], hidden: set[Cell]) -> set[Cell]:
    """The cheapest three cells that make a rectangle with this one: with them hidden it follows from nothing."""
    row, column = cell

    def cost(corner: Cell) -> tuple[int, int]:
        r, c = corner
        new = [other for other in ((r, c), (row, c), (r, column)) if other not in hidden]
        return sum(full[a][b] + 1 for a, b in new), r * len(full[0]) + c

    corners = [(r, c) for r in range(len(full)) for c in range(len(full[0])) if r != row and c != column]
    r, c = min(corners, key=cost)
    return {(r, c), (row, c), (r, column)}


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
