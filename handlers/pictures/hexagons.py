"""A station's coverage: its outline, and cells with their numbers. No street, no place."""

from typing import Any

from bot.core.picture import Cells
from bot.core.station.coverage import Cover
from bot.words import spoken
from handlers.pictures.mercator import fitted
from handlers.pictures.typeset import Kind, typeset

WIDE, TALL, EDGE = 300.0, 320.0, 1.0  # points, of the drawing on its page
SMALLEST = 5.0  # points a letter can have
COLOURS = {Cover.SOME: "some", Cover.FEW: "few", Cover.NONE: "bare", Cover.MATTERS: "matters"}


def cells(picture: Cells, language: str, kind: Kind) -> bytes:
    """The map, in a language. Raises ValueError where there is nothing to draw."""
    shown, outline = picture.coverage.cells, picture.coverage.outline
    corners = [point for cell in shown for point in cell.ring] + [point for ring in outline for point in ring]
    if not corners:
        raise ValueError("a map needs a cell or an outline")
    frame = fitted(corners, WIDE, TALL, EDGE)
    few = spoken(picture.few, language)
    drawn: list[dict[str, Any]] = []
    for cell in shown:
        ring = [frame.at(point) for point in cell.ring]
        middle = [sum(axis) / len(ring) for axis in zip(*ring, strict=True)]
        words = {Cover.SOME: str(cell.cameras), Cover.FEW: few}.get(cell.cover, "")
        drawn.append({"ring": ring, "middle": middle, "colour": COLOURS[cell.cover], "shown": words})
    width = max((max(x for x, _ in one["ring"]) - min(x for x, _ in one["ring"]) for one in drawn), default=0.0)
    data = {
        "language": language,
        "title": spoken(picture.title, language),
        "note": spoken(picture.note, language),
        "wide": WIDE,
        "tall": TALL,
        "cells": drawn,
        "outline": [[frame.at(point) for point in ring] for ring in outline],
        "size": min(13.0, width * 0.34) if width * 0.34 >= SMALLEST else 0,
    }
    return typeset("cells", data, kind)
