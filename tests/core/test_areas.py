"""Polygon files as officers send them, and as those do who mean harm."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.casework.areas import LARGEST_BYTES, BadArea, read_area
from bot.core.picture import Outline
from tests import profiles as profiles
from tests.chat import INDORE

SQUARE = [[75.85, 22.71], [75.86, 22.71], [75.86, 22.72], [75.85, 22.72], [75.85, 22.71]]
HOLE = [[75.853, 22.713], [75.857, 22.713], [75.857, 22.717], [75.853, 22.717], [75.853, 22.713]]
BOW_TIE = [[75.85, 22.71], [75.86, 22.72], [75.86, 22.71], [75.85, 22.72], [75.85, 22.71]]
KML = '<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark>{}</Placemark></kml>'


def geojson(*rings: object) -> bytes:
    return json.dumps({"type": "Polygon", "coordinates": rings}).encode()


def kml(outer: list[list[float]], *inner: list[list[float]]) -> bytes:
    def ring(tag: str, corners: list[list[float]]) -> str:
        written = " ".join(f"{lon},{lat},0" for lon, lat in corners)
        return f"<{tag}><LinearRing><coordinates>\n{written}\n</coordinates></LinearRing></{tag}>"

    holes = "".join(ring("innerBoundaryIs", corners) for corners in inner)
    return KML.format(f"<Polygon>{ring('outerBoundaryIs', outer)}{holes}</Polygon>").encode()


def moved(ring: list[list[float]], east: float, factor: float = 1.0) -> list[list[float]]:
    return [[(lon - 75.85) * factor + 75.85 + east, (lat - 22.71) * factor + 22.71] for lon, lat in ring]


@pytest.mark.parametrize("content", [geojson(SQUARE, HOLE), kml(SQUARE, HOLE), b"\xef\xbb\xbf" + geojson(SQUARE, HOLE)])
def test_a_polygon_with_a_hole_is_read_from_either_kind_of_file(content: bytes) -> None:
    read = read_area(content, INDORE)

    assert isinstance(read, Outline)
    assert sorted(len(ring) for ring in read.rings) == [5, 5]


def test_a_collection_of_features_is_one_area() -> None:
    features = [
        {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for ring in (SQUARE, moved(SQUARE, 0.05))
    ]

    read = read_area(json.dumps({"type": "FeatureCollection", "features": features}).encode(), INDORE)

    assert isinstance(read, Outline)
    assert len(read.rings) == 2


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    b"<kml><Polygon><outerBoundaryIs><coordinates>&b;</coordinates></outerBoundaryIs></Polygon></kml>"
)
OUTWARD = b'<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]><kml>&x;</kml>'
POINT = KML.format("<Point><coordinates>75.85,22.71</coordinates></Point>").encode()
LETTERS = KML.format(
    "<Polygon><outerBoundaryIs><coordinates>a,b c,d e,f g,h</coordinates></outerBoundaryIs></Polygon>"
).encode()
NANS = b'{"type": "Polygon", "coordinates": [[[NaN, 1], [1, 1], [1, NaN], [NaN, 1]]]}'
FINE = [[75.85 + n * 1e-6, 22.71] for n in range(5_000)]
WRONG = {
    "a bow-tie": (geojson(BOW_TIE), BadArea.CROSSES_ITSELF),
    "a bow-tie in KML": (kml(BOW_TIE), BadArea.CROSSES_ITSELF),
    "elsewhere": (geojson(moved(SQUARE, 3)), BadArea.OUTSIDE),
    "half a state": (geojson(moved(SQUARE, 0, 30)), BadArea.LARGE),
    "a line": (b'{"type": "LineString", "coordinates": [[75.85, 22.71], [75.86, 22.71]]}', BadArea.NOT_A_POLYGON),
    "a point in KML": (POINT, BadArea.NOT_A_POLYGON),
    "metres": (geojson([[x * 1e4, y * 1e4] for x, y in SQUARE]), BadArea.NOT_A_POLYGON),
    "two corners": (kml(SQUARE[:2]), BadArea.NOT_READ),
    "words": (b"hello", BadArea.NOT_READ),
    "nothing": (b"", BadArea.NOT_READ),
    "a picture": (b"\xff\xd8\xff\xe0 JFIF", BadArea.NOT_READ),
    "broken XML": (b"<kml><Polygon>", BadArea.NOT_READ),
    "letters for numbers": (LETTERS, BadArea.NOT_READ),
    "an entity bomb": (BOMB, BadArea.NOT_READ),
    "a file of ours": (OUTWARD, BadArea.NOT_READ),
    "deep brackets": (b"[" * 100_000, BadArea.NOT_READ),
    "not a number": (NANS, BadArea.NOT_A_POLYGON),
    "too large": (b" " * (LARGEST_BYTES + 1), BadArea.LARGE_FILE),
    "too detailed": (geojson([*FINE, [75.86, 22.72], [75.85, 22.71]]), BadArea.DETAILED),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_area_to_search_says_why(name: str) -> None:
    content, why = WRONG[name]

    assert read_area(content, INDORE) is why


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_whatever_a_file_holds_is_an_area_or_a_reason(content: bytes) -> None:
    assert isinstance(read_area(content, INDORE), Outline | BadArea)
