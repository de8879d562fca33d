"""Which candidates lie within a circle, how far and which way: exact geodesics on WGS-84, nearest first."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple, Protocol, TypeAlias, TypeVar

from bot.core.geo import WGS84, Point
from bot.core.later import np, npt

Rows: TypeAlias = "npt.NDArray[np.int64]"
Column: TypeAlias = "npt.NDArray[np.float64]"
RIM_M = 1e-6  # a place this little beyond the radius lies on the rim, and the rim belongs to the circle
STEP_M = 25.0  # places in one step of so many metres are about equally far


@dataclass(frozen=True, slots=True)
class Circle:
    """All points at most `radius_m` geodesic metres from `centre`."""

    centre: Point
    radius_m: float


class Hit(NamedTuple):
    """A candidate within the circle: metres from the centre, and the way there in degrees from north."""

    id: int
    metres: float
    bearing: float


class Compass(Enum):
    """The eight points of the compass, clockwise."""

    N = 0
    NE = 1
    E = 2
    SE = 3
    S = 4
    SW = 5
    W = 6
    NW = 7


def rank(circle: Circle, candidates: Sequence[tuple[int, float, float]]) -> list[Hit]:
    """The candidates (id, latitude, longitude) within the circle, nearest first; equally far ones by id.

    Bearings run from 0 up to but not including 360. At the centre itself the bearing is 0; seen from a pole
    every way is south (from the south pole: north).
    """
    if not candidates:
        return []
    ids, lats, lons = map(np.array, zip(*candidates, strict=True))
    ranked = measure(circle, ids, lats, lons)
    columns = zip(ids[ranked.order].tolist(), ranked.metres.tolist(), ranked.bearings.tolist(), strict=True)
    return [Hit(*one) for one in columns]


class Ranked(NamedTuple):
    """Of candidates in columns: where in them those within the circle stand, nearest first, their metres, bearings."""

    order: Rows
    metres: Column
    bearings: Column


def measure(circle: Circle, ids: Rows, lats: Column, lons: Column) -> Ranked:
    """The same for thousands of candidates in columns, without an object for each of them."""
    centre = circle.centre
    azimuths, _, far = WGS84.inv(np.full_like(lons, centre.lon), np.full_like(lats, centre.lat), lons, lats)
    metres = np.asarray(far)
    order = np.lexsort((ids, metres))
    order = order[metres[order] <= circle.radius_m + RIM_M]
    metres = metres[order]
    if abs(centre.lat) == 90:
        bearings = np.full_like(metres, 180.0 if centre.lat > 0 else 0.0)
    else:
        bearings = np.asarray(azimuths)[order] % 360.0 % 360.0
    return Ranked(order, metres, np.where(metres == 0.0, 0.0, bearings))


class Placed(Protocol):
    """A place with its distance."""

    @property
    def id(self) -> int: ...
    @property
    def metres(self) -> float: ...


Place = TypeVar("Place", bound=Placed)


def roads_first(places: Sequence[Place], roads: Container[int]) -> list[Place]:
    """Places that stand nearest first, as people read them: step by step, in each those that see the road first."""
    return sorted(places, key=lambda one: (one.metres // STEP_M, one.id not in roads))


def steps(nearest: float, farthest: float) -> tuple[float, float]:
    """Where the steps of these two distances begin and end, in metres; the end belongs to the next step."""
    return nearest // STEP_M * STEP_M, (farthest // STEP_M + 1) * STEP_M


def compass(bearing: float) -> Compass:
    """The nearest of the eight points for a bearing in degrees."""
    return Compass(round(bearing / 45.0) % 8)
