"""What lies under a map's shapes: tiles of a map server where there are any, else a grid in degrees."""

import base64
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from handlers.pictures.mercator import Frame

LARGEST_SHOWN = 150.0  # points: a tile is shown half as large as this, or larger; so its own lettering can be read
DEEPEST = 19
STEPS = (1.0, 2.0, 5.0)


class Tile(NamedTuple):
    """A tile of the usual scheme: at zoom z the Earth is 2**z tiles wide, y counts from the north."""

    z: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Ground:
    """The tiles that could be had, and whom to thank for them."""

    tiles: Mapping[Tile, bytes] = field(default_factory=dict)
    credit: str = ""


BARE = Ground()


def tiles_under(frame: Frame) -> list[Tile]:
    """The tiles that the frame shows."""
    z = max(0, min(DEEPEST, math.ceil(math.log2(frame.scale / LARGEST_SHOWN))))
    many = 2**z
    east = ((frame.middle + 180) / 360 + frame.left) * many
    columns = range(math.floor(east), math.floor(east + frame.wide / frame.scale * many) + 1)
    rows = range(
        max(0, math.floor(frame.top * many)),
        min(many - 1, math.floor((frame.top + frame.high / frame.scale) * many)) + 1,
    )
    return [Tile(z, column % many, row) for row in rows for column in columns]


def spread(frame: Frame, ground: Ground) -> Iterator[str]:
    """The tiles as shapes of an SVG."""
    for tile, picture in ground.tiles.items():
        many = 2**tile.z
        east = tile.x / many - (frame.middle + 180) / 360
        east = (east - frame.left) % 1.0 if (east - frame.left) % 1.0 < 0.75 else (east - frame.left) % 1.0 - 1
        x, y, size = east * frame.scale, (tile.y / many - frame.top) * frame.scale, frame.scale / many
        kind = "png" if picture.startswith(b"\x89PNG") else "jpeg"
        written = base64.b64encode(picture).decode()
        yield (
            f'<image x="{x:.2f}" y="{y:.2f}" width="{size + 0.3:.2f}" height="{size + 0.3:.2f}" '
            f'preserveAspectRatio="none" href="data:image/{kind};base64,{written}"/>'
        )


class Line(NamedTuple):
    """A line of the grid: where on the paper, and its degrees in words."""

    at: float
    degrees: str


def meridians(frame: Frame) -> list[Line]:
    """Lines from north to south, three to six in a frame."""
    wide = frame.wide / frame.scale * 360
    step = nice(wide / 2.6)
    west = frame.middle + 360 * frame.left
    lines = []
    for n in range(math.ceil(west / step), math.floor((west + wide) / step) + 1):
        lon = (n * step + 180) % 360 - 180
        lines.append(Line(((n * step - frame.middle) / 360 - frame.left) * frame.scale, _degrees(lon, step)))
    return lines


def parallels(frame: Frame) -> list[Line]:
    """Lines from west to east."""
    south, north = frame.lat(frame.high), frame.lat(0)
    step = nice((north - south) / 2.6)
    lines = []
    for n in range(math.ceil(south / step), math.floor(north / step) + 1):
        unit = (1 - math.asinh(math.tan(math.radians(n * step))) / math.pi) / 2
        lines.append(Line((unit - frame.top) * frame.scale, _degrees(n * step, step)))
    return lines


def nice(about: float) -> float:
    """1, 2 or 5 times a power of ten: the largest that is not above. `about` is more than 0."""
    power = 10.0 ** math.floor(math.log10(about))
    return max(step * power for step in STEPS if step * power <= about * (1 + 1e-9))


def _degrees(angle: float, step: float) -> str:
    places = max(0, -math.floor(math.log10(step) + 1e-9))
    return f"{angle:.{places}f}°"
