"""H3 cells that cover a circle: what the keyed tokens of the register are made from, and looked up by."""

from collections.abc import Iterator, Sequence
from itertools import chain, compress, count
from typing import NamedTuple, TypeAlias

from h3.api import basic_int as h3

from bot.core.casework.near import RIM_M, Circle
from bot.core.geo import Point, chords, through
from bot.core.later import np, npt

RESOLUTION = (
    10  # about 0.015 km2 a cell (decision 0005); registrations are stored under it: changing it needs a migration
)

# No cell of resolution 10 reaches further from its centre, in geodesic metres: climbing from 400 random starts
# all over the globe found 83.95 at most, in the middle of H3's faces. That a cover is whole rests on this.
_REACH_M = 87.0
# Edges are straight on H3's sphere, not on WGS-84, and corners are rounded: micrometres. Ways through the Earth are
# shorter than those along the ground: at 5 km by a tenth of a millimetre. A metre is safe.
_SLACK_M = 1.0
# Rules of thumb that only save time. Every cell reaches as far as this on every side of its middle,
_WIDE_M = 47.0
# and around India a ring of cells carries at least so far.
_STEP_M = 106.0

Metres: TypeAlias = "npt.NDArray[np.float64]"
Chosen: TypeAlias = "npt.NDArray[np.bool_]"
_CORNERS = 10  # of a cell, at most: H3 adds some where a cell lies across the faces of its globe


class Cover(NamedTuple):
    """Cells that lie wholly within the circle, how far their middles are, and the others that may touch it."""

    inside: tuple[int, ...]
    middles: Metres
    rim: tuple[int, ...]


def cell_of(point: Point) -> int:
    """The cell that holds the point, as H3's 64-bit integer."""
    return int(h3.latlng_to_cell(point.lat, point.lon, RESOLUTION))


def cover(circle: Circle) -> Cover:
    """Every point of the circle, its rim included, lies in one of the cells."""
    within, touch = circle.radius_m - _SLACK_M, circle.radius_m + RIM_M + _SLACK_M
    home = cell_of(circle.centre)
    cells, far = _near_cells(home, circle.centre, touch + _REACH_M)
    inside, rim = far <= within - _REACH_M, (far > within - _WIDE_M) & (far <= touch + _WIDE_M)
    unsure = ~(inside | rim)
    nearest, farthest = _ends(circle.centre, _those(cells, unsure))
    inside[unsure], rim[unsure] = farthest <= within, (farthest > within) & (nearest <= touch)
    rim |= ~inside & (np.asarray(cells) == home)
    return Cover(tuple(_those(cells, inside)), far[inside], tuple(_those(cells, rim)))


def _those(cells: Sequence[int], wanted: Chosen) -> list[int]:
    return list(compress(cells, wanted.tolist()))


def spans(middles: Metres) -> tuple[Metres, Metres]:
    """How near and how far a point of a cell can be, by how far its middle is."""
    margin = _REACH_M + _SLACK_M
    return np.maximum(middles - margin, 0.0), middles + margin


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
        found += _those(cells, near)
        metres.append(far[near])
    return found, np.concatenate(metres)


def _disks(home: int, sure: int) -> Iterator[list[int]]:
    return chain([h3.grid_disk(home, sure)], (h3.grid_ring(home, ring) for ring in count(sure + 1)))


def _middles(centre: Point, cells: Sequence[int]) -> Metres:
    """How far the cells' middles are."""
    places = np.fromiter(chain.from_iterable(map(h3.cell_to_latlng, cells)), float, 2 * len(cells))
    return chords(centre, places[::2], places[1::2])


def _ends(centre: Point, cells: Sequence[int]) -> tuple[Metres, Metres]:
    """How near each cell's edges come to a centre outside it, and how far away its farthest corner is.

    An edge, some 75 m long, is measured straight from corner to corner: a tenth of a millimetre below the ground.
    """
    bounds = [h3.cell_to_boundary(cell) for cell in cells]
    ends = [corner for bound in bounds for corner in (*bound, *bound[-1:] * (_CORNERS - len(bound)))]
    lats, lons = np.fromiter(chain.from_iterable(ends), float, 2 * len(ends)).reshape(-1, 2).T
    corners = np.stack(through(centre, lats, lons)).reshape(3, len(cells), _CORNERS)
    edges = np.roll(corners, -1, axis=2) - corners
    along = -(corners * edges).sum(axis=0) / np.maximum((edges * edges).sum(axis=0), 1e-12)
    nearest = corners + np.clip(along, 0.0, 1.0) * edges
    return _lengths(nearest).min(axis=1), _lengths(corners).max(axis=1)


def _lengths(ways: Metres) -> Metres:
    return np.asarray(np.sqrt((ways * ways).sum(axis=0)))
