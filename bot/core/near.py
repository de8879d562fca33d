"""Which candidates lie within a circle, how far and which way: exact geodesics on WGS-84, nearest first."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from bot.core.geo import WGS84, Point

RIM_M = 1e-6  # a place this little beyond the radius lies on the rim, and the rim belongs to the circle


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
    ids, lats, lons = zip(*candidates, strict=True) if candidates else ((), (), ())
    ranked = measure(circle, ids, array("d", lats), array("d", lons))
    return [Hit(ids[n], ranked.metres[n], way) for n, way in zip(ranked.order, ranked.bearings, strict=True)]


class Ranked(NamedTuple):
    """Of candidates in columns: where in them those within the circle stand, their bearings, and the metres of all."""

    order: list[int]
    bearings: list[float]
    metres: "array[float]"


def measure(circle: Circle, ids: Sequence[int], lats: "array[float]", lons: "array[float]") -> Ranked:
    """The same for thousands of candidates in columns, without an object for each of them."""
    many, centre = len(ids), circle.centre
    from_lons, from_lats = array("d", [centre.lon]) * many, array("d", [centre.lat]) * many
    azimuths, _, metres = WGS84.inv(from_lons, from_lats, lons, lats)
    reach = circle.radius_m + RIM_M
    order = [n for n, far in enumerate(metres) if far <= reach]
    order.sort(key=ids.__getitem__)
    order.sort(key=metres.__getitem__)  # and where they are equally far, the order by id stays
    if abs(centre.lat) == 90:
        only_way = 180.0 if centre.lat > 0 else 0.0
        return Ranked(order, [only_way if metres[n] else 0.0 for n in order], metres)
    return Ranked(order, [azimuths[n] % 360.0 % 360.0 if metres[n] else 0.0 for n in order], metres)


def compass(bearing: float) -> Compass:
    """The nearest of the eight points for a bearing in degrees."""
    return Compass(round(bearing / 45.0) % 8)
