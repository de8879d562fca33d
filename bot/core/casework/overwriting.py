"""How long the recording of an incident is still there: the incident's beginning + days kept - now."""

from datetime import datetime, timedelta

from bot import texts
from bot.core.messages import Phrase, counted, phrase

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def left(days_kept: int | None, start: datetime, now: datetime) -> timedelta | None:
    """How long until it is overwritten; negative where it may be already; None where nobody said."""
    return None if days_kept is None else start + days_kept * DAY - now


def in_words(days_kept: int | None, left_: timedelta | None) -> Phrase | None:
    """`3 days left of 30`, begun days not counted; without an incident how long it is kept; None where nobody said."""
    if days_kept is None:
        return None
    if left_ is None:
        return counted(texts.DAYS_KEPT, days_kept)
    if left_ >= DAY:
        return counted(texts.KEPT_DAYS_LEFT, left_ // DAY, kept=days_kept)
    kept = counted(texts.DAYS, days_kept)
    if left_ <= timedelta(0):
        return phrase(texts.KEPT_GONE, kept=kept)
    return phrase(texts.KEPT_HOURS_LEFT, n=left_ // HOUR, kept=kept)


def urgency(left_: timedelta | None) -> tuple[int, float]:
    """What sorts first: what is there and soonest gone; then what nobody knows of; last what may be gone already."""
    if left_ is None:
        return 1, 0.0
    gone = left_ <= timedelta(0)
    return (2 if gone else 0), left_.total_seconds() * (-1 if gone else 1)
