"""Web Mercator (EPSG:3857): points on Earth to points on paper, and the other way."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.geo import Point

RADIUS_M = 6378137.0
MOST_LAT = 85.05  # beyond it the map ends
LEAST_M = 120.0  # a picture shows at least this much, however close together everything is
Spot = tuple[float, float]  # points (1/72 inch) right of and below the frame's upper left corner


@dataclass(frozen=True, slots=True)
class Frame:
    """A window on the map: `wide` and `high` in points, `scale` points for the whole Earth's width.

    `middle` is its longitude, from which others are counted, so that a frame may lie across the 180th meridian.
    """

    wide: float
    high: float
    scale: float
    middle: float
    left: float
    top: float

    def at(self, point: Point) -> Spot:
        """Where a point lies on the paper."""
        x, y = _unit(point, self.middle)
        return (x - self.left) * self.scale, (y - self.top) * self.scale

    def lat(self, y: float) -> float:
        """The latitude at a height on the paper."""
        return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * (self.top + y / self.scale)))))

    def lon(self, x: float) -> float:
        """The longitude, from -180 up to 180."""
        return (self.middle + 360 * (self.left + x / self.scale) + 180) % 360 - 180

    def metre(self) -> float:
        """Points on the paper for a metre on the ground, in the middle of the frame."""
        return self.scale / (2 * math.pi * RADIUS_M * math.cos(math.radians(self.lat(self.high / 2))))


def fitted(points: Iterable[Point], wide: float, high: float, margin: float) -> Frame:
    """The frame that shows all the points, with a margin, as large as can be. There must be a point."""
    shown = list(points)
    middle = shown[0].lon
    xs, ys = zip(*(_unit(point, middle) for point in shown), strict=True)
    least = LEAST_M / (2 * math.pi * RADIUS_M * math.cos(math.radians(min(abs(shown[0].lat), MOST_LAT))))
    across, down = max(max(xs) - min(xs), least), max(max(ys) - min(ys), least)
    scale = min((wide - 2 * margin) / across, (high - 2 * margin) / down)
    left = (max(xs) + min(xs)) / 2 - wide / scale / 2
    top = (max(ys) + min(ys)) / 2 - high / scale / 2
    return Frame(wide, high, scale, middle, left, top)


def _unit(point: Point, middle: float) -> Spot:
    """East of the middle and south of the map's upper end, in widths of the Earth."""
    lat = math.radians(max(-MOST_LAT, min(MOST_LAT, point.lat)))
    return ((point.lon - middle + 180) % 360 - 180) / 360, (1 - math.asinh(math.tan(lat)) / math.pi) / 2
