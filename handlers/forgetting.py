"""What the clock forgets: marks that have served, unfinished answers, leftovers whose day has come."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.core.society.funnel import week_of
from handlers.visit import House
from storage import audit, claims, jobs, kept, leftovers, outbox, registrations
from storage.admin import broadcasts, invites, proposals
from storage.casework import factors, requests
from storage.society import funnel, wishes
from storage.station import codes, duplicates, waiting


def old_claims(tx: Session, _house: House, now: datetime) -> int:
    """Marks of taken updates: the channel delivers none again after a day."""
    return claims.purge(tx, now - timedelta(days=3))


def sent_messages(tx: Session, _house: House, now: datetime) -> int:
    """Marks of messages that were sent; their words went at once."""
    return outbox.purge(tx, now - timedelta(days=1))


def unfinished_answers(tx: Session, house: House, now: datetime) -> int:
    """Open questions of people who fell silent."""
    return leftovers.wipe_unfinished(tx, now - timedelta(days=house.unfinished_days))


def withdrawn_entries(tx: Session, house: House, now: datetime) -> int:
    """Sealed leftovers on their day."""
    if gone := registrations.purge(tx, house.town.retention_days, now):
        audit.write(tx, audit.Act.PURGE, now, places=gone)
    return gone


def who_has_nothing_here(tx: Session, house: House, now: datetime) -> int:
    """The number and consent of whoever has no entry left, and strangers altogether."""
    some = leftovers.some_people(tx)
    silent_since = now - timedelta(days=house.unfinished_days)
    return leftovers.wipe_ownerless(tx, some, silent_since) + leftovers.wipe_strangers(tx, some, silent_since)


def kept_messages(tx: Session, _house: House, now: datetime) -> int:
    """Which messages could still be changed, of those that nobody changed for two months."""
    return kept.purge(tx, now - timedelta(days=60))


def failed_updates(tx: Session, _house: House, now: datetime) -> int:
    """Updates that were set aside a month ago, and those that failed once and then went through."""
    return claims.purge_failed(tx, now - timedelta(days=30), now - timedelta(days=1))


def never_agreed(tx: Session, _house: House, now: datetime) -> int:
    """Entries of older registers and of staff that nobody agreed to in half a year."""
    return waiting.lapse(tx, now - timedelta(days=183), now)


def dead_codes(tx: Session, _house: House, now: datetime) -> int:
    """Codes of a month ago or more on which nothing hangs: whoever has one can do nothing with it."""
    return codes.purge(tx, now - timedelta(days=30))


def pairs_gone(tx: Session, _house: House, _now: datetime) -> int:
    """What staff said of two entries of which one is destroyed: nobody can be asked about them again."""
    return duplicates.purge(tx)


def dead_links(tx: Session, _house: House, now: datetime) -> int:
    """Links that died a month ago, and the second factors of those that nobody opened."""
    return invites.purge(tx, now - timedelta(days=30)) + factors.purge(tx, now - timedelta(days=3))


def proposals_made(tx: Session, _house: House, now: datetime) -> int:
    """What was put before a second administrator a month ago: what came of it stands in the trace."""
    return proposals.purge(tx, now - timedelta(days=30))


def broadcasts_over(tx: Session, _house: House, now: datetime) -> int:
    """The words and readers of broadcasts that ended a month ago: the trace keeps what was written, by whom."""
    return broadcasts.purge(tx, now - timedelta(days=30))


def old_requests(tx: Session, _house: House, now: datetime) -> int:
    """Requests of more than a year ago: whom they asked, and what was answered."""
    return requests.purge(tx, now - timedelta(days=365))


def old_slots(tx: Session, _house: House, now: datetime) -> int:
    """Which chore ran when."""
    return jobs.purge(tx, now - timedelta(days=7))


def old_wishes(tx: Session, _house: House, now: datetime) -> int:
    """Wishes to become an office-bearer that were decided, or that nobody decided."""
    return wishes.purge(tx, now)


def ways_in(tx: Session, house: House, now: datetime) -> int:
    """Through which society's link someone came who then stopped, and counts of weeks that are over."""
    week = week_of(now, house.town.timezone)
    return funnel.purge(tx, now - timedelta(days=house.unfinished_days), week)
