"""What a search can ask for: a circle, the surroundings of a way, an area; its cells, and what of it lies within."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence

from h3.api import basic_int as h3

from bot.core.casework.near import RIM_M, Circle, Column, Rows
from bot.core.cover import RESOLUTION, cover
from bot.core.geo import WGS84, Point, metres
from bot.core.later import np, shapely
from bot.core.picture import Outline, Scope, Way

WIDTHS_M = (50, 100, 200)
ONE_PLACE_M = 1000.0  # a longer way, a wider area is about more than one place
_STEP_M = 200.0  # from one circle along a way to the next
_BORDER_STEP = 0.0002  # degrees, at most 23 m: less than a cell is wide


def centre_of(scope: Scope) -> Point:
    """A point in the middle of it: of a way, half-way along."""
    match scope:
        case Circle(centre):
            return centre
        case Way(points):
            return points[len(points) // 2]
        case Outline():
            inner = shapely.point_on_surface(area_of(scope))
            return Point(float(inner.y), float(inner.x))


@functools.lru_cache(maxsize=8)
def area_of(outline: Outline) -> shapely.Geometry:
    """The area as shapely knows it (longitude, latitude): a ring that lies in another is a hole in it."""
    rings = [shapely.Polygon([(point.lon, point.lat) for point in ring]) for ring in outline.rings]
    return functools.reduce(lambda area, ring: area.symmetric_difference(ring), rings)


def outline_of(area: shapely.Geometry) -> Outline:
    """The rings of an area."""
    polygons = [part for part in shapely.get_parts(area) if isinstance(part, shapely.Polygon)]
    rings = [ring for polygon in polygons for ring in (polygon.exterior, *polygon.interiors)]
    return Outline(tuple(tuple(Point(lat, lon) for lon, lat in ring.coords) for ring in rings))


def length_m(way: Way) -> float:
    """How long a way is, in geodesic metres."""
    return sum(map(metres, way.points, way.points[1:]))


def square_km(outline: Outline) -> float:
    """How large an area is on the ellipsoid."""
    area = area_of(outline)
    return sum(abs(WGS84.geometry_area_perimeter(part)[0]) for part in shapely.get_parts(area)) / 1e6


def aim_of(scope: Scope) -> Point | None:
    """The one place that a search is about: the middle of a circle, or of a way or an area that is no larger."""
    match scope:
        case Way():
            small = length_m(scope) <= ONE_PLACE_M
        case Outline():
            small = square_km(scope) <= (ONE_PLACE_M / 1000) ** 2
        case Circle():
            small = True
    return centre_of(scope) if small else None


def cells_of(scope: Scope) -> list[int]:
    """Every point of the scope, its rim included, lies in one of these cells."""
    match scope:
        case Circle():
            return [*cover(scope).inside, *cover(scope).rim]
        case Way():
            return _cells_along(scope)
        case Outline():
            return _cells_in(area_of(scope))


def _cells_along(way: Way) -> list[int]:
    """Circles along the way, each reaching as far as the way is searched beyond the next one's beginning."""
    cells: set[int] = set()
    for start, end in zip(way.points, way.points[1:], strict=False):
        azimuth, _, far = WGS84.inv(start.lon, start.lat, end.lon, end.lat)
        steps = max(1, math.ceil(far / _STEP_M))
        for n in range(steps):
            lon, lat, _ = WGS84.fwd(start.lon, start.lat, azimuth, far * (n + 0.5) / steps)
            around = cover(Circle(Point(lat, lon), way.within_m + far / steps / 2 + 1.0))
            cells.update(around.inside, around.rim)
    return sorted(cells)


def _cells_in(area: shapely.Geometry) -> list[int]:
    """Cells whose middle lies in the area, and those around every point of its border.

    A point of the area lies in a cell whose middle is in the area, or between the two runs the border, within that
    cell: and then a step of the border, shorter than a cell is wide, begins in it or in one of its neighbours.
    """
    cells: set[int] = set()
    for polygon in shapely.get_parts(area):
        outer, *holes = ([(lat, lon) for lon, lat in ring.coords] for ring in (polygon.exterior, *polygon.interiors))
        cells.update(h3.h3shape_to_cells(h3.LatLngPoly(outer, *holes), RESOLUTION))
    border = shapely.get_coordinates(shapely.segmentize(shapely.boundary(area), _BORDER_STEP))
    on_border = {int(h3.latlng_to_cell(lat, lon, RESOLUTION)) for lon, lat in border}
    for cell in on_border:
        cells.update(h3.grid_disk(cell, 1))
    return sorted(cells)


def beside(way: Way, lats: Column, lons: Column) -> tuple[Column, Column]:
    """For each place: metres from the way, and how far along the way one is when one is nearest to it.

    The foot on each leg is found by stepping along its geodesic by what of the way to the place points along it; each
    step leaves an error of the second order, and five leave none that a millimetre could show within a city.
    """
    nearest, along, before = np.full_like(lats, np.inf), np.zeros_like(lats), 0.0
    for start, end in zip(way.points, way.points[1:], strict=False):
        azimuth, _, far = WGS84.inv(start.lon, start.lat, end.lon, end.lat)
        foot = np.zeros_like(lats)
        for _ in range(5):
            foot, _ = _stepped(start, azimuth, far, foot, lats, lons)
        _, distance = _stepped(start, azimuth, far, foot, lats, lons)
        nearer = distance < nearest - RIM_M  # of two equally near, the first
        along = np.where(nearer, before + foot, along)
        nearest = np.minimum(nearest, distance)
        before += far
    return nearest, along


def _stepped(
    start: Point, azimuth: float, far: float, foot: Column, lats: Column, lons: Column
) -> tuple[Column, Column]:
    """A better foot on the leg from `start`, and the distance from the one given."""
    same = np.ones_like(foot)
    foot_lons, foot_lats, back = WGS84.fwd(same * start.lon, same * start.lat, same * azimuth, foot)
    ways, _, distance = WGS84.inv(foot_lons, foot_lats, lons, lats)
    ahead = np.asarray(distance) * np.cos(np.radians(np.asarray(ways) - (np.asarray(back) + 180.0)))
    return np.clip(foot + ahead, 0.0, far), np.asarray(distance)


def within(outline: Outline, lats: Column, lons: Column) -> Rows:
    """Which of the places (by their rank) lie in the area; its border belongs to it."""
    return np.flatnonzero(shapely.intersects_xy(area_of(outline), lons, lats))


def holds(scope: Scope, point: Point) -> bool:
    """Whether a place lies in the scope."""
    lats, lons = np.array([point.lat]), np.array([point.lon])
    match scope:
        case Circle(centre, radius):
            return metres(centre, point) <= radius + RIM_M
        case Way():
            return bool(beside(scope, lats, lons)[0][0] <= scope.within_m + RIM_M)
        case Outline():
            return bool(len(within(scope, lats, lons)))


def same_place(points: Sequence[Point], point: Point) -> bool:
    """Whether a point is where the way stands already."""
    return bool(points) and metres(points[-1], point) < 1.0
