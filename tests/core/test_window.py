"""When it was, in every writing, in the town's time; and what is no time that can be searched for."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.reading.window import LONGEST, NoWindow, Window, last, read_window, today_so_far
from tests import profiles as profiles

INDIA = ZoneInfo("Asia/Kolkata")
FOUR_PM = datetime(2026, 11, 24, 16, tzinfo=INDIA)
WRITTEN = {
    "14:00-15:00": "24 14:00 24 15:00",
    "14:00–15:00": "24 14:00 24 15:00",
    "1400 hrs to 1500 hrs": "24 14:00 24 15:00",
    "14.30-15.15": "24 14:30 24 15:15",
    "09:00-10:00": "24 09:00 24 10:00",
    "2 to 3 pm": "24 14:00 24 15:00",
    "2 pm to 3": "24 14:00 24 15:00",
    "11-1pm": "24 11:00 24 13:00",
    "10 to 2 pm": "24 10:00 24 14:00",
    "12 am to 1 am": "24 00:00 24 01:00",
    "23:30-00:15": "23 23:30 24 00:15",
    "21 Nov 22:30 to 23:15": "21 22:30 21 23:15",
    "Nov 21 22:30 to 23:15": "21 22:30 21 23:15",
    "22:30 to 23:15 on 21 Nov": "21 22:30 21 23:15",
    "21/11 22:30-23:15": "21 22:30 21 23:15",
    "21-11-2026 22:30 to 22-11-2026 00:15": "21 22:30 22 00:15",
    "2026-11-21 10:00 - 2026-11-22 11:00": "21 10:00 22 11:00",
    "21 Nov 23:30 to 00:30": "21 23:30 22 00:30",
    "yesterday 9:30 am to 10:45 am": "23 09:30 23 10:45",
    "२१ नवंबर २२:३० से २३:१५": "21 22:30 21 23:15",
    "सुबह 10 से दोपहर 1 बजे": "24 10:00 24 13:00",
    "कल रात 10:30 से 12 बजे": "23 22:30 24 00:00",
    "आज दोपहर 2 से 3 बजे तक": "24 14:00 24 15:00",
    "परसों रात को 10 बजे से 11 बजे तक": "22 22:00 22 23:00",
    "23 Nov 00:00-24:00": "23 00:00 24 00:00",
}
NOT_ONE = {
    "2-3": NoWindow.WHICH_HALF,
    "9:00-10:00": NoWindow.WHICH_HALF,
    "17:00-18:00": NoWindow.FUTURE,
    "15:30-16:30": NoWindow.FUTURE,
    "25 Nov 10:00-11:00": NoWindow.FUTURE,
    "15:00-14:00": NoWindow.UPSIDE_DOWN,
    "14:00-14:00": NoWindow.UPSIDE_DOWN,
    "21 Nov 15:00-14:00": NoWindow.UPSIDE_DOWN,
    "22 Nov 10:00 to 21 Nov 11:00": NoWindow.UPSIDE_DOWN,
    "21 Nov 2024 10:00-11:00": NoWindow.TOO_OLD,
    "around two": NoWindow.UNREADABLE,
    "14:00": NoWindow.UNREADABLE,
    "30 Feb 10:00-11:00": NoWindow.UNREADABLE,
    "25:00-26:00": NoWindow.UNREADABLE,
    "14:00-15:00-16:00": NoWindow.UNREADABLE,
    "14:60-15:00": NoWindow.UNREADABLE,
    "": NoWindow.UNREADABLE,
}


def as_read(window: Window | NoWindow) -> str:
    assert isinstance(window, Window)
    return f"{window.start.astimezone(INDIA):%d %H:%M} {window.end.astimezone(INDIA):%d %H:%M}"


@pytest.mark.parametrize(("written", "read"), WRITTEN.items())
def test_every_writing_is_read_in_the_towns_time(written: str, read: str) -> None:
    assert as_read(read_window(written, FOUR_PM, INDIA)) == read


@pytest.mark.parametrize(("written", "why"), NOT_ONE.items())
def test_what_is_no_window_says_why(written: str, why: NoWindow) -> None:
    assert read_window(written, FOUR_PM, INDIA) is why


def test_a_date_without_a_year_is_the_nearest_one() -> None:
    read = read_window("30 Dec 10:00-11:00", datetime(2027, 1, 2, tzinfo=INDIA), INDIA)

    assert isinstance(read, Window)
    assert read.start == datetime(2026, 12, 30, 10, tzinfo=INDIA)


@pytest.mark.parametrize(("hour", "hours"), [(1, 1), (9, 9), (12, 12), (20, 12)])
def test_today_is_from_midnight_in_town_and_twelve_hours_at_most(hour: int, hours: int) -> None:
    now = FOUR_PM.replace(hour=hour)

    assert today_so_far(now, INDIA) == Window(now - timedelta(hours=hours), now)


def test_the_last_hours_end_now() -> None:
    assert last(3, FOUR_PM) == Window(FOUR_PM - timedelta(hours=3), FOUR_PM)


CLOCK = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@given(st.dates(FOUR_PM.date() - timedelta(days=300), FOUR_PM.date() - timedelta(days=2)), CLOCK, CLOCK)
def test_any_window_written_out_is_read_as_it_was_meant(day: date, start: time, end: time) -> None:
    read = read_window(f"{day:%d-%m-%Y} {start:%H:%M} to {day:%d-%m-%Y} {end:%H:%M}", FOUR_PM, INDIA)

    if start >= end:
        assert read is NoWindow.UPSIDE_DOWN
    else:
        assert isinstance(read, Window)
        assert read.start.astimezone(INDIA).replace(tzinfo=None) == datetime.combine(day, start)
        assert read.end.astimezone(INDIA).replace(tzinfo=None) == datetime.combine(day, end)


@given(st.text(max_size=60))
def test_whatever_is_written_is_a_window_that_is_over_or_a_reason(written: str) -> None:
    read = read_window(written, FOUR_PM, INDIA)

    assert isinstance(read, NoWindow) or (read.start < read.end <= FOUR_PM and read.start.tzinfo is UTC)


def test_twelve_hours_are_what_one_officer_may_choose_alone() -> None:
    read = read_window("23 Nov 08:00 to 20:00", FOUR_PM, INDIA)

    assert isinstance(read, Window)
    assert read.length == LONGEST
