"""The city: what belongs to it, and how far outside the rest is."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.city import BadOutline, City, read_outline
from bot.core.geo import WGS84, Point, metres

RAJWADA = Point(22.7196, 75.8577)
ROUND = City("Indore", "इंदौर", RAJWADA, 25_000)
RING = [[75.7, 22.6], [76.0, 22.6], [76.0, 22.8], [75.85, 22.75], [75.7, 22.8], [75.7, 22.6]]  # a notch in the north
HOLE = [[75.8, 22.65], [75.9, 22.65], [75.9, 22.7], [75.8, 22.7], [75.8, 22.65]]
POLYGON: dict[str, Any] = {"type": "Polygon", "coordinates": [RING, HOLE]}
OUTLINED = City("Indore", "इंदौर", RAJWADA, 25_000, read_outline(POLYGON))
ISLAND = [[77.0, 22.0], [77.1, 22.0], [77.1, 22.1], [77.0, 22.0]]


def feature(geometry: object) -> dict[str, object]:
    return {"type": "Feature", "properties": {"name": "Indore"}, "geometry": geometry}


def on_the_border(ring: list[list[float]], steps: int = 400) -> list[Point]:
    return [
        Point(a[1] + (b[1] - a[1]) * n / steps, a[0] + (b[0] - a[0]) * n / steps)
        for a, b in pairwise(ring)
        for n in range(steps)
    ]


@given(st.floats(-180, 180), st.floats(0, 200_000))
def test_a_round_city_ends_at_its_radius(way: float, far: float) -> None:
    lon, lat, _ = WGS84.fwd(RAJWADA.lon, RAJWADA.lat, way, far)
    point = Point(lat, lon)

    assert ROUND.holds(point) == (metres(RAJWADA, point) <= 25_000)
    assert ROUND.metres_outside(point) == pytest.approx(max(0.0, far - 25_000), abs=1e-6)


@pytest.mark.parametrize(
    ("point", "held"),
    [
        (Point(22.62, 75.75), True),
        (Point(22.6, 75.8), True),  # on the border
        (Point(22.6, 75.7), True),  # on a corner
        (Point(22.68, 75.85), False),  # in the hole
        (Point(22.79, 75.85), False),  # in the notch
        (Point(22.5, 75.8), False),
        (Point(22.68, -75.85), False),
    ],
)
def test_an_outline_holds_its_points_and_its_border(point: Point, held: bool) -> None:
    assert OUTLINED.holds(point) is held
    assert (OUTLINED.metres_outside(point) == 0) is held


BORDER = [*on_the_border(RING), *on_the_border(HOLE)]


@given(st.floats(22.3, 23.1), st.floats(75.4, 76.3))
def test_the_way_into_the_city_is_the_shortest(lat: float, lon: float) -> None:
    point = Point(lat, lon)
    there = WGS84.inv([lon] * len(BORDER), [lat] * len(BORDER), [b.lon for b in BORDER], [b.lat for b in BORDER])
    by_brute_force = min(there[2])

    far = OUTLINED.metres_outside(point)

    # a point of the border lies every 77 m at most, so brute force measures up to 39 m sideways
    assert OUTLINED.holds(point) or by_brute_force**2 - 39**2 <= (far + 0.01) ** 2 <= (by_brute_force + 0.02) ** 2


def test_a_person_on_the_other_side_of_the_earth_hears_how_far_it_is() -> None:
    far = OUTLINED.metres_outside(Point(-23.5503, -46.6339))

    assert far == pytest.approx(min(metres(Point(-23.5503, -46.6339), border) for border in BORDER), abs=50)


@pytest.mark.parametrize(
    "document",
    [
        POLYGON,
        feature(POLYGON),
        {"type": "FeatureCollection", "features": [feature(POLYGON)]},
        {"type": "MultiPolygon", "coordinates": [[RING, HOLE]]},
        {**POLYGON, "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}},
        {"type": "Polygon", "coordinates": [[[*p, 553.0] for p in RING], HOLE]},
    ],
    ids=["polygon", "feature", "collection", "multipolygon", "named system", "with heights"],
)
def test_the_same_outline_is_read_from_any_kind_of_document(document: object) -> None:
    outline = read_outline(document)

    assert outline.equals(OUTLINED.outline)


def test_an_outline_of_several_parts_is_read_whole() -> None:
    island = {"type": "Polygon", "coordinates": [ISLAND]}

    outline = read_outline({"type": "FeatureCollection", "features": [feature(POLYGON), feature(island)]})

    assert City("", "", RAJWADA, 0, outline).holds(Point(22.02, 77.05))
    assert City("", "", RAJWADA, 0, outline).holds(Point(22.62, 75.75))


@given(st.integers(3, 12), st.floats(0.01, 5))
def test_an_outline_that_was_written_is_read_back(corners: int, size: float) -> None:
    ring = [WGS84.fwd(75.8, 22.7, 360 * n / corners, size * 10_000)[:2] for n in range(corners)]
    document = {"type": "Polygon", "coordinates": [[list(p) for p in [*ring, ring[0]]]]}

    outline = read_outline(document)

    city = City("", "", RAJWADA, 0, outline)
    assert city.holds(Point(22.7, 75.8))
    assert all(city.metres_outside(Point(p[1], p[0])) < 0.001 for p in ring)


EMPTY_RING = [[75.7, 22.6], [75.8, 22.7], [75.7, 22.6], [75.7, 22.6]]
BOW_TIE = [[75.7, 22.6], [75.8, 22.7], [75.8, 22.6], [75.7, 22.7], [75.7, 22.6]]


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (None, BadOutline.NOT_GEOJSON),
        ([], BadOutline.NOT_GEOJSON),
        ({}, BadOutline.NOT_GEOJSON),
        ({"type": 4}, BadOutline.NOT_GEOJSON),
        ({"type": "FeatureCollection"}, BadOutline.NO_POLYGON),
        ({"type": "FeatureCollection", "features": []}, BadOutline.NO_POLYGON),
        ({"type": "FeatureCollection", "features": [POLYGON]}, BadOutline.NOT_GEOJSON),
        (feature(None), BadOutline.NO_POLYGON),
        ({"type": "Point", "coordinates": [75.8, 22.7]}, BadOutline.NO_POLYGON),
        ({"type": "Polygon"}, BadOutline.NOT_GEOJSON),
        ({"type": "Polygon", "coordinates": []}, BadOutline.BROKEN_RING),
        ({"type": "MultiPolygon", "coordinates": []}, BadOutline.NO_POLYGON),
        ({"type": "MultiPolygon", "coordinates": [RING]}, BadOutline.BROKEN_RING),
        ({"type": "Polygon", "coordinates": [RING[:-1]]}, BadOutline.BROKEN_RING),
        ({"type": "Polygon", "coordinates": [[RING[0], RING[1], RING[0]]]}, BadOutline.BROKEN_RING),
        ({"type": "Polygon", "coordinates": [[["75.7", "22.6"]] * 4]}, BadOutline.BROKEN_RING),
        ({"type": "Polygon", "coordinates": [[None] * 4]}, BadOutline.BROKEN_RING),
        ({"type": "Polygon", "coordinates": [EMPTY_RING]}, BadOutline.CROSSES_ITSELF),
        ({"type": "Polygon", "coordinates": [BOW_TIE]}, BadOutline.CROSSES_ITSELF),
        ({"type": "Polygon", "coordinates": [[[584_000, 2_512_000]] * 4]}, BadOutline.NOT_DEGREES),
        ({"type": "Polygon", "coordinates": [[[float("nan"), 22.6]] * 4]}, BadOutline.NOT_DEGREES),
        ({"type": "Polygon", "coordinates": [[[10**400, 22.6]] * 4]}, BadOutline.NOT_DEGREES),
        ({**POLYGON, "crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::32643"}}}, BadOutline.NOT_DEGREES),
    ],
)
def test_a_document_that_is_no_outline_is_refused_with_its_reason(document: object, reason: BadOutline) -> None:
    with pytest.raises(ValueError, match=reason) as refusal:
        read_outline(document)

    assert refusal.value.args == (reason,)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.sampled_from(["type", "features", "geometry", "coordinates", "crs"]), inner, max_size=4)
    ),
)
geometries = st.fixed_dictionaries({"type": st.sampled_from(["Polygon", "MultiPolygon"]), "coordinates": json_values})


@given(json_values | geometries)
def test_no_document_breaks_the_reading(document: object) -> None:
    reason = None
    try:
        outline = read_outline(document)
    except ValueError as refusal:
        (reason,) = refusal.args

    assert reason in BadOutline if reason else outline.area > 0
