"""The cells of a circle: none too few, none wrongly inside, hardly any too many."""

from random import Random

import h3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.casework.near import Circle
from bot.core.cover import cell_of, cover
from bot.core.geo import Point, metres
from tests.core import globe

seeds = st.integers(0, 2**32)


def corners(cell: int) -> list[Point]:
    return [Point(*corner) for corner in h3.cell_to_boundary(h3.int_to_str(cell))]


def middle(cell: int) -> Point:
    return Point(*h3.cell_to_latlng(h3.int_to_str(cell)))


@given(seeds)
def test_every_point_of_a_circle_lies_in_one_of_its_cells(seed: int) -> None:
    chance = Random(seed)
    circle = globe.circle(chance)

    cells = cover(circle)

    known = {*cells.inside, *cells.rim}
    shares = [*(chance.random() ** 0.5 for _ in range(20)), *[1.0] * 20]
    assert all(cell_of(globe.place(circle, chance.uniform(-180, 180), share)) in known for share in shares)


@given(seeds)
def test_cells_inside_lie_wholly_within_the_circle(seed: int) -> None:
    chance = Random(seed)
    circle = globe.circle(chance)

    cells = cover(circle)

    for cell in chance.sample(cells.inside, min(20, len(cells.inside))):
        assert all(metres(circle.centre, corner) <= circle.radius_m for corner in corners(cell))


@given(seeds)
def test_a_point_of_an_inside_cell_is_within_the_circle(seed: int) -> None:
    chance = Random(seed)
    circle = Circle(globe.centre(chance), chance.uniform(300, 2_000))
    spots = [globe.place(circle, chance.uniform(-180, 180), chance.uniform(0.5, 1.2)) for _ in range(40)]

    inside = set(cover(circle).inside)

    assert all(metres(circle.centre, spot) <= circle.radius_m for spot in spots if cell_of(spot) in inside)


@given(seeds)
def test_cells_of_the_rim_are_no_further_than_they_must(seed: int) -> None:
    circle = globe.circle(Random(seed))

    cells = cover(circle)

    home = cell_of(circle.centre)
    for cell in cells.rim:
        nearest = min(metres(circle.centre, one) for one in (*corners(cell), middle(cell)))
        assert cell == home or nearest <= circle.radius_m + 48  # at most the half of an edge nearer than its corners


@given(seeds)
def test_no_cell_is_named_twice(seed: int) -> None:
    cells = cover(globe.circle(Random(seed)))

    both = [*cells.inside, *cells.rim]
    assert len(set(both)) == len(both)


@given(seeds)
def test_no_cell_on_earth_reaches_further_than_the_cover_counts_on(seed: int) -> None:
    cell = cell_of(globe.centre(Random(seed)))

    assert max(metres(middle(cell), corner) for corner in corners(cell)) < 85


@pytest.mark.parametrize("cell", sorted(h3.get_pentagons(10)))
@pytest.mark.parametrize("radius", [10.0, 180.0, 500.0, 2_000.0, 5_000.0])
def test_circles_around_a_pentagon_have_no_hole(cell: str, radius: float) -> None:
    circle = Circle(Point(*h3.cell_to_latlng(cell)), radius)
    spots = [globe.place(circle, way, share) for way in range(0, 360, 3) for share in (0.25, 0.5, 0.75, 1.0)]

    cells = cover(circle)

    assert {cell_of(spot) for spot in spots} <= {*cells.inside, *cells.rim}


def test_a_small_circle_in_the_middle_of_a_cell_needs_that_cell_alone() -> None:
    home = cell_of(Point(22.7196, 75.8577))

    cells = cover(Circle(middle(home), 40))

    assert (cells.inside, cells.rim) == ((), (home,))


def test_a_cell_is_stored_under_the_number_that_h3_gives_it() -> None:
    assert cell_of(Point(22.7196, 75.8577)) == h3.str_to_int(h3.latlng_to_cell(22.7196, 75.8577, 10))


def test_half_a_kilometre_in_indore_takes_few_cells() -> None:
    cells = cover(Circle(Point(22.7196, 75.8577), 500))

    assert len(cells.inside) >= 30
    assert len(cells.inside) + len(cells.rim) <= 80
