"""Draws the bars as a small SVG: times beside the reference, on a log axis, ours in colour."""

import math
from collections.abc import Sequence
from html import escape

from bench.section import Bar

WIDTH, LEFT, RIGHT, LINE, TOP = 860, 290, 70, 22, 64
OURS, PEER, INK, GRID = "#0f766e", "#a8b0bb", "#1f2937", "#e5e7eb"
HALO = 'stroke="white" stroke-width="4" paint-order="stroke"'  # a line behind a figure does not cross it
TITLE = "Time of a search, 1 = PostGIS for all rows of the same circles (log axis; shorter is faster)"


def drawn(bars: Sequence[Bar]) -> str:
    """The picture. The bars of one group must stand together."""
    powers = range(math.floor(min(math.log10(bar.ratio) for bar in bars)), _ceiling(bars) + 1)
    groups = list(dict.fromkeys(bar.group for bar in bars))
    height = TOP + LINE * (len(bars) + 2 * len(groups)) + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" font-family="sans-serif"'
        ' font-size="13">',
        f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
        _text(16, 24, TITLE, "start", INK, bold=True),
        *(_grid(power, powers, height) for power in powers),
    ]
    y = TOP
    for group in groups:
        parts.append(_text(16, y + 16, group, "start", INK, bold=True))
        y += LINE
        for bar in sorted((one for one in bars if one.group == group), key=lambda one: one.ratio):
            parts.append(_bar(bar, y, powers))
            y += LINE
        y += LINE
    return "\n".join([*parts, "</svg>"]) + "\n"


def _ceiling(bars: Sequence[Bar]) -> int:
    return max(1, math.ceil(max(math.log10(bar.ratio) for bar in bars)))


def _x(ratio: float, powers: range) -> float:
    share = (math.log10(ratio) - powers[0]) / (powers[-1] - powers[0])
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _grid(power: int, powers: range, height: int) -> str:
    x = _x(10.0**power, powers)
    line = (
        f'<line x1="{x:.1f}" y1="{TOP - 12}" x2="{x:.1f}" y2="{height - 10}" stroke="{INK if power == 0 else GRID}"/>'
    )
    return line + _text(x, TOP - 18, f"{10.0**power:g}", "middle", INK)


def _bar(bar: Bar, y: float, powers: range) -> str:
    end = _x(bar.ratio, powers)
    colour = OURS if bar.ours else PEER
    return (
        _text(LEFT - 8, y + 14, bar.label, "end", OURS if bar.ours else INK, bold=bar.ours)
        + f'<rect x="{LEFT}" y="{y + 3}" width="{max(1.0, end - LEFT):.1f}" height="{LINE - 6}" fill="{colour}"/>'
        + _text(end + 6, y + 14, f"{bar.ratio:.2f}", "start", INK)
    )


def _text(x: float, y: float, words: str, anchor: str, colour: str, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {place} fill="{colour}" {HALO}{weight}>{escape(words)}</text>'
