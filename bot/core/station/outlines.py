"""Station outlines from GeoJSON: any polygons with a name; rings that are open or cross are mended, or named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.core.city import DEGREES
from bot.core.later import shapely
from bot.core.reading.digits import folded
from bot.core.registration import label
from bot.core.station.column_words import STATION_CONTACT, STATION_NAME

Position = tuple[float, float]
Ring = list[Position]


class Bad(StrEnum):
    """Why a document holds no outlines that could be used."""

    NOT_GEOJSON = "not_geojson"
    EMPTY = "empty"
    NO_POLYGON = "no_polygon"  # points or lines
    NOT_DEGREES = "not_degrees"
    NO_NAME = "no_name"  # where: the shape's place in the file
    BROKEN = "broken"  # where: the station whose shape cannot be mended


class BadOutlinesError(ValueError):
    """The document cannot be used; `where` names the shape."""

    def __init__(self, why: Bad, where: str = "") -> None:
        super().__init__(why.value)
        self.why, self.where = why, where


@dataclass(frozen=True, slots=True)
class Shape:
    """One feature with polygons: its place in the file (from 1), its properties, and the rings of each polygon."""

    n: int
    properties: Mapping[str, object]
    polygons: Sequence[object]


@dataclass(frozen=True, slots=True)
class Outline:
    """A station's area in degrees (longitude, latitude on WGS-84)."""

    name: str
    area: shapely.Geometry
    contact: str = ""
    mended: bool = False


def shapes(document: object) -> list[Shape]:
    """The polygons of a decoded GeoJSON document (RFC 7946); points and lines beside them are passed over.

    Raises BadOutlinesError.
    """
    match document:
        case {"crs": {"properties": {"name": str(name)}}} if not name.endswith(DEGREES):
            raise BadOutlinesError(Bad.NOT_DEGREES, name[:60])
        case {"type": "FeatureCollection", "features": [*features]}:
            pass
        case {"type": "Feature"}:
            features = [document]
        case {"type": "Polygon" | "MultiPolygon", "coordinates": _}:
            raise BadOutlinesError(Bad.NO_NAME, "1")
        case _:
            raise BadOutlinesError(Bad.NOT_GEOJSON)
    if not features:
        raise BadOutlinesError(Bad.EMPTY)
    found = [_shape(n, feature) for n, feature in enumerate(features, 1)]
    with_polygons = [one for one in found if one.polygons]
    if not with_polygons:
        raise BadOutlinesError(Bad.NO_POLYGON)
    return with_polygons


def _shape(n: int, feature: object) -> Shape:
    match feature:
        case {"type": "Feature", "properties": dict(properties), "geometry": geometry}:
            return Shape(n, {str(key): value for key, value in properties.items()}, _polygons(geometry))
        case {"type": "Feature", "geometry": geometry}:
            return Shape(n, {}, _polygons(geometry))
    raise BadOutlinesError(Bad.NOT_GEOJSON)


def _polygons(geometry: object) -> list[object]:
    match geometry:
        case {"type": "Polygon", "coordinates": [*rings]}:
            return [rings]
        case {"type": "MultiPolygon", "coordinates": [*polygons]}:
            return polygons
        case {"type": "GeometryCollection", "geometries": [*parts]}:
            flat = (part for part in parts if isinstance(part, dict) and part.get("type") != "GeometryCollection")
            return [polygon for part in flat for polygon in _polygons(part)]
    return []


def name_key(found: Sequence[Shape]) -> str:
    """The property that names the stations: the best known one that every shape has. Raises BadOutlinesError."""
    keys = {folded(key): key for one in reversed(found) for key in one.properties}
    candidates = [keys[known] for known in map(folded, STATION_NAME) if known in keys]
    unnamed = {key: [one.n for one in found if not _said(one, key)] for key in candidates}
    if not unnamed:
        raise BadOutlinesError(Bad.NO_NAME, str(found[0].n))
    best = min(unnamed, key=lambda key: len(unnamed[key]))
    if unnamed[best]:
        raise BadOutlinesError(Bad.NO_NAME, str(unnamed[best][0]))
    return best


def _said(one: Shape, key: str) -> str:
    value = one.properties.get(key)
    return label(value) if isinstance(value, str) else ""


def outline(one: Shape, key: str) -> Outline:
    """The area and name of one shape, mended where it needs it. Raises BadOutlinesError."""
    name = _said(one, key)
    contacts = (value for wanted, value in one.properties.items() if folded(wanted) in STATION_CONTACT)
    contact = next((label(str(value)) for value in contacts if isinstance(value, str | int)), "")
    area, mended = _area(one.polygons, name)
    return Outline(name, area, contact, mended)


def united(outlines: Iterable[Outline]) -> list[Outline]:
    """One outline for each name: the parts of a station that the file holds as several shapes belong together."""
    by_name: dict[str, Outline] = {}
    for one in outlines:
        key = folded(one.name)
        if before := by_name.get(key):
            area = shapely.union_all([before.area, one.area])
            one = replace(before, area=area, mended=before.mended or one.mended)
        by_name[key] = one
    return list(by_name.values())


def _area(polygons: Sequence[object], name: str) -> tuple[shapely.Geometry, bool]:
    mended, whole = False, []
    for rings in polygons:
        read = [_ring(ring, name) for ring in rings] if isinstance(rings, list) else []
        closed = [ring for ring, _ in read if len(ring) > 3]
        mended = mended or len(closed) < len(read) or any(was_open for _, was_open in read)
        if read and len(read[0][0]) > 3:  # without its outer ring a polygon is nothing
            whole.append(closed)
    area = shapely.geometry.shape({"type": "MultiPolygon", "coordinates": whole})
    if not area.is_valid:
        area, mended = shapely.make_valid(area, method="structure", keep_collapsed=False), True
    if area.geom_type not in ("Polygon", "MultiPolygon") or not area.area > 0:
        raise BadOutlinesError(Bad.BROKEN, name)
    return area, mended


def _ring(ring: object, name: str) -> tuple[Ring, bool]:
    """Its positions, the first one again at the end, and whether it had to be closed."""
    if not isinstance(ring, list):
        raise BadOutlinesError(Bad.BROKEN, name)
    positions = [_position(position, name) for position in ring]
    was_open = len(positions) > 1 and positions[0] != positions[-1]
    return ([*positions, positions[0]] if was_open else positions), was_open


def _position(position: object, name: str) -> Position:
    match position:
        case [int() | float() as lon, int() | float() as lat, *_]:
            if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # NaN fails as well
                raise BadOutlinesError(Bad.NOT_DEGREES, name)
            return float(lon), float(lat)
    raise BadOutlinesError(Bad.BROKEN, name)
