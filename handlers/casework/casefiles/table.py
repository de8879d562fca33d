"""The table of a case file: a row for each place, and on every row the officer, the time and the incident."""

import unicodedata
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core.casework.casefile import COLUMNS, CaseFile, Place
from bot.core.phrases import phrase
from bot.words import spoken, words

SHAPING = "\u200c\u200d"  # they shape Devanagari
Cell = str | int | float | None


class Table(NamedTuple):
    """Titles, and the rows under them: words are words, numbers are numbers, None is empty."""

    titles: list[str]
    keys: list[str]
    widths: list[int]
    rows: list[list[Cell]]


def table_of(case: CaseFile, language: str, *, iso: bool = False) -> Table:
    """The whole table; without its column of phone numbers where the file has none. `iso`: moments for programs."""
    columns = [column for column in COLUMNS if case.with_numbers or column.key != "phone"]
    rows = [dict(_cells(case, n, place, language, iso)) for n, place in enumerate(case.places, 1)]
    return Table(
        [words(phrase(column.title), language) for column in columns],
        [column.key for column in columns],
        [column.wide for column in columns],
        [[row[column.key] for column in columns] for row in rows],
    )


def _cells(case: CaseFile, n: int, place: Place, language: str, iso: bool) -> Iterator[tuple[str, Cell]]:
    def moment(at: datetime | None) -> str | None:
        if at is None:
            return None
        return at.astimezone(ZoneInfo(case.timezone)).isoformat(timespec="seconds") if iso else case.time(at)

    yield from (("n", n), ("entry", place.entry), ("place", printable(place.label)))
    yield from (("latitude", round(place.point.lat, 6)), ("longitude", round(place.point.lon, 6)))
    yield from (("cameras", place.cameras), ("asked_at", moment(place.asked_at)), ("keep", words(place.keep, language)))
    yield from (("answer", printable(words(place.answer, language))), ("answered_at", moment(place.answered_at)))
    yield from (("overwritten_in_days", place.days_left), ("phone", place.number or None))
    yield from (("incident", printable(spoken(case.reference, language))), ("station", printable(case.station)))
    yield from (("officer", printable(case.officer)), ("made_at", moment(case.made_at)))


def printable(text: str) -> str:
    """Without signs that no file may hold, that nobody sees, or that a paper's font does not have, such as emoji."""
    return "".join(sign for sign in text if sign in SHAPING or not unprintable(sign)).strip()


def unprintable(sign: str) -> bool:
    kind = unicodedata.category(sign)
    return kind[0] == "C" or kind == "So" or "\ufe00" <= sign <= "\ufe0f" or "\u2190" <= sign <= "\u21ff"
