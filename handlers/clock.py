"""Time arrives as well: APScheduler ticks, due work is rows, and each job runs once for each slot of time."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from handlers import forgetting, reminding
from handlers.admin import broadcast, tenure
from handlers.casework import alarms, requests
from handlers.resident import standing
from handlers.society import digest
from handlers.visit import House
from storage import jobs, pace
from storage.dialect import lock

log = logging.getLogger(__name__)
TICK_S = 60
ONE_AT_A_TIME = b"the clock"  # of several workers one ticks, and the others find it done
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Chore:
    """Work that is due once in every slot of `every`; it lives with its feature and returns how many rows it touched.

    It does whatever is due by `now`, so that a night that nobody ticked through is caught up by the next slot.
    """

    name: str
    every: timedelta
    run: Callable[[Session, House, datetime], int]


CHORES = (
    Chore("forget claims", HOUR, forgetting.old_claims),
    Chore("forget the pace of idle chats", HOUR, pace.forget_idle),
    Chore("forget sent messages", HOUR, forgetting.sent_messages),
    Chore("forget kept messages", DAY, forgetting.kept_messages),
    Chore("wipe unfinished answers", HOUR, forgetting.unfinished_answers),
    Chore("purge what was withdrawn", HOUR, forgetting.withdrawn_entries),
    Chore("forget who has nothing here", MINUTE, forgetting.who_has_nothing_here),
    Chore("forget failed updates", HOUR, forgetting.failed_updates),
    Chore("forget dead links", DAY, forgetting.dead_links),
    Chore("forget dead codes", HOUR, forgetting.dead_codes),
    Chore("forget pairs that are gone", DAY, forgetting.pairs_gone),
    Chore("weekly messages", HOUR, digest.due),
    Chore("forget old wishes", DAY, forgetting.old_wishes),
    Chore("forget ways in", DAY, forgetting.ways_in),
    Chore("remind who stopped in the middle", HOUR, reminding.remind),
    Chore("ask whether entries are still true", MINUTE, standing.check),
    Chore("wipe what nobody agreed to", DAY, forgetting.never_agreed),
    Chore("bring live messages up to date", MINUTE, requests.refresh),
    Chore("remind silent owners", MINUTE, requests.remind),
    Chore("thank owners of closed cases", MINUTE, requests.thank_late),
    Chore("tell of searches without a request", HOUR, alarms.unasked),
    Chore("forget old counts", DAY, alarms.forget_counts),
    Chore("tell of roles that end", HOUR, tenure.tell_ends),
    Chore("tell of links that died", HOUR, tenure.tell_links),
    Chore("put unused accounts to sleep", DAY, tenure.put_to_sleep),
    Chore("go on with broadcasts", MINUTE, broadcast.go_on),
    Chore("forget broadcasts", DAY, forgetting.broadcasts_over),
    Chore("forget proposals", DAY, forgetting.proposals_made),
    Chore("forget old requests", DAY, forgetting.old_requests),
    Chore("forget old slots", DAY, forgetting.old_slots),
)


def tick(tx: Session, house: House, now: datetime) -> dict[str, int]:
    """Do what is due, each chore once for its slot whoever ticks; returns how many rows each touched.

    One that fails is undone with the claim of its slot, tried again at the next tick, and holds up no other.
    """
    lock(tx, ONE_AT_A_TIME)
    done = {}
    for chore in CHORES:
        try:
            with tx.begin_nested():
                rows = _run(tx, chore, house, now)
        except Exception as error:
            if isinstance(error, DBAPIError) and error.connection_invalidated:
                raise  # the database is away: all of it waits
            log.error("%s failed: %s", chore.name, type(error).__name__)
            continue
        if rows is not None:
            done[chore.name] = rows
    return done


def _run(tx: Session, chore: Chore, house: House, now: datetime) -> int | None:
    slot = int(now.timestamp() // chore.every.total_seconds())
    return chore.run(tx, house, now) if jobs.claim(tx, chore.name, slot, now) else None
