"""Station outlines as people export them: whatever the name's property is called, mended where a ring is bad."""

from typing import Any

import pytest
import shapely

from bot.core.station.outlines import Bad, BadOutlinesError, Outline, name_key, outline, shapes, united

SQUARE = [[75.8, 22.7], [75.9, 22.7], [75.9, 22.8], [75.8, 22.8], [75.8, 22.7]]
BOW_TIE = [[75.8, 22.7], [75.9, 22.8], [75.9, 22.7], [75.8, 22.8], [75.8, 22.7]]
EAST = [[75.9, 22.7], [76.0, 22.7], [76.0, 22.8], [75.9, 22.8], [75.9, 22.7]]


def feature(*rings: object, kind: str = "Polygon", **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": list(rings)}}


def collection(*features: object, **more: object) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **more}


def read(*features: object) -> list[Outline]:
    found = shapes(collection(*features))
    key = name_key(found)
    return united(outline(one, key) for one in found)


def refused(document: object) -> BadOutlinesError:
    with pytest.raises(BadOutlinesError) as caught:
        united(outline(one, name_key(shapes(document))) for one in shapes(document))
    return caught.value


@pytest.mark.parametrize("key", ["name", "NAME", "Ps_Name", "police_station", "POLICE STATION", "थाना", "Station"])
def test_the_name_is_found_whatever_its_property_is_called(key: str) -> None:
    [palasia] = read(feature(SQUARE) | {"properties": {"id": 7, key: "Palasia", "district": "Indore"}})

    assert (palasia.name, palasia.mended) == ("Palasia", False)
    assert palasia.area.equals(shapely.Polygon(SQUARE))


def test_of_several_names_the_one_that_every_shape_has_is_taken() -> None:
    first = feature(SQUARE, ps_name="", name="Palasia")
    second = feature(EAST, ps_name="PS Vijay Nagar", name="Vijay Nagar")

    assert [one.name for one in read(first, second)] == ["Palasia", "Vijay Nagar"]


def test_parts_of_one_station_in_several_shapes_belong_together() -> None:
    [palasia] = read(feature(SQUARE, name="Palasia"), feature(EAST, name=" PALASIA "))

    assert palasia.area.equals(shapely.union_all([shapely.Polygon(SQUARE), shapely.Polygon(EAST)]))


@pytest.mark.parametrize(
    ("ring", "area"),
    [
        (SQUARE[:-1], 0.01),  # open
        (BOW_TIE, 0.005),  # crosses itself
        ([*SQUARE[:2], [75.95, 22.7], *SQUARE[1:]], 0.01),  # a spike
    ],
)
def test_a_bad_ring_is_mended_and_said_to_be(ring: list[list[float]], area: float) -> None:
    [palasia] = read(feature(ring, name="Palasia"))

    assert palasia.mended
    assert palasia.area.is_valid
    assert palasia.area.area == pytest.approx(area)


def test_a_hole_of_two_points_is_left_out() -> None:
    [palasia] = read(feature(SQUARE, [[75.85, 22.75], [75.86, 22.75]], name="Palasia"))

    assert (palasia.mended, palasia.area.area) == (True, pytest.approx(0.01))


@pytest.mark.parametrize(
    "ring", [[[75.8, 22.7]] * 4, [[75.8, 22.7], [75.9, 22.8], [75.8, 22.7]], [], "ring", [["a", "b"]]]
)
def test_a_shape_that_cannot_be_mended_is_named(ring: object) -> None:
    bad = refused(collection(feature(SQUARE, name="Vijay Nagar"), feature(ring, name="Palasia")))

    assert (bad.why, bad.where) == (Bad.BROKEN, "Palasia")


def test_points_beside_the_polygons_are_passed_over() -> None:
    police_post = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [75.85, 22.75]}}

    assert [one.name for one in read(police_post, feature(SQUARE, name="Palasia"))] == ["Palasia"]


UTM = feature(
    [[593000.0, 2511000.0], [594000.0, 2511000.0], [594000.0, 2512000.0], [593000.0, 2511000.0]], name="Palasia"
)
POINT = {"type": "Feature", "properties": {"name": "A"}, "geometry": {"type": "Point", "coordinates": [75.85, 22.75]}}


@pytest.mark.parametrize(
    ("document", "why"),
    [
        (collection(), Bad.EMPTY),
        (collection(POINT, POINT), Bad.NO_POLYGON),
        ({"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": None}]}, Bad.NO_POLYGON),
        (collection(UTM), Bad.NOT_DEGREES),
        (collection(feature(SQUARE, name="A"), crs={"properties": {"name": "EPSG:32643"}}), Bad.NOT_DEGREES),
        (collection(feature([[float("nan"), 22.7], *SQUARE], name="A")), Bad.NOT_DEGREES),
        (collection(feature(SQUARE, id=7)), Bad.NO_NAME),
        (collection(feature(SQUARE, name="Palasia"), feature(EAST, name="  ")), Bad.NO_NAME),
        (feature(SQUARE)["geometry"], Bad.NO_NAME),
        ({"type": "Topology", "objects": {}}, Bad.NOT_GEOJSON),
        (collection("shape"), Bad.NOT_GEOJSON),
        ([SQUARE], Bad.NOT_GEOJSON),
        (None, Bad.NOT_GEOJSON),
    ],
)  # fmt: skip
def test_what_holds_no_outline_is_refused_with_its_reason(document: object, why: Bad) -> None:
    assert refused(document).why is why


def test_a_single_shape_and_an_old_crs_of_degrees_are_read() -> None:
    single = feature(SQUARE, name="Palasia", phone="0731 2522500") | {
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    }

    found = shapes(single)

    assert outline(found[0], name_key(found)).contact == "0731 2522500"
