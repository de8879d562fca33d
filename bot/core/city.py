"""The city: which places belong to it, and how far outside the others are."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.core.geo import WGS84, Point, metres
from bot.core.later import shapely

_SHORT_EDGE = 0.005  # degrees: straight on the map and shortest on Earth then differ by millimetres
DEGREES = ("CRS84", "EPSG::4326", "EPSG:4326")  # what an old "crs" member may say


@dataclass(frozen=True, slots=True)
class City:
    """A circle around `centre`, or, where there is one, the outline (longitude, latitude in degrees)."""

    name_en: str
    name_hi: str
    centre: Point
    radius_m: float
    outline: shapely.Geometry | None = None

    def holds(self, point: Point) -> bool:
        """Whether the point lies in the city; its border belongs to it."""
        if self.outline is None:
            return metres(self.centre, point) <= self.radius_m
        return bool(shapely.intersects_xy(self.outline, point.lon, point.lat))

    def metres_outside(self, point: Point) -> float:
        """Geodesic metres to the nearest point of the city; 0 inside."""
        if self.holds(point):
            return 0.0
        if self.outline is None:
            return metres(self.centre, point) - self.radius_m
        return float(shapely.distance(_seen_from(point, self.outline), shapely.Point(0.0, 0.0)))


def _seen_from(point: Point, outline: shapely.Geometry) -> shapely.Geometry:
    """The outline in metres east and north of the point, at its true distances (azimuthal equidistant)."""

    def plane(lons: Any, lats: Any) -> tuple[Any, Any]:
        there = WGS84.inv([point.lon] * len(lons), [point.lat] * len(lons), lons.tolist(), lats.tolist())
        polar = list(zip(there[0], there[2], strict=True))
        return (
            [far * math.sin(math.radians(azimuth)) for azimuth, far in polar],
            [far * math.cos(math.radians(azimuth)) for azimuth, far in polar],
        )

    return shapely.transform(shapely.segmentize(outline, _SHORT_EDGE), plane, interleaved=False)


def touches(city: City, area: shapely.Geometry) -> bool:
    """Whether an area (longitude, latitude in degrees) has anything in common with the city."""
    if city.outline is not None:
        return bool(shapely.intersects(city.outline, area))
    return float(shapely.distance(_seen_from(city.centre, area), shapely.Point(0.0, 0.0))) <= city.radius_m


class BadOutline(StrEnum):
    """Why a GeoJSON document is no outline: the first argument of the ValueError."""

    NOT_GEOJSON = "not_geojson"
    NO_POLYGON = "no_polygon"
    NOT_DEGREES = "not_degrees"
    BROKEN_RING = "broken_ring"
    CROSSES_ITSELF = "crosses_itself"


def read_outline(geojson: object) -> shapely.Geometry:
    """The area of a Polygon, MultiPolygon, Feature or FeatureCollection (RFC 7946, decoded JSON).

    Raises ValueError(BadOutline.…) for anything else. Positions are longitude, latitude on WGS-84.
    """
    parts = [_read_polygon(geometry) for geometry in _geometries(geojson)]
    if not parts:
        raise ValueError(BadOutline.NO_POLYGON)
    return shapely.union_all(parts)


def _geometries(geojson: object) -> list[dict[str, object]]:
    match geojson:
        case {"crs": {"properties": {"name": str(name)}}} if not name.endswith(DEGREES):
            raise ValueError(BadOutline.NOT_DEGREES)
        case {"type": "FeatureCollection", "features": [*features]}:
            return [one for feature in features for one in _geometries_of_feature(feature)]
        case {"type": "Feature"}:
            return _geometries_of_feature(geojson)
        case {"type": str()}:
            return _geometries_of_feature({"type": "Feature", "geometry": geojson})
    raise ValueError(BadOutline.NOT_GEOJSON)


def _geometries_of_feature(feature: object) -> list[dict[str, object]]:
    match feature:
        case {"type": "Feature", "geometry": {"type": "Polygon" | "MultiPolygon"} as geometry}:
            return [geometry]
        case {"type": "Feature"}:
            raise ValueError(BadOutline.NO_POLYGON)
    raise ValueError(BadOutline.NOT_GEOJSON)


def _read_polygon(geometry: dict[str, object]) -> shapely.Polygon | shapely.MultiPolygon:
    match geometry:
        case {"type": "Polygon", "coordinates": [*rings]}:
            polygons: list[object] = [rings]
        case {"type": "MultiPolygon", "coordinates": [*polygons]}:
            pass
        case _:
            raise ValueError(BadOutline.NOT_GEOJSON)
    area = shapely.geometry.shape({"type": "MultiPolygon", "coordinates": [_read_rings(rings) for rings in polygons]})
    if area.is_empty:
        raise ValueError(BadOutline.NO_POLYGON)
    if not area.is_valid or not area.area > 0:
        raise ValueError(BadOutline.CROSSES_ITSELF)
    return area


def _read_rings(rings: object) -> list[list[tuple[float, float]]]:
    if not isinstance(rings, list) or not rings:
        raise ValueError(BadOutline.BROKEN_RING)
    return [_read_ring(ring) for ring in rings]


def _read_ring(ring: object) -> list[tuple[float, float]]:
    if not isinstance(ring, list):
        raise ValueError(BadOutline.BROKEN_RING)
    positions = [_read_position(position) for position in ring]
    if len(positions) < 4 or positions[0] != positions[-1]:
        raise ValueError(BadOutline.BROKEN_RING)
    return positions


def _read_position(position: object) -> tuple[float, float]:
    match position:
        case [int() | float() as lon, int() | float() as lat, *_]:
            if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # NaN fails as well
                raise ValueError(BadOutline.NOT_DEGREES)
            return float(lon), float(lat)
    raise ValueError(BadOutline.BROKEN_RING)
