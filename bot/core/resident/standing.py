"""Keeping the register true: each entry is asked after every half-year, hidden when nobody answers, then removed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import texts
from bot.core.messages import Button, Rows, Say, phrase, say
from bot.core.registration import Entry, Standing, cameras, place_of
from bot.core.resident.leaving import leftovers

HALF_YEAR, YEAR, GRACE = timedelta(days=182), timedelta(days=365), timedelta(days=14)
SPREAD_H = 14 * 24  # those who registered in one night are asked over two weeks
BY_DAY = range(9, 20)  # hours at which a message that nobody waits for may arrive


def first_check(row: int, now: datetime) -> datetime:
    """When an entry of this id, confirmed now, is asked after: in half a year, a week more or less."""
    return now + HALF_YEAR - timedelta(days=7) + timedelta(hours=row % SPREAD_H)


def after(standing: Standing) -> Standing | None:
    """What comes next when its owner stays silent; None: it is removed."""
    match standing:
        case Standing.SURE:
            return Standing.ASKED
        case Standing.ASKED:
            return Standing.ASKED_TWICE
        case Standing.ASKED_TWICE:
            return Standing.HIDDEN
        case Standing.HIDDEN:
            return Standing.WARNED
        case Standing.WARNED:
            return None


def lasts(standing: Standing) -> timedelta:
    """How long its owner may stay silent before the next step."""
    match standing:
        case Standing.SURE | Standing.ASKED:
            return HALF_YEAR
        case Standing.ASKED_TWICE | Standing.WARNED:
            return GRACE
        case Standing.HIDDEN:
            return YEAR - GRACE


def by_day(now: datetime, timezone: str) -> bool:
    """Whether people are awake in the town."""
    return now.astimezone(ZoneInfo(timezone)).hour in BY_DAY


def told(entry: Entry, step: Standing | None, retention_days: int) -> Say:
    """What the owner reads when an entry takes this step."""
    match step:
        case Standing.ASKED | Standing.SURE:
            return _asked(texts.STILL_THERE, entry)
        case Standing.ASKED_TWICE:
            return _asked(texts.STILL_THERE_AGAIN, entry)
        case Standing.HIDDEN:
            return _back(texts.NOW_HIDDEN, entry)
        case Standing.WARNED:
            return _back(texts.REMOVAL_NEAR, entry)
        case None:
            left = leftovers(retention_days)
            return say(texts.REMOVED_SILENT, number=entry.number, place=place_of(entry.site), leftovers=left)


def _asked(text: str, entry: Entry) -> Say:
    buttons: Rows = (
        (Button(phrase(texts.STILL_YES), f"/still:yes:{entry.number}"),),
        (
            Button(phrase(texts.STILL_CHANGED), f"/still:changed:{entry.number}"),
            Button(phrase(texts.STILL_GONE), f"/still:gone:{entry.number}"),
        ),
    )
    return _about(text, entry, buttons)


def _back(text: str, entry: Entry) -> Say:
    return _about(text, entry, ((Button(phrase(texts.STILL_BACK), f"/still:yes:{entry.number}"),),))


def _about(text: str, entry: Entry, buttons: Rows) -> Say:
    return say(
        text,
        buttons=buttons,
        number=entry.number,
        place=place_of(entry.site),
        cameras=cameras(entry.cameras),
        days=GRACE.days,
    )
