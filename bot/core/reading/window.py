"""When something happened: `14:00-15:00`, `21 Nov 22:30 to 23:15`, in Hindi as well, and never a guess."""

import functools
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from bot.core.reading.case_words import DAYS_AGO, IDLE_IN_WINDOW, MONTHS, PARTS_OF_DAY
from bot.core.reading.digits import folded

LONGEST = timedelta(hours=12)  # beyond that, a senior officer approves
OLDEST = timedelta(days=366)  # no recording is kept for longer
DAY = timedelta(days=1)
NOON = 12 * 60


@dataclass(frozen=True, slots=True)
class Window:
    """From when until when; aware moments."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        return self.end - self.start


class NoWindow(StrEnum):
    """Why what was written is no window of time."""

    UNREADABLE = "unreadable"
    WHICH_HALF = "which_half"  # 2 to 3: at night, or in the afternoon?
    FUTURE = "future"
    UPSIDE_DOWN = "upside_down"
    TOO_OLD = "too_old"


@dataclass(frozen=True, slots=True)
class _Clock:
    """A time of day as written: hour, minute, what half or part of the day was said, and whether it needs one."""

    hour: int
    minute: int
    part: str = ""
    bare: bool = False  # one digit, so it may mean either half of the day

    def candidates(self) -> list[int]:
        """The minutes of the day that it can mean."""
        hour, pm = self.hour, self.part in ("pm", "evening")
        if not self.part or hour > 12:
            return [hour * 60 + self.minute]
        if self.part == "noon":
            pm = hour in (12, 1, 2, 3, 4, 5)
        if self.part == "night":
            pm = hour in (7, 8, 9, 10, 11)
        return [(hour % 12 + (12 if pm else 0)) * 60 + self.minute]

    def both_halves(self) -> list[int]:
        early = (self.hour % 12) * 60 + self.minute
        return [early, early + NOON] if 1 <= self.hour <= 12 else self.candidates()


_names = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_parts = "|".join(sorted(map(re.escape, PARTS_OF_DAY), key=len, reverse=True))
_ago = "|".join(sorted(map(re.escape, DAYS_AGO), key=len, reverse=True))
_idle = "|".join(sorted(map(re.escape, IDLE_IN_WINDOW), key=len, reverse=True))
_PIECE = rf"""(?P<iso>(?P<y1>\d{{4}})-(?P<m1>\d{{1,2}})-(?P<d1>\d{{1,2}})(?!\d))
    | (?P<dmy>(?P<d2>\d{{1,2}})(?P<sep>[/.-])(?P<m2>\d{{1,2}})(?P=sep)(?P<y2>\d{{4}}|\d{{2}})(?![\d:]))
    | (?P<named>(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?[ -]?(?P<m3>{_names})(?![^\W\d])(?:[ ,-]{{1,2}}(?P<y3>\d{{4}})(?!\d))?)
    | (?P<month_first>(?P<m5>{_names})[ -]?(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.]))
    | (?P<dm>(?P<d4>\d{{1,2}})/(?P<m4>\d{{1,2}})(?![/\d]))
    | (?P<ago>{_ago})(?![^\W\d])
    | (?P<clock>(?:(?P<before>{_parts})[ ]?(?:(?:{_idle})[ ])?)?(?P<h>\d{{1,2}})(?:[:.]?(?P<min>\d{{2}}))?(?!\d)
      (?:[ ]?(?P<after>am|pm|a\.m\.?|p\.m\.?)(?![a-z]))?)
    | (?P<idle>{_idle})(?![^\W\d])
    | (?P<sign>[ ,;~-]+)"""
_TOKENS = 24  # no window of time has more pieces


def today_so_far(now: datetime, zone: tzinfo) -> Window:
    """From midnight in town until now, and no more than the last twelve hours of it."""
    midnight = datetime.combine(now.astimezone(zone).date(), time(), zone).astimezone(UTC)
    return Window(max(midnight, now - LONGEST), now)


def last(hours: int, now: datetime) -> Window:
    return Window(now - timedelta(hours=hours), now)


def read_window(words: str, now: datetime, zone: tzinfo) -> Window | NoWindow:
    """The window that the words name, in the town's time; a date without a year is the nearest one."""
    pieces = _pieces(folded(words), now.astimezone(zone).date())
    if pieces is None:
        return NoWindow.UNREADABLE
    days = [piece for piece in pieces if isinstance(piece, date)]
    clocks = [piece for piece in pieces if isinstance(piece, _Clock)]
    if len(clocks) != 2 or len(days) > 2:
        return NoWindow.UNREADABLE
    minutes = _minutes(*clocks)
    return minutes if isinstance(minutes, NoWindow) else _between(*minutes, days, now, zone)


