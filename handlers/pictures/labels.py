"""Where the numbers of the pins stand, so that none hides another, a place, or what lies along the frame."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from handlers.pictures.mercator import Spot

RADIUS = 9.5  # of a number's disc, in points
APART = 2 * RADIUS + 1.2  # from one disc's middle to another's, at least
STALK = 17.0  # from a place up to its number, where nothing is in the way
FAR = 110.0  # a number goes further only where there is no room at all nearer
_RINGS, _STEP, _TURNS = 30, 10.0, 16
# how many points further away a number goes rather than hide a place, cross a line, or have its line touch a place
_HIDES, _CROSSES, _TOUCHES = 60.0, 25.0, 10.0


@dataclass(frozen=True, slots=True)
class Box:
    """Room that is taken, such as the north arrow's."""

    left: float
    top: float
    right: float
    bottom: float


Pin = tuple[Spot, Spot]  # a place, and the middle of the disc with its number


def placed(places: Sequence[Spot], wide: float, high: float, taken: Sequence[Box] = ()) -> list[Spot]:
    """A disc's middle for each place: inside the frame and clear of all other discs; above its place if it can."""
    room = Box(RADIUS, RADIUS, wide - RADIUS, high - RADIUS)
    pins: list[Pin] = []
    for place in places:
        pins.append((place, _best(place, (), pins, room, taken)))
    _untangle(pins)
    for n, (place, _) in enumerate(pins):  # now that all others stand, there may be a better one
        pins[n] = (place, _best(place, places, pins[:n] + pins[n + 1 :], room, taken))
    _untangle(pins)
    return [disc for _, disc in pins]


def _untangle(pins: list[Pin]) -> None:
    """Two stalks that cross are longer together than with their ends exchanged."""
    for i, j in combinations(range(len(pins)), 2):
        (a, x), (b, y) = pins[i], pins[j]
        if math.dist(a, y) + math.dist(b, x) < math.dist(a, x) + math.dist(b, y) - 1e-6:
            pins[i], pins[j] = (a, y), (b, x)


def _best(place: Spot, places: Sequence[Spot], pins: Sequence[Pin], room: Box, taken: Sequence[Box]) -> Spot:
    """The nearest free one; with `places` the least troublesome."""
    best, least = place, math.inf
    for away, right, down in _around():
        if away >= least or (away > FAR and least < math.inf):  # nothing better, or nothing near
            break
        disc = (place[0] + right, place[1] + down)
        if _free(disc, pins, room, taken):
            cost = away
            for trouble in _troubles(place, disc, places, pins, taken) if places else ():
                cost += trouble
                if cost >= least:
                    break
            else:
                best, least = disc, cost
    return best


@cache
def _around() -> tuple[tuple[float, float, float], ...]:
    """Steps from a place, nearest first, and straight up before every other way: the cost, right, down."""
    steps = []
    for ring in range(_RINGS):
        far, turns = STALK + ring * _STEP, _TURNS + 4 * ring
        for angle in (2 * math.pi * turn / turns for turn in range(turns)):
            lean = (1 - math.cos(angle)) * 3  # a number above its place reads as a pin
            steps.append((far + lean, far * math.sin(angle), -far * math.cos(angle)))
    return tuple(sorted(steps))


def _free(disc: Spot, pins: Sequence[Pin], room: Box, taken: Sequence[Box]) -> bool:
    x, y = disc
    if not (room.left <= x <= room.right and room.top <= y <= room.bottom):
        return False
    for _, (a, b) in pins:  # the busiest lines of all, so written out
        if -APART < x - a < APART and (x - a) ** 2 + (y - b) ** 2 < APART**2:
            return False
    for box in taken:
        if box.left - RADIUS < x < box.right + RADIUS and box.top - RADIUS < y < box.bottom + RADIUS:
            return False
    return True


def _troubles(
    place: Spot, disc: Spot, places: Sequence[Spot], pins: Sequence[Pin], taken: Sequence[Box]
) -> Iterator[float]:
    a, b = place
    x, y = disc
    left, right = (a, x) if a < x else (x, a)
    top, bottom = (b, y) if b < y else (y, b)
    for box in taken:
        if left < box.right and right > box.left and top < box.bottom and bottom > box.top:
            middle = (box.left + box.right) / 2, (box.top + box.bottom) / 2
            if _through(place, disc, middle, (box.right - box.left) / 2):
                yield _CROSSES
    left, right, top, bottom = left - RADIUS, right + RADIUS, top - RADIUS, bottom + RADIUS
    for c, d in places:
        if left <= c <= right and top <= d <= bottom:  # else too far away to be in the way
            if (x - c) ** 2 + (y - d) ** 2 < (RADIUS + 2) ** 2:
                yield _HIDES
            elif (c != a or d != b) and _through(place, disc, (c, d), 4.0):
                yield _TOUCHES
    for other, number in pins:
        (c, d), (e, f) = other, number
        if (c < left and e < left) or (c > right and e > right) or (d < top and f < top) or (d > bottom and f > bottom):
            continue
        if _through(place, disc, number) or _through(other, number, disc) or _cross(place, disc, other, number):
            yield _CROSSES


def _cross(a: Spot, b: Spot, c: Spot, d: Spot) -> bool:
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: Spot, b: Spot, c: Spot) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _through(a: Spot, b: Spot, disc: Spot, radius: float = RADIUS) -> bool:
    """Whether the line from a to b runs under another number's disc, or over another place."""
    right, down = b[0] - a[0], b[1] - a[1]
    along = right * right + down * down
    part = ((disc[0] - a[0]) * right + (disc[1] - a[1]) * down) / along if along else 0.0
    part = 0.0 if part < 0 else 1.0 if part > 1 else part
    return (disc[0] - a[0] - part * right) ** 2 + (disc[1] - a[1] - part * down) ** 2 < radius**2
