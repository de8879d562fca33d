"""The number under which an incident stands in the police's own books, in any writing, and never a made-up one.

Three kinds are at an officer's hand: an FIR (numbered through the year at each station; a zero FIR, taken for another
station, begins with 0/), an entry of the general diary (numbered through the day), and an event of Dial 112.
"""

import re
from datetime import date
from enum import StrEnum

from bot.core.reading.case_words import IDLE_BEFORE_NUMBER, NO_NUMBER, NUMBERED, TRAINING
from bot.core.reading.digits import folded

TRAINING_REFERENCE = "TRAINING"
LONGEST = 60
_FIR = re.compile(r"(?P<zero>0/)?0*(?P<n>[1-9]\d{0,4})[/-](?P<year>\d{4}|\d{2})")
_DIARY = re.compile(r"0*(?P<n>[1-9]\d{0,3})(?:[ /](?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>\d{4}|\d{2}))?")
_EVENT = re.compile(r"(?P<letters>[a-z]{0,4})[/-]?(?P<n>\d{5,16})")
_UNNAMED_EVENT = re.compile(r"p[/-]?\d{8,14}")  # state control rooms number them P, date, count
_BARE_NUMBER = re.compile(r"(?!112$)\d{1,5}")
_SIGNS = re.compile(r"[^\w]+")
_AROUND_SLASH = re.compile(r"(?<=\d) ?([/-]) ?(?=\d)")


class NoReference(StrEnum):
    """Why what was written is no reference."""

    EMPTY = "empty"  # nothing, or a dash
    NOT_GIVEN = "not_given"  # "NA", "nil"
    NO_YEAR = "no_year"
    FUTURE = "future"
    FORM = "form"


def read_reference(words: str, today: date) -> str | NoReference:
    """One writing for each reference: `FIR 123/2026`, `GD 12/24-11-2026`, `112 P24112600123`, or TRAINING.

    A diary entry without a date is today's.
    """
    text = _AROUND_SLASH.sub(r"\1", folded(words))
    if not _SIGNS.sub("", text):
        return NoReference.EMPTY
    if text in NO_NUMBER or _SIGNS.sub("", text) in {_SIGNS.sub("", word) for word in NO_NUMBER}:
        return NoReference.NOT_GIVEN
    if text in TRAINING:
        return TRAINING_REFERENCE
    if len(text) > LONGEST:
        return NoReference.FORM
    return _numbered(*_named(text), today)


def _named(text: str) -> tuple[str, str]:
    """What kind of number it is said to be, and the number."""
    text = re.sub(r"(?<![\d.])\.|\.(?!\d)|[#:()]|(?<=dial)-", " ", text)
    kind = ""
    while True:
        text = text.strip(" ,-/")
        name = next((name for name in _BY_LENGTH if _begins(text, name)), None)
        if name is None:
            return kind, text
        if name in NUMBERED and (not kind or kind == NUMBERED[name]):
            kind = NUMBERED[name]
        elif name in NUMBERED:
            return kind, text
        text = text[len(name) :]


_BY_LENGTH = sorted([*NUMBERED, *IDLE_BEFORE_NUMBER], key=len, reverse=True)


def _begins(text: str, name: str) -> bool:
    rest = text[len(name) :]
    goes_on = rest[:1].isalpha() if not name[-1].isdigit() else rest[:1].isalnum() or rest[:1] in ("/", "-")
    return text.startswith(name) and bool(rest) and not goes_on


def _numbered(kind: str, number: str, today: date) -> str | NoReference:
    number = re.sub(rf" (?:{'|'.join(map(re.escape, IDLE_BEFORE_NUMBER))}) ", " ", number)
    if kind in ("", "fir") and (found := _FIR.fullmatch(number)):
        year = _year(found["year"])
        if year > today.year:
            return NoReference.FUTURE
        return f"FIR {found['zero'] or ''}{found['n']}/{year}" if year >= 1950 else NoReference.FORM
    if kind == "gd" and (found := _DIARY.fullmatch(number)):
        return _diary(found, today)
    if (kind == "event" and (found := _EVENT.fullmatch(number))) or (not kind and _UNNAMED_EVENT.fullmatch(number)):
        return f"112 {re.sub('[/-]', '', number).upper()}"
    return NoReference.NO_YEAR if kind in ("", "fir") and _BARE_NUMBER.fullmatch(number) else NoReference.FORM


def _diary(found: re.Match[str], today: date) -> str | NoReference:
    try:
        day = date(_year(found["y"]), int(found["m"]), int(found["d"])) if found["d"] else today
    except ValueError:
        return NoReference.FORM
    return NoReference.FUTURE if day > today else f"GD {found['n']}/{day:%d-%m-%Y}"


def _year(written: str) -> int:
    return int(written) if len(written) == 4 else 2000 + int(written)