def _between(first: int, last_: int, days: list[date], now: datetime, zone: tzinfo) -> Window | NoWindow:
    over_midnight = last_ <= first
    match days:
        case [one, other]:
            start, end = _moment(one, first, zone), _moment(other, last_, zone)
        case [one]:
            start, end = _moment(one, first, zone), _moment(one + DAY * over_midnight, last_, zone)
        case _:
            today = now.astimezone(zone).date()
            start, end = _moment(today - DAY * over_midnight, first, zone), _moment(today, last_, zone)
    if end <= start or (over_midnight and len(days) < 2 and end - start > LONGEST):
        return NoWindow.UPSIDE_DOWN
    if end > now:
        return NoWindow.FUTURE
    return Window(start, end) if start >= now - OLDEST else NoWindow.TOO_OLD


def _moment(day: date, minutes: int, zone: tzinfo) -> datetime:
    over, left = divmod(minutes, 24 * 60)
    return datetime.combine(day + DAY * over, time(left // 60, left % 60), zone).astimezone(UTC)


def _minutes(first: _Clock, last_: _Clock) -> tuple[int, int] | NoWindow:
    """Both ends as minutes of the day. Where only one says which half of the day, the other is the nearest to it."""
    if not first.part and not last_.part:
        if first.bare or last_.bare:
            return NoWindow.WHICH_HALF
        return first.candidates()[0], last_.candidates()[0]
    if first.part:
        [start] = first.candidates()
        ends = last_.candidates() if last_.part else last_.both_halves()
        return start, min(ends, key=lambda end: (end - start - 1) % (24 * 60))
    [end] = last_.candidates()
    return min(first.both_halves(), key=lambda start: (end - start - 1) % (24 * 60)), end


@functools.cache
def _piece() -> re.Pattern[str]:
    """Made when the first window is read: a start has no use for it."""
    return re.compile(_PIECE, re.VERBOSE)


def _pieces(text: str, today: date) -> list[date | _Clock] | None:
    """Dates and times in their order; None where there is anything else, or a date or time that does not exist."""
    pieces: list[date | _Clock] = []
    at = 0
    for _ in range(_TOKENS):
        if at == len(text):
            return pieces
        found = _piece().match(text, at)
        if found is None:
            return None
        at = found.end()
        if not (found["idle"] or found["sign"]):
            piece = _clock(found) if found["clock"] else _date(found, today)
            if piece is None:
                return None
            pieces.append(piece)
    return None


def _clock(found: re.Match[str]) -> _Clock | None:
    hour, minute = int(found["h"]), int(found["min"] or 0)
    part = PARTS_OF_DAY.get(found["after"] or found["before"] or "", "")
    if not (hour < 24 or (hour, minute) == (24, 0)) or minute > 59 or (part and not 0 < hour <= 24):
        return None
    return _Clock(hour, minute, part, bare=len(found["h"]) == 1)


def _date(found: re.Match[str], today: date) -> date | None:
    if found["ago"]:
        return today - DAY * DAYS_AGO[found["ago"]]
    n = next(n for n in "12345" if found[f"d{n}"])
    day, written = int(found[f"d{n}"]), found[f"m{n}"]
    month = MONTHS[written] if written in MONTHS else int(written)
    year = found[f"y{n}"] if n in "123" else None
    try:
        if year:
            return date(int(year) if len(year) == 4 else 2000 + int(year), month, day)
        near = [date(today.year + step, month, day) for step in (-1, 0, 1) if _exists(today.year + step, month, day)]
        return min(near, key=lambda one: abs(one - today), default=None)
    except ValueError:
        return None


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
