"""Where a station has cameras and where it has none: numbers by H3 cell, never a place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from h3.api import basic_int as h3

from bot.core.geo import Point
from bot.core.later import shapely

RESOLUTION = 8  # 0.74 km² a cell: a quarter, not a house
FEW = 5  # fewer places than these are not told apart
_SMOOTH = 0.0003  # degrees: what a picture of a station can show of its outline
_MOST = 20_000  # cells: more than any district has


class Cover(StrEnum):
    """What a cell has."""

    SOME = "some"
    FEW = "few"  # fewer than five places
    NONE = "none"
    MATTERS = "matters"  # none, and a neighbouring cell has some


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its corners, and how many cameras it has; 0 where that is not to be told."""

    ring: tuple[Point, ...]
    cover: Cover
    cameras: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    cells: tuple[Cell, ...]
    outline: tuple[tuple[Point, ...], ...]

    def many(self, *covers: Cover) -> int:
        return sum(cell.cover in covers for cell in self.cells)


def coverage(outline: shapely.Geometry, places: Iterable[tuple[Point, int]]) -> Coverage:
    """The cells with their middle in the outline, and those that hold one of the places (with its cameras)."""
    many, cameras = Counter[int](), Counter[int]()
    for point, some in places:
        cell = h3.latlng_to_cell(point.lat, point.lon, RESOLUTION)
        many[cell] += 1
        cameras[cell] += some
    inside = set(_inside(outline))
    cells = tuple(_cell(cell, many, cameras) for cell in sorted(inside | set(many)))
    parts = shapely.get_parts(outline.simplify(_SMOOTH))
    rings = (tuple(Point(lat, lon) for lon, lat in part.exterior.coords) for part in parts if part.area > 0)
    return Coverage(cells, tuple(rings))


def _inside(outline: shapely.Geometry) -> list[int]:
    """The cells of the outline, by their middles; none where it is too large to be one station's."""
    if outline.area / 0.000065 > _MOST:  # a cell is about so many square degrees near the tropic, fewer farther off
        return []
    return [int(cell) for cell in h3.geo_to_cells(outline, RESOLUTION)]


def _cell(cell: int, many: Counter[int], cameras: Counter[int]) -> Cell:
    ring = tuple(Point(lat, lon) for lat, lon in h3.cell_to_boundary(cell))
    if many[cell] >= FEW:
        return Cell(ring, Cover.SOME, cameras[cell])
    if many[cell]:
        return Cell(ring, Cover.FEW)
    beside = any(many[other] for other in h3.grid_disk(cell, 1))
    return Cell(ring, Cover.MATTERS if beside else Cover.NONE)
