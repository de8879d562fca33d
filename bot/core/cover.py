"""H3 cells that cover a circle: what the keyed tokens of the register are made from, and looked up by."""

import math
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count
from typing import NamedTuple

from h3.api import basic_int as h3

from bot.core.geo import WGS84, Point
from bot.core.near import RIM_M, Circle

RESOLUTION = (
    10  # about 0.015 km2 a cell (decision 0005); registrations are stored under it: changing it needs a migration
)

# No cell of resolution 10 reaches further from its centre, in geodesic metres: climbing from 400 random starts
# all over the globe found 83.95 at most, in the middle of H3's faces. That a cover is whole rests on this.
_REACH_M = 87.0
# Edges are straight on H3's sphere, not on WGS-84, and corners are rounded: micrometres. A metre is safe.
_SLACK_M = 1.0
# Rules of thumb that only save time. Every cell's middle is this wide, its farthest corner this far away:
_WIDE_M, _CORNER_M = 47.0, 62.0
# and so far does one ring of cells carry at most.
_STEP_M = 148.0

Places = Iterable[tuple[float, float]]  # latitude, longitude


class Cover(NamedTuple):
    """Cells that lie wholly within the circle, and the others that may touch it."""

    inside: tuple[int, ...]
    rim: tuple[int, ...]


def cell_of(point: Point) -> int:
    """The cell that holds the point, as H3's 64-bit integer."""
    return int(h3.latlng_to_cell(point.lat, point.lon, RESOLUTION))


def cover(circle: Circle) -> Cover:
    """Every point of the circle, its rim included, lies in one of the cells."""
    within, touch = circle.radius_m - _SLACK_M, circle.radius_m + RIM_M + _SLACK_M
    home = cell_of(circle.centre)
    inside: list[int] = []
    rim: list[int] = []
    for cell, far in _near_cells(home, circle.centre, touch + _REACH_M):
        deep = far <= within - _REACH_M
        if deep or (far <= within - _CORNER_M and _farthest(circle.centre, cell) <= within):
            inside.append(cell)
        elif cell == home or far <= touch + _WIDE_M or _nearest(circle.centre, cell) <= touch:
            rim.append(cell)
    return Cover(tuple(inside), tuple(rim))


def spans(centre: Point, cells: Sequence[int]) -> list[tuple[float, float]]:
    """For each cell: no point of it is nearer, and none is farther, than so many metres."""
    if not cells:
        return []
    margin = _REACH_M + _SLACK_M
    return [(max(0.0, far - margin), far + margin) for far in _polar(centre, map(h3.cell_to_latlng, cells))[1]]


def _near_cells(home: int, centre: Point, reach: float) -> Iterator[tuple[int, float]]:
    """Cells whose centre is within reach, with its distance: a first disk, and then ring by ring.

    The first ring without such a cell ends it. A ring is closed: what begins inside it and touches none of its
    cells stays inside it, at H3's pentagons and at the poles as anywhere.
    """
    sure = int(reach / _STEP_M)
    disks = chain([h3.grid_disk(home, sure)], (h3.grid_ring(home, ring) for ring in count(sure + 1)))
    for cells in disks:
        distances = _polar(centre, map(h3.cell_to_latlng, cells))[1]
        near = [(cell, far) for cell, far in zip(cells, distances, strict=True) if far <= reach]
        if not near:
            return
        yield from near


def _farthest(centre: Point, cell: int) -> float:
    return max(_polar(centre, h3.cell_to_boundary(cell))[1])


def _nearest(centre: Point, cell: int) -> float:
    """How far the cell's edges are from a centre outside it.

    Measured on the plane that keeps distances and directions from the centre; an edge of some 75 m, some
    kilometres away, is straight there to a micrometre.
    """
    azimuths, distances = _polar(centre, h3.cell_to_boundary(cell))
    ways = map(math.radians, azimuths)
    corners = [(far * math.sin(way), far * math.cos(way)) for way, far in zip(ways, distances, strict=True)]
    return min(map(_from_origin, corners, [*corners[1:], corners[0]]))


def _polar(centre: Point, places: Places) -> tuple["array[float]", "array[float]"]:
    """Azimuths in degrees and distances in metres of the places from the centre."""
    lats, lons = (array("d", side) for side in zip(*places, strict=True))
    many = len(lats)
    from_lons, from_lats = array("d", [centre.lon]) * many, array("d", [centre.lat]) * many
    azimuths, _, distances = WGS84.inv(from_lons, from_lats, lons, lats)
    return azimuths, distances


def _from_origin(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The distance of the origin from the straight line between a and b."""
    east, north = b[0] - a[0], b[1] - a[1]
    length = east * east + north * north
    share = min(1.0, max(0.0, -(a[0] * east + a[1] * north) / length)) if length else 0.0
    return math.hypot(a[0] + share * east, a[1] + share * north)
