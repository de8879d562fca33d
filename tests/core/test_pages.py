"""Pages without opening every cell: whatever the closed ones hold, the places of the page are in those it names."""

from random import Random

import numpy as np
from h3.api import basic_int as h3
from hypothesis import given
from hypothesis import strategies as st

from bot.core.casework.pages import Closed, split
from bot.core.cover import cell_of, spans
from bot.core.geo import Point, metres
from tests.core import globe

seeds = st.integers(0, 2**32)
NOTHING = np.empty(0)


Cell = tuple[int, int, float, float]  # its name, how many places it has, how near and how far they can be


def closed(*cells: Cell) -> Closed:
    names, places, nearest, farthest = zip(*cells, strict=True) if cells else ((), (), (), ())
    return Closed(np.array(names, int), np.array(places, int), np.array(nearest, float), np.array(farthest, float))


def hidden(chance: Random) -> dict[Cell, list[float]]:
    """Closed cells and what is really in them; many distances are equal, and some lie on the very bounds."""
    cells = {}
    for cell in range(chance.randrange(12)):
        nearest = float(chance.randrange(0, 40))
        farthest = nearest + chance.randrange(0, 15)
        held = [float(chance.randint(int(nearest), int(farthest))) for _ in range(chance.randint(1, 6))]
        cells[cell, len(held), nearest, farthest] = held
    return cells


@given(seeds)
def test_opening_the_touching_cells_is_enough_to_know_a_page(seed: int) -> None:
    chance = Random(seed)
    cells = hidden(chance)
    known = sorted(float(chance.randrange(50)) for _ in range(chance.randint(1, 9)))
    everything = sorted([*known, *(far for held in cells.values() for far in held)])
    first = chance.randrange(len(everything))
    last = min(first + chance.randrange(10), len(everything) - 1)

    touching, before = split(first, last, np.array(known), closed(*cells))

    opened = sorted([*known, *(far for cell, held in cells.items() if cell[0] in touching.cells for far in held)])
    assert opened[first - before : last + 1 - before] == everything[first : last + 1]


@given(seeds)
def test_knowing_only_the_nearest_of_the_known_places_changes_nothing(seed: int) -> None:
    chance = Random(seed)
    cells = closed(*hidden(chance))
    known = np.array(sorted(float(chance.randrange(50)) for _ in range(chance.randint(12, 30))))

    few, all_ = split(2, 11, known[:12], cells), split(2, 11, known, cells)

    assert (few.touching.cells.tolist(), few.before) == (all_.touching.cells.tolist(), all_.before)


def test_a_cell_far_behind_the_page_stays_closed_and_a_cell_before_it_is_counted() -> None:
    near, here, far = (1, 10, 0.0, 50.0), (2, 10, 60.0, 90.0), (3, 10, 100.0, 150.0)

    touching, before = split(10, 19, NOTHING, closed(far, here, near))

    assert (touching.cells.tolist(), before) == ([2], 10)


def test_cells_that_touch_come_nearest_first() -> None:
    one, two, three = (1, 5, 0.0, 50.0), (2, 5, 10.0, 60.0), (3, 5, 20.0, 70.0)

    assert split(0, 9, NOTHING, closed(three, one, two)).touching.cells.tolist() == [1, 2, 3]


def test_when_places_vanish_after_the_count_the_page_is_shorter_and_nothing_breaks() -> None:
    for known in (np.array([1.0, 2.0]), NOTHING):
        touching, before = split(20, 29, known, closed())

        assert (touching.cells.tolist(), before) == ([], 0)


@given(seeds)
def test_no_place_of_a_cell_is_nearer_or_farther_than_its_span(seed: int) -> None:
    chance = Random(seed)
    circle = globe.circle(chance)
    spots = [globe.place(circle, chance.uniform(-180, 180), chance.random()) for _ in range(10)]

    middles = [Point(*h3.cell_to_latlng(cell_of(spot))) for spot in spots]
    nearest, farthest = spans(np.array([metres(circle.centre, middle) for middle in middles]))

    far = np.array([metres(circle.centre, spot) for spot in spots])
    assert ((nearest <= far) & (far <= farthest)).all()
    assert (farthest - nearest < 177).all()
