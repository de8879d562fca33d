"""Plus codes: whole ones anywhere on Earth, short ones near the city, with or without a town's name."""

import re

from openlocationcode import openlocationcode

from bot.core.geo import Point

_SIGN = "[23456789CFGHJMPQRVWX]"
_CODE = re.compile(rf"(?<![\w+])((?:{_SIGN}{{2}}){{2,4}}\+{_SIGN}{{2,7}})(?![\w+])", re.IGNORECASE)


def read_plus_code(words: str, near: Point) -> Point | None:
    """The middle of the first code's square; a short code's nearest to `near`, whatever town is named."""
    found = _CODE.search(words)
    if found is None:
        return None
    code = openlocationcode.recoverNearest(found[1], near.lat, near.lon) if _short(found[1]) else found[1]
    if not openlocationcode.isFull(code):
        return None
    square = openlocationcode.decode(code)
    return Point(square.latitudeCenter, square.longitudeCenter)


def _short(code: str) -> bool:
    return code.index("+") < 8
