"""Circles where geometry is hardest, and candidates in, around and exactly on them."""

import math
from random import Random

import h3

from bot.core.casework.near import Circle
from bot.core.geo import WGS84, Point

Candidate = tuple[int, float, float]

_PENTAGONS = [Point(*h3.cell_to_latlng(cell)) for cell in sorted(h3.get_pentagons(10))]


def centre(chance: Random) -> Point:
    """Anywhere, with a liking for poles, antimeridian, equator and the twelve pentagons."""
    lat, lon = math.degrees(math.asin(chance.uniform(-1, 1))), chance.uniform(-180, 180)
    nudge = chance.choice([0.0, 1e-9, 0.001, 0.03]) * chance.uniform(-1, 1)
    match chance.randrange(8):
        case 0:
            return Point(math.copysign(90 - abs(nudge), lat), lon)
        case 1:
            return Point(lat, math.copysign(180 - abs(nudge), lon))
        case 2:
            return Point(nudge, lon)
        case 3:
            near = chance.choice(_PENTAGONS)
            return Point(near.lat + nudge, near.lon + chance.uniform(-0.03, 0.03))
        case 4:
            return Point(round(lat), round(lon))
        case _:
            return Point(lat, lon)


def circle(chance: Random) -> Circle:
    """From 10 m to 5 km, small ones as often as large ones."""
    return Circle(centre(chance), 10 * 500 ** chance.random())


def place(around: Circle, way: float, share: float) -> Point:
    """The point that lies `share` of the radius away."""
    lon, lat, _ = WGS84.fwd(around.centre.lon, around.centre.lat, way, around.radius_m * share)
    return Point(lat, lon)


def candidates(around: Circle, chance: Random) -> list[Candidate]:
    """Some within, some beyond, some on the rim, one at the centre, one twice, one far away; ids in no order."""
    shares = [*(chance.uniform(0, 1.6) for _ in range(8)), 1.0, 1.0, 1.0, 0.0, 0.5]
    spots = [place(around, chance.uniform(-180, 180), share) for share in shares]
    spots += [spots[0], Point(chance.uniform(-90, 90), chance.uniform(-180, 180))]
    ids = chance.sample(range(10**6), len(spots))
    return [(key, spot.lat, spot.lon) for key, spot in zip(ids, spots, strict=True)]
