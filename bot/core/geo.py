"""A point on Earth and the distance between two: WGS-84, geodesic, exact."""

from dataclasses import dataclass

from pyproj import Geod

WGS84 = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True)
class Point:
    """Latitude and longitude in degrees, WGS-84; -90..90 and -180..180."""

    lat: float
    lon: float


def metres(a: Point, b: Point) -> float:
    """Geodesic distance in metres (Karney 2013, through PROJ)."""
    return float(WGS84.inv(a.lon, a.lat, b.lon, b.lat)[2])
