"""Rows of an older register: columns found by name in English and Hindi, each cell read or said to be wrong."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core.city import City
from bot.core.geo import Point
from bot.core.reading.counts import read_count
from bot.core.reading.digits import folded, plain
from bot.core.reading.phone import read_typed_phone
from bot.core.reading.places import ShortLink, Swapped, read_place
from bot.core.registration import FEWEST, MOST, Draft, Site
from bot.core.station import column_words as names

_SCIENTIFIC = re.compile(r"\d([.,]\d+)?\s*[eE]\s*\+?\d+")
_WHOLE = re.compile(r"(\d+)\.0+")


class Column(StrEnum):
    PHONE = "mobile number"
    PLACE = "place"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    CAMERAS = "cameras"
    KIND = "kind"


_CALLED = {
    Column.PHONE: names.PHONE,
    Column.PLACE: names.PLACE,
    Column.LATITUDE: names.LATITUDE,
    Column.LONGITUDE: names.LONGITUDE,
    Column.CAMERAS: names.CAMERAS,
    Column.KIND: names.KIND,
}
_AROUND = " :*."  # what stands before or after a name and says nothing
_KNOWN = {folded(word).strip(_AROUND): column for column, words in _CALLED.items() for word in words}
_KINDS = {folded(word): kind for kind, words in names.KINDS.items() for word in words}


class Wrong(StrEnum):
    """What is wrong with a cell."""

    EMPTY = "empty"
    FORMULA = "formula"
    SCIENTIFIC = "scientific"  # a spreadsheet threw digits away
    DIGITS = "digits"  # as many as no mobile number has
    NO_PHONE = "no_phone"
    NO_PLACE = "no_place"
    SHORT_LINK = "short_link"
    OUTSIDE = "outside"
    NO_COUNT = "no_count"
    COUNT_RANGE = "count_range"


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that cannot be taken: what stands in it (shortened), and `detail`, such as a number of digits."""

    column: Column
    why: Wrong
    said: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Old:
    """A row that can be taken."""

    draft: Draft
    kind: str = ""


def columns(header: Sequence[str]) -> dict[Column, int]:
    """Which column is which; the first of several with one meaning."""
    found: dict[Column, int] = {}
    for n, cell in enumerate(header):
        words = folded(cell.replace("_", " ")).strip(_AROUND)
        column = _KNOWN.get(words) or _KNOWN.get(re.sub(r"\s*\(.*\)$", "", words).strip(_AROUND))
        if column is not None:
            found.setdefault(column, n)
    return found


def missing(found: Mapping[Column, int]) -> list[Column]:
    """What a register cannot do without."""
    placed = Column.PLACE in found or {Column.LATITUDE, Column.LONGITUDE} <= set(found)
    needed = [Column.PHONE, *([] if placed else [Column.PLACE]), Column.CAMERAS]
    return [column for column in needed if column not in found]


def read_row(cells: Sequence[str], where: Mapping[Column, int], city: City, region: str) -> Old | list[Fault]:
    """The row, or everything that is wrong with it."""
    said = {column: cells[n].strip() if n < len(cells) else "" for column, n in where.items()}
    phone = _phone(said[Column.PHONE], region)
    point = _place(said, city)
    cameras = _cameras(said[Column.CAMERAS])
    if isinstance(phone, Fault) or isinstance(point, Fault) or isinstance(cameras, Fault):
        return [one for one in (phone, point, cameras) if isinstance(one, Fault)]
    return Old(Draft(phone, Site(point), cameras), _KINDS.get(folded(said.get(Column.KIND, "")), ""))


def _refused(column: Column, said: str) -> Fault | None:
    """What no cell that is needed may be."""
    if not said:
        return Fault(column, Wrong.EMPTY, "")
    return Fault(column, Wrong.FORMULA, said[:40]) if said.startswith("=") else None


def _phone(said: str, region: str) -> str | Fault:
    if fault := _refused(Column.PHONE, said):
        return fault
    typed = plain(said)
    if _SCIENTIFIC.fullmatch(typed):
        return Fault(Column.PHONE, Wrong.SCIENTIFIC, said[:40])
    if whole := _WHOLE.fullmatch(typed):
        typed = whole[1]
    if phone := read_typed_phone(typed, region):
        return phone
    digits = sum(sign.isdecimal() for sign in typed)
    why = Wrong.DIGITS if digits >= 6 else Wrong.NO_PHONE
    return Fault(Column.PHONE, why, said[:40], str(digits))


def _place(said: Mapping[Column, str], city: City) -> Point | Fault:
    column, words = Column.PLACE, said.get(Column.PLACE, "")
    if Column.LATITUDE in said and Column.LONGITUDE in said:
        latitude, longitude = said[Column.LATITUDE], said[Column.LONGITUDE]
        for column, one in ((Column.LATITUDE, latitude), (Column.LONGITUDE, longitude)):
            if (fault := _refused(column, one)) and not words:
                return fault
        if latitude and longitude and not (latitude + longitude).startswith("="):
            column, words = Column.LATITUDE, f"{latitude}, {longitude}"
    if fault := _refused(column, words):
        return fault
    match read_place(words, city):
        case Point() as point:
            pass
        case Swapped(point):
            pass
        case ShortLink():
            return Fault(column, Wrong.SHORT_LINK, words[:60])
        case _:
            return Fault(column, Wrong.NO_PLACE, words[:60])
    if city.holds(point):
        return point
    return Fault(column, Wrong.OUTSIDE, words[:60], f"{city.metres_outside(point) / 1000:.1f}")


def _cameras(said: str) -> int | Fault:
    if fault := _refused(Column.CAMERAS, said):
        return fault
    whole = _WHOLE.fullmatch(plain(said))
    n = read_count(whole[1] if whole else said)
    if n is None:
        return Fault(Column.CAMERAS, Wrong.NO_COUNT, said[:40])
    return n if FEWEST <= n <= MOST else Fault(Column.CAMERAS, Wrong.COUNT_RANGE, said[:40])
