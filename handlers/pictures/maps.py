"""The map of a search: what was searched as shapes without words, and where typst puts the words."""

from collections.abc import Iterator, Sequence
from typing import Any

from bot import texts
from bot.core.casework.near import Circle
from bot.core.casework.search import distance
from bot.core.geo import WGS84, Point
from bot.core.messages import phrase
from bot.core.picture import MapPicture, Outline, Scope, Way
from bot.words import spoken, words
from handlers.pictures import labels
from handlers.pictures.ground import BARE, Ground, meridians, nice, parallels, spread
from handlers.pictures.labels import Box
from handlers.pictures.mercator import Frame, Spot, fitted
from handlers.pictures.typeset import Kind, typeset

WIDE, HIGH, MARGIN = 292.0, 300.0, 30.0  # points; the margin leaves room for the numbers above the outermost places
NORTH = Box(WIDE - 26, 0, WIDE, 38)
LONGEST_BAR = 90.0
CROSS, END = 6.5, 4.5  # half as wide as the cross where something happened, as a way's end
DEEP, WARM, INK, PAPER, GRID = "#0b5cad", "#c2410c", "#17212f", "#f5f6f3", "#d3d9d6"


def drawn(picture: MapPicture, language: str, kind: Kind, ground: Ground = BARE) -> bytes:
    """The map as a picture of its own."""
    return typeset("map", figure(picture, language, ground), kind)


def frame_of(picture: MapPicture) -> Frame:
    """The part of Earth that the picture shows."""
    return fitted([*_reach(picture.scope), *(mark.point for mark in picture.marks)], WIDE, HIGH, MARGIN)


def figure(picture: MapPicture, language: str, ground: Ground = BARE) -> dict[str, Any]:
    """What `map-figure` of templates/mapping.typ draws; a paper with a map in it hands it on."""
    frame = frame_of(picture)
    places = [frame.at(mark.point) for mark in picture.marks]
    discs = labels.placed(places, WIDE, HIGH, [NORTH, *_kept_free(frame, picture.scope)])
    bar = nice(LONGEST_BAR / frame.metre())
    return {
        "language": language,
        "title": spoken(picture.title, language),
        "city": spoken(picture.city, language),
        "wide": WIDE,
        "high": HIGH,
        "shapes": _svg(
            [
                *_under(frame, ground),
                *_scope(frame, picture.scope),
                *_stalks(places, discs),
                *_ends(frame, picture.scope),
                *_pins(places, discs),
            ]
        ),
        "numbers": [{"n": m.n, "x": x, "y": y} for m, (x, y) in zip(picture.marks, discs, strict=True)],
        "lats": [line._asdict() for line in parallels(frame) if 12 < line.at < HIGH - 12],
        "lons": [line._asdict() for line in meridians(frame) if 16 < line.at < WIDE - 16],
        "bar": {"long": bar * frame.metre(), "words": words(distance(bar), language)},
        "north": words(phrase(texts.NORTH), language),
        "credit": ground.credit or words(phrase(texts.MAP_BARE), language),
    }


def _reach(scope: Scope) -> Iterator[Point]:
    """Points as far out as the scope goes."""
    match scope:
        case Circle():
            yield scope.centre  # first: longitudes are counted from it
            yield from _rim(scope.centre, scope.radius_m, 4)
        case Way(points, within_m):
            yield from points
            yield from (far for point in points for far in _rim(point, within_m, 4))
        case Outline(rings):
            yield from (point for ring in rings for point in ring)


def _rim(centre: Point, metres: float, many: int) -> list[Point]:
    ways = [360 * n / many for n in range(many)]
    lons, lats, _ = WGS84.fwd([centre.lon] * many, [centre.lat] * many, ways, [metres] * many)
    return [Point(lat, lon) for lat, lon in zip(lats, lons, strict=True)]


