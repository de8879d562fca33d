"""Points on paper, against the projection library."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from bot.core.geo import Point
from handlers.pictures.ground import Tile, meridians, nice, parallels, tiles_under
from handlers.pictures.mercator import RADIUS_M, fitted
from tests.chat import PALASIA, RAJWADA

MERCATOR = Transformer.from_crs("EPSG:4326", "EPSG:3857", always_xy=True)
lats, lons = st.floats(-80, 80), st.floats(-180, 180)
points = st.builds(Point, lats, lons)


@given(st.lists(points, min_size=1, max_size=5))
def test_everything_that_is_shown_lies_inside_the_margin(shown: list[Point]) -> None:
    frame = fitted(shown, 292, 300, 30)

    for x, y in map(frame.at, shown):
        assert 29.99 <= x <= 262.01
        assert 29.99 <= y <= 270.01


@given(points, st.floats(-0.1, 0.1), st.floats(-0.1, 0.1))
def test_distances_on_paper_are_those_of_web_mercator(start: Point, north: float, east: float) -> None:
    end = Point(start.lat + north, start.lon + east)
    frame = fitted([start, end], 292, 300, 30)

    (ax, ay), (bx, by) = frame.at(start), frame.at(end)
    (px, py), (qx, qy) = (MERCATOR.transform(p.lon, p.lat) for p in (start, Point(end.lat, start.lon + east)))
    metres = frame.scale / (2 * 3.141592653589793 * RADIUS_M)
    assert bx - ax == pytest.approx((qx - px) * metres, abs=0.01)
    assert ay - by == pytest.approx((qy - py) * metres, abs=0.01)


@given(points)
def test_a_place_on_paper_leads_back_to_its_degrees(point: Point) -> None:
    frame = fitted([point], 292, 300, 30)
    x, y = frame.at(point)

    assert frame.lat(y) == pytest.approx(point.lat, abs=1e-9)
    assert (frame.lon(x) - point.lon + 180) % 360 - 180 == pytest.approx(0, abs=1e-9)


def test_a_picture_across_the_180th_meridian_is_small() -> None:
    frame = fitted([Point(-17.0, 179.99), Point(-17.0, -179.99)], 292, 300, 30)

    assert frame.at(Point(-17.0, -179.99))[0] - frame.at(Point(-17.0, 179.99))[0] == pytest.approx(232)
    assert {line.degrees.lstrip("-").rstrip("0°") for line in meridians(frame)} >= {"180.", "179.99"}
    assert {tile.x for tile in tiles_under(frame)} >= {0, 2 ** tiles_under(frame)[0].z - 1}


def test_tiles_are_those_of_the_usual_scheme() -> None:
    """Rajwada at zoom 16, worked out by the formula of the OpenStreetMap wiki."""
    frame = fitted([RAJWADA, PALASIA], 292, 300, 30)
    z = tiles_under(frame)[0].z

    west, east = (int((p.lon + 180) / 360 * 2**z) for p in (RAJWADA, PALASIA))
    assert {tile.x for tile in tiles_under(frame)} >= set(range(west, east + 1))
    assert 4 <= len(tiles_under(frame)) <= 25
    assert Tile(z, west, tiles_under(frame)[0].y) in tiles_under(frame)


@given(points, st.floats(0.0005, 3))
def test_the_grid_has_a_few_lines_each_way(start: Point, far: float) -> None:
    frame = fitted([start, Point(start.lat + far, start.lon + far)], 292, 300, 30)

    for lines in (meridians(frame), parallels(frame)):
        assert 2 <= len(lines) <= 9
        assert all(0 <= line.at <= 300 for line in lines)
        assert len({line.degrees for line in lines}) == len(lines)


@given(st.floats(1e-6, 1e6))
def test_round_numbers_are_round_and_not_above(about: float) -> None:
    round_ = nice(about)

    assert about / 2.5 <= round_ * (1 + 1e-9)
    assert round_ <= about * (1 + 1e-9)
    assert f"{round_:.0e}"[0] in "125"
