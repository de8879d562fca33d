"""A made-up city, always the same: clusters of cameras in 30 x 30 km around 22.72 N 75.86 E, and where officers ask."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate
from random import Random
from typing import NamedTuple

from bot.core.geo import Point

MIDDLE = Point(22.72, 75.86)
HALF_KM = 15.0
KM_LAT, KM_LON = 110.75, 102.75  # kilometres a degree there
QUARTERS = 150
SCATTERED = 0.25  # the share that stands anywhere, in no quarter
CAMERAS = (1, 1, 1, 2, 2, 3, 4, 4, 8, 16)
FIRST_ID = 1_716_000_000_000 << 20  # as storage/ids.py makes them, one second apart
SECOND = 1000 << 20


class Place(NamedTuple):
    """A registration of the made-up city."""

    id: int
    lat: float
    lon: float
    cameras: int


def places(size: int, seed: int = 1) -> list[Place]:
    """The city's registrations: a larger register holds all places of a smaller one."""
    chance = Random(seed)  # noqa: S311 - a made-up city, not a secret
    quarters = [(chance.uniform(-13, 13), chance.uniform(-13, 13), chance.uniform(0.3, 2.0)) for _ in range(QUARTERS)]
    shares = list(accumulate(chance.random() for _ in quarters))
    return [_place(n, quarters, shares, chance) for n in range(size)]


def _place(n: int, quarters: Sequence[tuple[float, float, float]], shares: Sequence[float], chance: Random) -> Place:
    while True:
        if chance.random() < SCATTERED:
            east, north = chance.uniform(-HALF_KM, HALF_KM), chance.uniform(-HALF_KM, HALF_KM)
        else:
            x, y, width = chance.choices(quarters, cum_weights=shares)[0]
            east, north = chance.gauss(x, width), chance.gauss(y, width)
        if abs(east) <= HALF_KM and abs(north) <= HALF_KM:
            lat, lon = MIDDLE.lat + north / KM_LAT, MIDDLE.lon + east / KM_LON
            return Place(FIRST_ID + n * SECOND, round(lat, 7), round(lon, 7), chance.choice(CAMERAS))


def sees_road(place: int) -> bool:
    """What the owner of this place (its id) said: two of three cameras see the road."""
    return place // SECOND % 3 > 0


def densest(town: Iterable[Place]) -> Point:
    """The middle of the square kilometre, in a grid around the city's middle, that has the most places."""
    squares = Counter((round((one.lat - MIDDLE.lat) * KM_LAT), round((one.lon - MIDDLE.lon) * KM_LON)) for one in town)
    north, east = max(squares, key=squares.__getitem__)
    return Point(round(MIDDLE.lat + north / KM_LAT, 6), round(MIDDLE.lon + east / KM_LON, 6))


def centres(many: int, seed: int = 2) -> list[Point]:
    """Where something happened: half of them where cameras are many, half anywhere in the city."""
    chance = Random(seed)  # noqa: S311 - a made-up city, not a secret
    crowded = [Point(place.lat, place.lon) for place in places(many - many // 2, seed=1)]
    reach_lat, reach_lon = HALF_KM / KM_LAT, HALF_KM / KM_LON
    anywhere = [
        Point(
            round(MIDDLE.lat + chance.uniform(-reach_lat, reach_lat), 6),
            round(MIDDLE.lon + chance.uniform(-reach_lon, reach_lon), 6),
        )
        for _ in range(many // 2)
    ]
    mixed = crowded + anywhere
    chance.shuffle(mixed)
    return mixed
