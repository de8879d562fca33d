"""Numbers on a map: none hides another, however close together their places are."""

import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.pictures import maps
from handlers.pictures.labels import RADIUS, Box, placed
from handlers.pictures.mercator import Spot

WIDE, HIGH = maps.WIDE, maps.HIGH
MIDDLE = Box(WIDE / 2 - 6, HIGH / 2 - 6, WIDE / 2 + 6, HIGH / 2 + 6)
TAKEN = [maps.NORTH, MIDDLE]
spot = st.tuples(st.floats(0, WIDE), st.floats(0, HIGH))
close = st.tuples(st.floats(140, 150), st.floats(140, 150))
alike = spot.map(lambda place: [place] * 25)


def readable(discs: list[Spot]) -> None:
    assert all(math.dist(one, other) > 2 * RADIUS for one, other in combinations(discs, 2))
    assert all(RADIUS <= x <= WIDE - RADIUS and RADIUS <= y <= HIGH - RADIUS for x, y in discs)
    assert not any(_touches(disc, box) for disc in discs for box in TAKEN)


def _touches(disc: Spot, box: Box) -> bool:
    right = max(box.left - disc[0], 0.0, disc[0] - box.right)
    down = max(box.top - disc[1], 0.0, disc[1] - box.bottom)
    return math.hypot(right, down) < RADIUS - 1e-6


@given(st.one_of(st.lists(spot, max_size=25), st.lists(close, max_size=25), alike))
def test_no_number_hides_another_or_leaves_the_map(places: list[Spot]) -> None:
    discs = placed(places, WIDE, HIGH, TAKEN)

    assert len(discs) == len(places)
    readable(discs)


@pytest.mark.parametrize("corner", [(0.0, 0.0), (WIDE, 0.0), (0.0, HIGH), (WIDE, HIGH)])
def test_even_25_places_in_a_corner_can_be_read(corner: Spot) -> None:
    readable(placed([corner] * 25, WIDE, HIGH, TAKEN))


def test_a_number_stands_straight_above_its_place_where_there_is_room() -> None:
    [disc] = placed([(60.0, 200.0)], WIDE, HIGH, TAKEN)

    assert disc[0] == pytest.approx(60.0)
    assert disc[1] < 200.0 - RADIUS


def test_a_number_does_not_hide_the_place_of_another() -> None:
    below, above = (60.0, 200.0), (60.0, 184.0)  # the second lies where the first one's number would stand

    discs = placed([below, above], WIDE, HIGH, TAKEN)

    assert all(math.dist(disc, place) > RADIUS for disc in discs for place in (below, above))


def test_lines_to_the_numbers_do_not_cross() -> None:
    places = [(100.0 + 4 * n, 150.0) for n in range(8)]

    discs = placed(places, WIDE, HIGH, TAKEN)

    for (a, x), (b, y) in combinations(zip(places, discs, strict=True), 2):
        assert math.dist(a, x) + math.dist(b, y) <= math.dist(a, y) + math.dist(b, x) + 1e-6
