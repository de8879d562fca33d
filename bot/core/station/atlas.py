"""The stations' outlines together: which of them a place belongs to.

The one whose outline holds it. On the border of several, and outside of all, the nearest: in metres on a plane
(azimuthal equidistant, WGS-84) that touches Earth in the middle of the outlines, where a city's distances are true to
a few millionths. Of equally near ones it is the first by name, so that the same place always has the same station.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.core.geo import Point
from bot.core.later import pyproj, shapely

_SHORT_EDGE = 0.005  # degrees: straight on the map and straight on the plane then differ by millimetres


class Atlas:
    """Outlines (degrees) by station id; built once, asked for many places at a time."""

    def __init__(self, stations: Sequence[tuple[int, str, shapely.Geometry]]) -> None:
        by_name = sorted(stations, key=lambda one: (one[1], one[0]))
        self._ids = [station for station, _, _ in by_name]
        areas = [area for _, _, area in by_name]
        west, south, east, north = shapely.total_bounds(areas) if areas else (0, 0, 0, 0)
        self._plane = pyproj.Proj(proj="aeqd", ellps="WGS84", lon_0=(west + east) / 2, lat_0=(south + north) / 2)
        self._holding = shapely.STRtree(areas)
        self._nearest = shapely.STRtree(self._flat([shapely.segmentize(area, _SHORT_EDGE) for area in areas]))

    def of(self, points: Sequence[Point]) -> list[int | None]:
        """The station id of each place; None only where there are no stations."""
        if not self._ids:
            return [None] * len(points)
        places = shapely.points([point.lon for point in points], [point.lat for point in points])
        found = _first(*self._holding.query(places, predicate="intersects"))
        outside = [n for n in range(len(points)) if n not in found]
        if outside:
            flat = self._flat(places[outside])
            nearest = _first(*self._nearest.query_nearest(flat, all_matches=True))
            found |= {outside[n]: which for n, which in nearest.items()}
        return [self._ids[found[n]] for n in range(len(points))]

    def _flat(self, shapes: Any) -> Any:
        return shapely.transform(shapes, lambda lons, lats: self._plane(lons, lats), interleaved=False)


def _first(places: Any, stations: Any) -> dict[int, int]:
    """Of several stations of a place the first by name: several hold it only on their border, all equally near."""
    found: dict[int, int] = {}
    for place, station in zip(places.tolist(), stations.tolist(), strict=True):
        found[place] = min(station, found.get(place, station))
    return found