def _svg(shapes: Sequence[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" width="{WIDE}" height="{HIGH}">'
    return f"{head}{''.join(shapes)}</svg>"


def _under(frame: Frame, ground: Ground) -> Iterator[str]:
    yield f'<rect width="{WIDE}" height="{HIGH}" fill="{PAPER}"/>'
    yield from spread(frame, ground)
    if ground.tiles:
        return
    rows = "".join(f"M0 {line.at:.2f}H{WIDE}" for line in parallels(frame))
    columns = "".join(f"M{line.at:.2f} 0V{HIGH}" for line in meridians(frame))
    yield f'<path d="{rows}{columns}" stroke="{GRID}" stroke-width="0.7" fill="none"/>'


def _scope(frame: Frame, scope: Scope) -> Iterator[str]:
    area = f'fill="{DEEP}" fill-opacity="0.1" fill-rule="evenodd" stroke="{DEEP}" stroke-width="1.4"'
    match scope:
        case Circle(centre, radius_m):
            yield f'<path d="{_path(frame, _rim(centre, radius_m, 90))}Z" {area}/>'
        case Way(points, within_m):
            line = _path(frame, points)
            zone = max(3.0, 2 * within_m * frame.metre())
            joined = 'fill="none" stroke-linejoin="round" stroke-linecap="round"'
            yield f'<path d="{line}" {joined} stroke="{DEEP}" stroke-opacity="0.16" stroke-width="{zone:.2f}"/>'
            yield f'<path d="{line}" {joined} stroke="{WARM}" stroke-width="2"/>'
        case Outline(rings):
            whole = "".join(f"{_path(frame, ring)}Z" for ring in rings if ring)
            yield f'<path d="{whole}" {area} stroke-linejoin="round"/>'


def _ends(frame: Frame, scope: Scope) -> Iterator[str]:
    """Where something happened is a cross; a way begins at an open ring and ends at a full one."""
    match scope:
        case Circle(centre):
            x, y = frame.at(centre)
            for paint, thick, arm in (("white", 4.6, CROSS + 1), (WARM, 2.4, CROSS)):
                cross = f"M{x - arm:.2f} {y:.2f}h{2 * arm}M{x:.2f} {y - arm:.2f}v{2 * arm}"
                yield f'<path d="{cross}" stroke="{paint}" stroke-width="{thick}"/>'
        case Way(points):
            for (x, y), inside in ((frame.at(points[0]), "white"), (frame.at(points[-1]), WARM)):
                yield f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{END}" fill="{inside}" stroke="{WARM}" stroke-width="2"/>'


def _kept_free(frame: Frame, scope: Scope) -> Iterator[Box]:
    """No number hides where it happened."""
    match scope:
        case Circle(centre):
            spots, half = [centre], CROSS
        case Way(points):
            spots, half = [points[0], points[-1]], END
        case Outline():
            return
    for x, y in map(frame.at, spots):
        yield Box(x - half, y - half, x + half, y + half)


def _path(frame: Frame, points: Sequence[Point]) -> str:
    spots = [frame.at(point) for point in points]
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in spots)


def _stalks(places: Sequence[Spot], discs: Sequence[Spot]) -> Iterator[str]:
    lines = "".join(f"M{a:.2f} {b:.2f}L{x:.2f} {y:.2f}" for (a, b), (x, y) in zip(places, discs, strict=True))
    for paint, thick in (("white", 3.2), (INK, 1.3)):
        yield f'<path d="{lines}" stroke="{paint}" stroke-width="{thick}" fill="none"/>'


def _pins(places: Sequence[Spot], discs: Sequence[Spot]) -> Iterator[str]:
    """The places, and over them the discs that will hold the numbers."""
    edge = 'stroke="white" stroke-width="1.2"'
    for x, y in places:
        yield f'<circle cx="{x:.2f}" cy="{y:.2f}" r="2.8" fill="{INK}" {edge}/>'
    for x, y in discs:
        yield f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{labels.RADIUS - 0.6}" fill="{DEEP}" {edge}/>'
