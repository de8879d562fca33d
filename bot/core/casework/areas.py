"""`/area`: the outline of a station, or a polygon from a file (GeoJSON or KML), read without trusting it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import defusedxml.ElementTree as ElementTree
from defusedxml.common import DefusedXmlException

from bot import texts
from bot.core.casework.scopes import outline_of, square_km
from bot.core.casework.search import Search
from bot.core.city import BadOutline, City, read_outline, touches
from bot.core.later import shapely
from bot.core.messages import Ask, Button, Incoming, Phrase, Say, Tap, Upload, phrase, say
from bot.core.picture import Outline
from bot.core.turn import Turn, general_hint, hinted

LARGEST_BYTES = 5_000_000
MOST_CORNERS = 5_000
MOST_KM2 = 100
MOST_STATIONS = 30


class BadArea(StrEnum):
    """Why a file is no area to search."""

    LARGE_FILE = "large_file"
    NOT_READ = "not_read"
    NOT_A_POLYGON = "not_a_polygon"
    CROSSES_ITSELF = "crosses_itself"
    OUTSIDE = "outside"
    LARGE = "large"
    DETAILED = "detailed"


HINTS: dict[BadArea, str] = {
    BadArea.LARGE_FILE: texts.HINT_FILE_LARGE,
    BadArea.NOT_READ: texts.HINT_FILE,
    BadArea.NOT_A_POLYGON: texts.HINT_NO_POLYGON,
    BadArea.CROSSES_ITSELF: texts.HINT_CROSSES_ITSELF,
    BadArea.OUTSIDE: texts.HINT_AREA_OUTSIDE,
    BadArea.LARGE: texts.HINT_AREA_LARGE,
    BadArea.DETAILED: texts.HINT_AREA_DETAILED,
}


@dataclass(frozen=True, slots=True)
class NeedArea:
    pass


@dataclass(frozen=True, slots=True)
class OfStation:
    """The outline of this station is wanted."""

    station_id: int


Stage = NeedArea
Out = Turn[NeedArea, Search | OfStation]
Stations = tuple[tuple[int, str], ...]


def step(got: Incoming, city: City, stations: Stations) -> Out:
    """A file with a polygon, or a station's button."""
    match got:
        case Tap("no" | "back"):
            return Turn(None, (Say((phrase(texts.SEARCH_LEFT),), ask=Ask.CLEAR),))
        case Tap(data) if data in {str(station) for station, _ in stations}:
            return Turn(None, (), OfStation(int(data)))
        case Upload(content, large):
            read = _read(content, city, large)
            if isinstance(read, Outline):
                return Turn(None, (), Search(read))
            return Turn(NeedArea(), hinted(hint(read), question(stations)))
    return Turn(NeedArea(), hinted(general_hint(got) or phrase(texts.HINT_AREA), question(stations)))


def _read(content: bytes | None, city: City, large: bool) -> Outline | BadArea:
    if content is None:
        return BadArea.LARGE_FILE if large else BadArea.NOT_READ
    return read_area(content, city)


def hint(bad: BadArea) -> Phrase:
    return phrase(HINTS[bad], most=MOST_KM2) if bad is BadArea.LARGE else phrase(HINTS[bad])


def question(stations: Stations) -> tuple[Say, ...]:
    buttons = [Button(phrase(texts.STATION_BUTTON, station=name[:24]), str(row)) for row, name in stations]
    rows = tuple(tuple(buttons[n : n + 2]) for n in range(0, min(len(buttons), MOST_STATIONS), 2))
    return (say(texts.ASK_AREA, buttons=(*rows, (Button(phrase(texts.NO_SEARCH), "no"),))),)


def read_area(content: bytes, city: City) -> Outline | BadArea:
    """The area that a GeoJSON or KML file holds, where it can be searched."""
    if len(content) > LARGEST_BYTES:
        return BadArea.LARGE_FILE
    area = _read_kml(content) if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") else _read_geojson(content)
    return area if isinstance(area, BadArea) else checked(area, city)


def checked(area: shapely.Geometry, city: City) -> Outline | BadArea:
    """The same area as rings, unless it is outside the city, too large or too detailed."""
    if shapely.get_num_coordinates(area) > MOST_CORNERS:
        return BadArea.DETAILED
    if not touches(city, area):
        return BadArea.OUTSIDE
    outline = outline_of(area)
    return outline if square_km(outline) <= MOST_KM2 else BadArea.LARGE


def _read_geojson(content: bytes) -> shapely.Geometry | BadArea:
    try:
        return read_outline(json.loads(content.decode("utf-8-sig")))
    except RecursionError:
        return BadArea.NOT_READ
    except ValueError as error:
        match error.args:
            case (BadOutline.CROSSES_ITSELF,):
                return BadArea.CROSSES_ITSELF
            case (BadOutline(),):
                return BadArea.NOT_A_POLYGON
        return BadArea.NOT_READ


def _read_kml(content: bytes) -> shapely.Geometry | BadArea:
    """Every Polygon of the file; entities, DTDs and anything from elsewhere are refused by the parser."""
    try:
        root = ElementTree.fromstring(content, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError):
        return BadArea.NOT_READ
    polygons = [one for one in root.iter() if _name(one.tag) == "Polygon"]
    try:
        areas = [_polygon(one) for one in polygons]
    except ValueError:
        return BadArea.NOT_READ
    if not areas:
        return BadArea.NOT_A_POLYGON
    if not all(area.is_valid and area.area > 0 for area in areas):
        return BadArea.CROSSES_ITSELF
    return shapely.union_all(areas)


def _polygon(element: Any) -> shapely.Polygon:
    rings: dict[str, list[list[tuple[float, float]]]] = {"outerBoundaryIs": [], "innerBoundaryIs": []}
    for border in element:
        for coordinates in (one for one in border.iter() if _name(one.tag) == "coordinates"):
            rings.setdefault(_name(border.tag), []).append(_ring(coordinates.text or ""))
    [outer] = rings["outerBoundaryIs"]
    return shapely.Polygon(outer, rings["innerBoundaryIs"])


def _ring(text: str) -> list[tuple[float, float]]:
    """`lon,lat[,height]` with blanks between them. Raises ValueError."""
    corners = []
    for written in text.split():
        lon, lat, *_ = map(float, written.split(","))
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            raise ValueError(written)
        corners.append((lon, lat))
    if len(corners) < 4:
        raise ValueError(text)
    return corners


def _name(tag: object) -> str:
    return str(tag).rpartition("}")[2]
