"""H3 cells that cover a circle: what the keyed tokens of the register are made from, and looked up by."""

from collections.abc import Iterator, Sequence
from itertools import chain, count
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from h3.api import basic_int as h3

from bot.core.casework.near import RIM_M, Circle
from bot.core.geo import WGS84, Point, chords

RESOLUTION = (
    10  # about 0.015 km2 a cell (decision 0005); registrations are stored under it: changing it needs a migration
)

# No cell of resolution 10 reaches further from its centre, in geodesic metres: climbing from 400 random starts
# all over the globe found 83.95 at most, in the middle of H3's faces. That a cover is whole rests on this.
_REACH_M = 87.0
# Edges are straight on H3's sphere, not on WGS-84, and corners are rounded: micrometres. Chords are shorter than
# the way along the ground: at 5 km by a tenth of a millimetre. A metre is safe.
_SLACK_M = 1.0
# Rules of thumb that only save time. Every cell reaches as far as this on every side of its middle,
_WIDE_M = 47.0
# and so far does one ring of cells carry at most.
_STEP_M = 148.0

Metres = npt.NDArray[np.float64]
_CORNERS = 10  # of a cell, at most: H3 adds some where a cell lies across the faces of its globe


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
    cells, far = _near_cells(home, circle.centre, touch + _REACH_M)
    inside = far <= within - _REACH_M
    perhaps = ~inside
    nearest, farthest = _ends(circle.centre, [cells[n] for n in np.flatnonzero(perhaps)])
    rim = np.zeros_like(inside)
    inside[perhaps] = farthest <= within
    rim[perhaps] = ~inside[perhaps] & ((nearest <= touch) | (far[perhaps] <= touch + _WIDE_M))
    rim |= ~inside & (np.asarray(cells) == home)
    return Cover(tuple(cells[n] for n in np.flatnonzero(inside)), tuple(cells[n] for n in np.flatnonzero(rim)))


def spans(centre: Point, cells: Sequence[int]) -> list[tuple[float, float]]:
    """For each cell: no point of it is nearer, and none is farther, than so many metres."""
    if not cells:
        return []
    margin, far = _REACH_M + _SLACK_M, _middles(centre, cells)
    return list(zip(np.maximum(far - margin, 0.0).tolist(), (far + margin).tolist(), strict=True))


def _near_cells(home: int, centre: Point, reach: float) -> tuple[list[int], Metres]:
    """Cells whose middle is within reach, with its distance: a first disk, and then ring by ring.

    The first ring without such a cell ends it. A ring is closed: what begins inside it and touches none of its
    cells stays inside it, at H3's pentagons and at the poles as anywhere.
    """
    found: list[int] = []
    metres: list[Metres] = []
    for cells in _disks(home, int(reach / _STEP_M)):
        far = _middles(centre, cells)
        near = far <= reach
        if not near.any():
            break
        found += [cells[n] for n in np.flatnonzero(near)]
        metres.append(far[near])
    return found, np.concatenate(metres)


def _disks(home: int, sure: int) -> Iterator[list[int]]:
    return chain([h3.grid_disk(home, sure)], (h3.grid_ring(home, ring) for ring in count(sure + 1)))


def _middles(centre: Point, cells: Sequence[int]) -> Metres:
    """How far the cells' middles are."""
    places = np.array([h3.cell_to_latlng(cell) for cell in cells])
    return chords(centre, places[:, 0], places[:, 1])


def _ends(centre: Point, cells: Sequence[int]) -> tuple[Metres, Metres]:
    """How near each cell's edges come to a centre outside it, and how far away its farthest corner is.

    Edges are measured on the plane that keeps distances and directions from the centre; one of some 75 m, some
    kilometres away, is straight there to a micrometre.
    """
    if not cells:
        return np.empty(0), np.empty(0)
    bounds = [h3.cell_to_boundary(cell) for cell in cells]
    corners = np.array([[*bound, *bound[-1:] * (_CORNERS - len(bound))] for bound in bounds])
    lats, lons = corners[..., 0].ravel(), corners[..., 1].ravel()
    ways, _, far = WGS84.inv(np.full_like(lons, centre.lon), np.full_like(lats, centre.lat), lons, lats)
    metres = np.asarray(far).reshape(len(cells), _CORNERS)
    angles = np.radians(ways).reshape(metres.shape)
    plane = metres * np.exp(1j * angles)
    edges = np.roll(plane, -1, axis=1) - plane
    along = -np.real(plane * np.conj(edges)) / np.maximum(np.abs(edges) ** 2, 1e-12)
    nearest = np.abs(plane + np.clip(along, 0.0, 1.0) * edges)
    return nearest.min(axis=1), metres.max(axis=1)
