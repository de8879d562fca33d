"""The public report hides small counts, and whatever would let somebody work them out."""

from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.admin.report import FEW, Cell, counted, hide, months_before, tabled
from tests import profiles as profiles

NUMBER = st.one_of(st.integers(0, 6), st.integers(0, 300))
GRIDS = st.integers(1, 5).flatmap(
    lambda wide: st.lists(st.lists(NUMBER, min_size=wide, max_size=wide), min_size=1, max_size=6)
)
JULY = ((2026, 6), (2026, 7))


def with_totals(grid: list[list[int]]) -> list[list[int]]:
    full = [[*row, sum(row)] for row in grid]
    return [*full, [sum(column) for column in zip(*full, strict=True)]]


def worked_out(full: list[list[int]], hidden: set[Cell]) -> set[Cell]:
    """What somebody with a pencil finds: the hidden cells whose value follows from the sums of all lines."""
    cells = sorted(hidden)
    last_row, last_column = len(full) - 1, len(full[0]) - 1
    across = [[Fraction((1 if c < last_column else -1) if a == r else 0) for a, c in cells] for r in range(len(full))]
    down = [[Fraction((1 if r < last_row else -1) if b == c else 0) for r, b in cells] for c in range(len(full[0]))]
    reduced = echelon([*across, *down])
    return {cells[line.index(Fraction(1))] for line in reduced if sum(value != 0 for value in line) == 1}


def echelon(lines: list[list[Fraction]]) -> list[list[Fraction]]:
    """Gauss and Jordan's reduced form, without its empty lines."""
    done: list[list[Fraction]] = []
    for column in range(len(lines[0]) if lines else 0):
        pivot = next((line for line in lines if line[column] != 0), None)
        if pivot is None:
            continue
        lines.remove(pivot)
        first = [value / pivot[column] for value in pivot]
        lines = [[a - line[column] * b for a, b in zip(line, first, strict=True)] for line in lines]
        done = [[a - line[column] * b for a, b in zip(line, first, strict=True)] for line in done]
        done.append(first)
    return done


@given(GRIDS)
def test_no_small_count_is_shown_and_none_can_be_worked_out(grid: list[list[int]]) -> None:
    full = with_totals(grid)

    hidden = hide(full)

    shown = [number for r, row in enumerate(full) for c, number in enumerate(row) if (r, c) not in hidden]
    assert not any(0 < number < FEW for number in shown)
    assert worked_out(full, hidden) == set()


SMALL = st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=3), min_size=2, max_size=3).filter(
    lambda grid: len({len(row) for row in grid}) == 1
)


def others(full: list[list[int]], hidden: set[Cell]) -> Iterator[list[list[int]]]:
    """Tables of counts, none below zero, that differ from this one by one here and there, and show the same."""
    cells = sorted((r, c) for r, c in hidden if r < len(full) - 1 and c < len(full[0]) - 1)
    for moves in product((-1, 0, 1), repeat=len(cells)):
        grid = [row[:-1] for row in full[:-1]]
        for (r, c), move in zip(cells, moves, strict=True):
            grid[r][c] += move
        other = with_totals(grid)
        same = all(other[r][c] == n for r, row in enumerate(full) for c, n in enumerate(row) if (r, c) not in hidden)
        if same and min(map(min, grid)) >= 0:
            yield other


@given(SMALL)
def test_every_small_count_could_be_another_one_though_no_count_is_below_zero(grid: list[list[int]]) -> None:
    full = with_totals(grid)
    hidden = hide(full)

    could_be: dict[Cell, set[int]] = {}
    for other in others(full, hidden):
        for r, c in hidden:
            could_be.setdefault((r, c), set()).add(other[r][c])

    assert all(len(could_be[cell]) > 1 for cell in hidden)


def test_noughts_whose_sum_is_shown_as_nought_hide_nothing() -> None:
    full = with_totals([[3, 9, 0], [7, 900, 0]])
    noughts = {(0, 0), (1, 0), (0, 2), (1, 2)}  # no pencil solves it; but what adds up to nought is nought

    assert worked_out(full, noughts) == set()
    assert {other[0][0] for other in others(full, noughts)} == {3}


def test_the_pencil_finds_what_hiding_the_small_ones_alone_would_give_away() -> None:
    full = with_totals([[3, 10], [20, 30]])

    assert worked_out(full, {(0, 0)}) == {(0, 0)}


@given(GRIDS)
def test_where_nothing_is_small_nothing_is_hidden(grid: list[list[int]]) -> None:
    large = [[number if number == 0 or number >= FEW else number + FEW for number in row] for row in grid]

    assert hide(with_totals(large)) == set()


def test_a_small_count_takes_the_cheapest_company() -> None:
    table = tabled({((2026, 6), "A"): 3, ((2026, 6), "B"): 9, ((2026, 7), "A"): 7, ((2026, 7), "B"): 900}, JULY, "ABC")

    assert table.cells == ((None, 9, None, 12), (7, 900, 0, 907), (None, 909, None, 919))


def test_a_single_station_hides_its_total_with_it() -> None:
    table = tabled({((2026, 6), "A"): 2, ((2026, 7), "A"): 50}, JULY, "A")

    assert table.cells[0] == (None, None)


@pytest.mark.parametrize(
    ("now", "first", "last"),
    [
        (datetime(2026, 11, 24, tzinfo=UTC), (2025, 11), (2026, 10)),
        (datetime(2026, 12, 31, 20, tzinfo=UTC), (2026, 1), (2026, 12)),  # January already in Indore
        (datetime(2026, 1, 5, tzinfo=UTC), (2025, 1), (2025, 12)),
    ],
)
def test_the_last_twelve_whole_months_are_told(now: datetime, first: tuple[int, int], last: tuple[int, int]) -> None:
    months = months_before(now, "Asia/Kolkata")

    assert (len(months), months[0], months[-1]) == (12, first, last)


def test_a_month_begins_at_midnight_in_the_town() -> None:
    night = datetime(2026, 6, 30, 19, tzinfo=UTC)  # half past midnight on the first of July in Indore

    assert counted([(night, "Palasia"), (night, "palasia")], "Asia/Kolkata", str.title) == {((2026, 7), "Palasia"): 2}
