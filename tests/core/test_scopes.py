"""Ways and areas: what lies within them, and the cells that cover them, against brute force."""

import math
from collections import defaultdict
from random import Random
from typing import Any

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st

from bot.core.casework.scopes import area_of, beside, cells_of, centre_of, length_m, outline_of, square_km, within
from bot.core.cover import cell_of
from bot.core.geo import WGS84, Point, metres
from bot.core.picture import Outline, Way
from tests import profiles as profiles

INDORE = Point(22.7196, 75.8577)
seeds = st.integers(0, 2**32)


def away_from(point: Point, chance: Random, most: float) -> Point:
    lon, lat, _ = WGS84.fwd(point.lon, point.lat, chance.uniform(0, 360), chance.uniform(0, most))
    return Point(lat, lon)


def a_way(chance: Random, centre: Point = INDORE) -> Way:
    points = [away_from(centre, chance, 5_000)]
    for _ in range(chance.randint(1, 5)):
        points.append(away_from(points[-1], chance, 3_000))
    return Way(tuple(points), chance.choice((50, 100, 200)))


def some_near(way: Way, chance: Random, many: int) -> list[Point]:
    """Most of them about as far from the way as it reaches."""
    found = []
    for _ in range(many):
        n = chance.randrange(len(way.points) - 1)
        start, end = way.points[n], way.points[n + 1]
        azimuth, _, far = WGS84.inv(start.lon, start.lat, end.lon, end.lat)
        lon, lat, _ = WGS84.fwd(start.lon, start.lat, azimuth, chance.uniform(-0.1, 1.1) * far)
        found.append(away_from(Point(lat, lon), chance, 1.5 * way.within_m))
    return found


def by_oracle(way: Way, place: Point) -> float:
    """The distance from the way by narrowing down on each leg, with Karney's own program."""
    best = math.inf
    for start, end in zip(way.points, way.points[1:], strict=False):
        line = Geodesic.WGS84.InverseLine(start.lat, start.lon, end.lat, end.lon)

        def away(s: float, line: Any = line) -> float:
            at = line.Position(s)
            return float(Geodesic.WGS84.Inverse(at["lat2"], at["lon2"], place.lat, place.lon)["s12"])

        low, high = 0.0, line.s13
        for _ in range(80):
            third = (high - low) / 3
            if away(low + third) < away(high - third):
                high -= third
            else:
                low += third
        best = min(best, away(low), away(0.0), away(line.s13))
    return best


@pytest.mark.parametrize("seed", range(20))
def test_a_distance_from_a_way_is_right_to_a_millimetre(seed: int) -> None:
    chance = Random(seed)
    centre = Point(chance.uniform(-60, 60), chance.uniform(-179, 179)) if seed % 2 else INDORE
    way = a_way(chance, centre)
    places = some_near(way, chance, 5)

    away, _ = beside(way, np.array([p.lat for p in places]), np.array([p.lon for p in places]))

    for place, found in zip(places, away.tolist(), strict=True):
        assert found == pytest.approx(by_oracle(way, place), abs=1e-3)


@given(seeds)
def test_the_cells_of_a_way_hold_every_place_within_its_reach(seed: int) -> None:
    chance = Random(seed)
    way = a_way(chance)
    places = some_near(way, chance, 100)
    cells = set(cells_of(way))

    away, _ = beside(way, np.array([p.lat for p in places]), np.array([p.lon for p in places]))

    missed = [p for p, far in zip(places, away, strict=True) if far <= way.within_m and cell_of(p) not in cells]
    assert missed == []


def test_places_come_in_the_order_in_which_one_passes_them() -> None:
    way = Way((Point(22.70, 75.85), Point(22.70, 75.86), Point(22.71, 75.86)), 100)
    passed = [Point(22.7001, 75.851), Point(22.6999, 75.855), Point(22.7001, 75.8599), Point(22.705, 75.8605)]

    _, along = beside(way, np.array([p.lat for p in passed]), np.array([p.lon for p in passed]))

    assert along.tolist() == sorted(along.tolist())
    assert along[-1] == pytest.approx(metres(*way.points[:2]) + metres(way.points[1], Point(22.705, 75.86)), abs=1)
    assert length_m(way) == pytest.approx(sum(map(metres, way.points, way.points[1:])))


def test_a_place_that_is_passed_twice_stands_where_one_is_nearest_and_first() -> None:
    there, back = Point(22.70, 75.85), Point(22.70, 75.86)
    way = Way((there, back, there), 100)

    _, along = beside(way, np.array([22.70]), np.array([75.852]))

    assert along[0] == pytest.approx(metres(there, Point(22.70, 75.852)), abs=1e-3)


def an_area(chance: Random) -> Outline:
    """A star, perhaps with a hole."""
    centre, many = away_from(INDORE, chance, 8_000), chance.randint(3, 12)
    turns = sorted(chance.uniform(0, 360) for _ in range(many))
    outer = [WGS84.fwd(centre.lon, centre.lat, turn, chance.uniform(200, 3_000))[:2] for turn in turns]
    area = shapely.Polygon(outer).buffer(0)
    if chance.random() < 0.5:
        area = area.difference(shapely.Point(centre.lon, centre.lat).buffer(0.001))
    return outline_of(area) if area.area > 0 else an_area(chance)


@given(seeds)
def test_the_cells_of_an_area_hold_every_place_in_it(seed: int) -> None:
    chance = Random(seed)
    outline = an_area(chance)
    area = area_of(outline)
    corners = [point for ring in outline.rings for point in ring]
    places = [away_from(chance.choice(corners), chance, chance.choice((5, 100, 3_000))) for _ in range(300)]
    stored = defaultdict(list)
    for place in places:
        stored[cell_of(place)].append(place)

    found = [place for cell in cells_of(outline) for place in stored[cell]]
    rows = within(outline, np.array([p.lat for p in found]), np.array([p.lon for p in found]))

    by_brute_force = {place for place in places if area.intersects(shapely.Point(place.lon, place.lat))}
    assert {found[n] for n in rows} == by_brute_force


@given(seeds)
def test_an_area_is_the_same_after_it_was_taken_apart_into_rings(seed: int) -> None:
    outline = an_area(Random(seed))

    again = outline_of(area_of(outline))

    assert area_of(again).symmetric_difference(area_of(outline)).area < 1e-15
    assert square_km(again) == pytest.approx(square_km(outline))
    assert area_of(outline).intersects(shapely.Point(centre_of(outline).lon, centre_of(outline).lat))
