"""Pictures: how long the map of a search takes to draw, however its places lie; and the other pictures beside it."""

import random
from collections.abc import Callable
from time import perf_counter

from bench.rounds import typical
from bench.section import Goal, Section, Table
from bench.stage import Bench
from bot.core.casework.near import Circle
from bot.core.files import File, Print
from bot.core.geo import Point
from bot.core.messages import Name
from bot.core.picture import Bar, Bars, MapPicture, Mark, Outline, Picture, Poster, Scope, Way
from handlers.pictures import studio

LIMIT_MS = 300.0  # of a map without tiles
PINS = 25
TIMES = 40
RADIUS_M = 500.0
CITY = Name("Indore", "इन्दौर")
POLICE = Name("Indore Police", "इन्दौर पुलिस")
ABOUT = (
    "Each picture is drawn anew, from its description to the bytes that are sent (PNG, 1280 pixels wide), with other"
    " places and in Hindi and English in turn; without tiles. A map has 25 numbered pins, which must not hide each"
    " other: that takes longest where they crowd."
)


def measure(bench: Bench) -> Section:
    maps = {name: _taken(draw) for name, draw in MAPS.items()}
    others = {name: _taken(draw) for name, draw in OTHERS.items()}
    bench.say("pictures")
    rows = tuple((name, f"{p50:.0f}", f"{p95:.0f}") for name, (p50, p95) in [*maps.items(), *others.items()])
    slowest = max(p95 for _, p95 in maps.values())
    worst = max(maps, key=lambda name: maps[name][1])
    what = "A map of 25 pins, at its most crowded: milliseconds for 95 of 100"
    goal = Goal(what, slowest, LIMIT_MS, again=lambda: _taken(MAPS[worst]))
    return Section("Pictures", (ABOUT, Table(("", "half within, ms", "95 of 100 within, ms"), rows)), (goal,))


def _taken(draw: Callable[[random.Random, int], Picture | File]) -> tuple[float, float]:
    chance, seconds = random.Random(25), []  # noqa: S311 - made-up places, the same in every run
    for n in range(TIMES + 3):
        thing, language = draw(chance, n), ("hi", "en")[n % 2]
        begun = perf_counter()
        studio.make(thing, language)
        seconds.append(perf_counter() - begun)
    return typical(seconds[3:])  # the first ones load the fonts


def _centre(chance: random.Random) -> Point:
    return Point(22.72 + chance.uniform(-0.1, 0.1), 75.86 + chance.uniform(-0.1, 0.1))


def _map(scope: Scope, centre: Point, chance: random.Random, spread_m: float, n: int) -> MapPicture:
    apart = spread_m / 111_000
    places = [Point(centre.lat + chance.gauss(0, apart), centre.lon + chance.gauss(0, apart)) for _ in range(PINS)]
    return MapPicture(f"Map {n}", scope, tuple(Mark(m, place) for m, place in enumerate(places, 1)), CITY)


def _circle(spread_m: float) -> Callable[[random.Random, int], MapPicture]:
    def drawn(chance: random.Random, n: int) -> MapPicture:
        centre = _centre(chance)
        return _map(Circle(centre, RADIUS_M), centre, chance, spread_m, n)

    return drawn


def _way(chance: random.Random, n: int) -> MapPicture:
    points = tuple(_centre(chance) for _ in range(6))
    return _map(Way(points, 100.0), points[2], chance, 2000.0, n)


def _outline(chance: random.Random, n: int) -> MapPicture:
    ring = tuple(_centre(chance) for _ in range(200))
    return _map(Outline((ring,)), ring[0], chance, 2000.0, n)


def _poster(chance: random.Random, n: int) -> Poster:
    return Poster(
        f"Society {n}", CITY, POLICE, POLICE, f"https://t.me/citizen_eye_bot?start={chance.getrandbits(64):x}"
    )


def _bars(chance: random.Random, n: int) -> Bars:
    return Bars(f"Chart {n}", tuple(Bar(f"week {week}", value := chance.randint(5, 90), value) for week in range(12)))


MAPS: dict[str, Callable[[random.Random, int], Picture | File]] = {
    "map: 25 pins, spread out": _circle(200.0),
    "map: 25 pins in one street": _circle(40.0),
    "map: 25 pins in one house": _circle(0.0),
    "map: a way": _way,
    "map: an outline of 200 corners": _outline,
}
OTHERS: dict[str, Callable[[random.Random, int], Picture | File]] = {
    "chart of 12 bars": _bars,
    "poster, PNG": _poster,
    "poster, PDF": lambda chance, n: Print("poster.pdf", _poster(chance, n)),
}
