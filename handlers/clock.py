"""Time arrives as well: APScheduler ticks, due work is rows, and each job runs once for each slot of time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from handlers.visit import House
from storage import claims, invites, jobs, outbox, people, registrations

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
    return registrations.purge(tx, house.town.retention_days, now)


def _forget_links(tx: Session, _house: House, now: datetime) -> int:
    return invites.purge(tx, now - timedelta(days=30))


def _forget_slots(tx: Session, _house: House, now: datetime) -> int:
    return jobs.purge(tx, now - timedelta(days=7))


CHORES = (
    Chore("forget claims", timedelta(hours=1), _forget_claims),
    Chore("forget sent messages", timedelta(hours=1), _forget_sent),
    Chore("wipe unfinished answers", timedelta(hours=1), _wipe_unfinished),
    Chore("purge what was withdrawn", timedelta(hours=1), _purge_withdrawn),
    Chore("forget dead links", timedelta(days=1), _forget_links),
    Chore("forget old slots", timedelta(days=1), _forget_slots),
)


def tick(tx: Session, house: House, now: datetime) -> dict[str, int]:
    """Do what is due, each chore once for its slot whoever ticks; returns how many rows each touched."""
    done = {}
    for chore in CHORES:
        slot = int(now.timestamp() // chore.every.total_seconds())
        if jobs.claim(tx, chore.name, slot, now):
            done[chore.name] = chore.run(tx, house, now)
    return done
