"""Which station a place belongs to: the one that holds it; on a border and outside all, the nearest."""

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from bot.core.geo import Point, metres
from bot.core.station.atlas import Atlas

WEST, EAST = shapely.box(75.80, 22.70, 75.85, 22.75), shapely.box(75.85, 22.70, 75.90, 22.75)
CITY = Atlas([(2, "Vijay Nagar", EAST), (1, "Palasia", WEST)])


def home(lat: float, lon: float, atlas: Atlas = CITY) -> int | None:
    return atlas.of([Point(lat, lon)])[0]


@pytest.mark.parametrize(
    ("place", "station"),
    [
        ((22.72, 75.82), 1),
        ((22.72, 75.87), 2),
        ((22.72, 75.85), 1),  # on the border of both: equally near, so the first by name
        ((22.70, 75.86), 2),  # on the border of one
        ((22.72, 75.79), 1),  # outside all: the nearest
        ((22.76, 75.8501), 2),
        ((22.76, 75.8499), 1),
        ((22.76, 75.85), 1),  # outside, equally near
    ],
)
def test_a_place_belongs_to_one_station(place: tuple[float, float], station: int) -> None:
    assert home(*place) == station


def test_nearest_is_in_metres_and_not_in_degrees() -> None:
    # at 60 degrees north a degree of longitude is half as long as one of latitude
    north, east = shapely.box(10.0, 60.02, 10.01, 60.03), shapely.box(10.03, 59.99, 10.04, 60.01)
    atlas = Atlas([(1, "North", north), (2, "East", east)])

    assert home(60.0, 10.0, atlas) == 2
    assert metres(Point(60.0, 10.0), Point(60.0, 10.03)) < metres(Point(60.0, 10.0), Point(60.02, 10.0))


def test_without_stations_a_place_belongs_to_none() -> None:
    assert home(22.72, 75.82, Atlas([])) is None
    assert Atlas([]).of([]) == CITY.of([]) == []


@given(st.lists(st.tuples(st.floats(22.6, 22.85), st.floats(75.7, 76.0)), max_size=20))
def test_many_places_at_once_are_answered_as_one_by_one(places: list[tuple[float, float]]) -> None:
    assert CITY.of([Point(*place) for place in places]) == [home(*place) for place in places]
