"""Time arrives as well: APScheduler ticks, due work is rows, and each job runs once for each slot of time."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from handlers.visit import House
from storage import claims, invites, jobs, outbox, people, registrations

log = logging.getLogger(__name__)
TICK_S = 60


@dataclass(frozen=True, slots=True)
class Chore:
    """Work that is due once in every slot of `every`."""

    name: str
    every: timedelta
    run: Callable[[Session, House, datetime], int]


def _forget_claims(tx: Session, _house: House, now: datetime) -> int:
    return claims.purge(tx, now - timedelta(days=3))


def _forget_sent(tx: Session, _house: House, now: datetime) -> int:
    return outbox.purge(tx, now - timedelta(days=1))


def _wipe_unfinished(tx: Session, house: House, now: datetime) -> int:
    return people.wipe_unfinished(tx, now - timedelta(days=house.unfinished_days))


def _purge_withdrawn(tx: Session, house: House, now: datetime) -> int:
    gone = registrations.purge(tx, house.town.retention_days, now)
    return gone + people.wipe_ownerless(tx, now - timedelta(days=house.unfinished_days))


def _forget_failed(tx: Session, _house: House, now: datetime) -> int:
    return claims.purge_failed(tx, now - timedelta(days=30), now - timedelta(days=1))


def _forget_links(tx: Session, _house: House, now: datetime) -> int:
    return invites.purge(tx, now - timedelta(days=30))


def _forget_slots(tx: Session, _house: House, now: datetime) -> int:
    return jobs.purge(tx, now - timedelta(days=7))


CHORES = (
    Chore("forget claims", timedelta(hours=1), _forget_claims),
    Chore("forget sent messages", timedelta(hours=1), _forget_sent),
    Chore("wipe unfinished answers", timedelta(hours=1), _wipe_unfinished),
    Chore("purge what was withdrawn", timedelta(hours=1), _purge_withdrawn),
    Chore("forget failed updates", timedelta(hours=1), _forget_failed),
    Chore("forget dead links", timedelta(days=1), _forget_links),
    Chore("forget old slots", timedelta(days=1), _forget_slots),
)


def tick(tx: Session, house: House, now: datetime) -> dict[str, int]:
    """Do what is due, each chore once for its slot whoever ticks; returns how many rows each touched.

    One that fails is undone with the claim of its slot, tried again at the next tick, and holds up no other.
    """
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
