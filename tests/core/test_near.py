"""Who is near: against brute force, everywhere on Earth."""

from collections import defaultdict
from random import Random

import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from bot.core.casework.near import RIM_M, Circle, Compass, Hit, compass, rank, roads_first, steps
from bot.core.cover import cell_of, cover
from bot.core.geo import WGS84, Point, metres
from tests.core import globe

RAJWADA = Point(22.7196, 75.8577)
seeds = st.integers(0, 2**32)


def found_by_cells(circle: Circle, candidates: list[globe.Candidate]) -> list[Hit]:
    """As the register searches: candidates lie under their cell, the circle's cells are looked up, then measured."""
    stored = defaultdict(list)
    for candidate in candidates:
        stored[cell_of(Point(*candidate[1:]))].append(candidate)
    cells = cover(circle)
    return rank(circle, [candidate for cell in (*cells.inside, *cells.rim) for candidate in stored[cell]])


def by_brute_force(circle: Circle, candidates: list[globe.Candidate], roads: set[int]) -> list[tuple[int, float]]:
    """Nearest first; within each 25 m, those that see the road first."""
    far = [(metres(circle.centre, Point(lat, lon)), key) for key, lat, lon in candidates]
    read = sorted((int(m) // 25, key not in roads, m, key) for m, key in far if m <= circle.radius_m + 1e-6)
    return [(key, m) for _, _, m, key in read]


@pytest.mark.parametrize("seed", range(8))
def test_ten_thousand_searches_all_over_the_globe_find_what_brute_force_finds(seed: int) -> None:
    chance = Random(seed)
    wrong = []

    for _ in range(1_250):
        circle = globe.circle(chance)
        candidates = globe.candidates(circle, chance)
        roads = {key for key, _, _ in candidates if chance.random() < 0.5}
        hits = [(hit.id, hit.metres) for hit in roads_first(found_by_cells(circle, candidates), roads)]
        if hits != by_brute_force(circle, candidates, roads):
            wrong.append(circle)

    assert wrong == []


@given(seeds)
def test_places_exactly_on_the_rim_are_found(seed: int) -> None:
    chance = Random(seed)
    circle = globe.circle(chance)
    rim = [globe.place(circle, chance.uniform(-180, 180), 1.0) for _ in range(5)]

    hits = found_by_cells(circle, [(n, spot.lat, spot.lon) for n, spot in enumerate(rim)])

    assert sorted(hit.id for hit in hits) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(("beyond", "found"), [(-0.5, True), (0.0, True), (0.5, True), (1.5, False)])
@given(seed=seeds)
def test_the_rim_is_one_micrometre_wide(beyond: float, found: bool, seed: int) -> None:
    chance = Random(seed)
    circle = globe.circle(chance)
    wider = Circle(circle.centre, circle.radius_m + beyond * RIM_M)
    spot = globe.place(wider, chance.uniform(-180, 180), 1.0)

    assert bool(found_by_cells(circle, [(1, spot.lat, spot.lon)])) is found


@given(seeds)
def test_places_a_tenth_of_a_millimetre_beyond_the_rim_are_not_found(seed: int) -> None:
    chance = Random(seed)
    circle = globe.circle(chance)
    beyond = globe.place(Circle(circle.centre, circle.radius_m + 1e-4), chance.uniform(-180, 180), 1.0)

    assert rank(circle, [(1, beyond.lat, beyond.lon)]) == []


@given(seeds)
def test_an_independent_geodesic_agrees_on_order_and_distance(seed: int) -> None:
    chance = Random(seed)
    circle = globe.circle(chance)
    candidates = globe.candidates(circle, chance)
    oracle = {key: geodesic((circle.centre.lat, circle.centre.lon), (lat, lon)).m for key, lat, lon in candidates}

    hits = found_by_cells(circle, candidates)

    assert [hit.metres for hit in hits] == pytest.approx([oracle[hit.id] for hit in hits], abs=1e-6)
    assert {hit.id for hit in hits} >= {key for key, far in oracle.items() if far < circle.radius_m - 1e-6}
    assert {hit.id for hit in hits} <= {key for key, far in oracle.items() if far < circle.radius_m + 1e-5}


@given(seeds)
def test_following_the_bearing_for_the_distance_arrives(seed: int) -> None:
    chance = Random(seed)
    circle = globe.circle(chance)
    spots = {key: Point(lat, lon) for key, lat, lon in globe.candidates(circle, chance)}

    for hit in rank(circle, [(key, spot.lat, spot.lon) for key, spot in spots.items()]):
        assert 0 <= hit.bearing < 360
        if abs(circle.centre.lat) < 90:
            lon, lat, _ = WGS84.fwd(circle.centre.lon, circle.centre.lat, hit.bearing, hit.metres)
            assert metres(Point(lat, lon), spots[hit.id]) < 1e-3


def test_equally_far_places_come_in_the_order_of_their_ids() -> None:
    doubles = [(key, 22.72, 75.858) for key in (7, 3, 9, 1)]

    hits = rank(Circle(RAJWADA, 500), doubles)

    assert [hit.id for hit in hits] == [1, 3, 7, 9]


def test_of_places_in_one_step_of_25_metres_those_that_see_the_road_come_first() -> None:
    hits = [Hit(far, float(far), 0.0) for far in (0, 24, 25, 40, 49, 50, 51)]

    assert [hit.id for hit in roads_first(hits, {24, 49, 51})] == [24, 0, 49, 25, 40, 51, 50]


@pytest.mark.parametrize(("near", "far", "limits"), [(0, 0, (0, 25)), (24.9, 25.0, (0, 50)), (60, 99, (50, 100))])
def test_steps_begin_and_end_on_whole_ones(near: float, far: float, limits: tuple[float, float]) -> None:
    assert steps(near, far) == limits


def test_nobody_around_means_nobody_found() -> None:
    assert rank(Circle(RAJWADA, 500), []) == []
    assert rank(Circle(RAJWADA, 500), [(1, 22.8, 75.9)]) == []


def test_a_camera_where_the_officer_stands_is_found_at_nought_metres() -> None:
    assert rank(Circle(RAJWADA, 10), [(1, RAJWADA.lat, RAJWADA.lon)]) == [Hit(1, 0.0, 0.0)]


@pytest.mark.parametrize(("pole", "only_way"), [(90.0, 180.0), (-90.0, 0.0)])
def test_from_a_pole_there_is_only_one_way_to_go(pole: float, only_way: float) -> None:
    around = [(lon, pole - pole / 90 * 0.001, float(lon)) for lon in range(-180, 180, 45)]

    hits = rank(Circle(Point(pole, 12.0), 500), around)

    assert [hit.bearing for hit in hits] == [only_way] * 8


def test_neighbours_across_the_antimeridian_are_near() -> None:
    hits = rank(Circle(Point(-16.8, 179.9999), 100), [(1, -16.8, -179.9999)])

    assert [(hit.id, round(hit.metres), compass(hit.bearing)) for hit in hits] == [(1, 21, Compass.E)]


@pytest.mark.parametrize(
    ("bearing", "point"),
    [
        (0, "N"),
        (22.4, "N"),
        (22.6, "NE"),
        (90, "E"),
        (135, "SE"),
        (180, "S"),
        (225, "SW"),
        (270, "W"),
        (315, "NW"),
        (337.4, "NW"),
        (337.6, "N"),
        (359.9, "N"),
        (360, "N"),
    ],
)
def test_a_bearing_has_its_point_of_the_compass(bearing: float, point: str) -> None:
    assert compass(bearing).name == point


@given(st.floats(0, 360))
def test_the_point_of_the_compass_is_the_nearest(bearing: float) -> None:
    off = abs(bearing - 45 * compass(bearing).value)

    assert min(off, 360 - off) <= 22.5
