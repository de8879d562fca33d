"""Work that keeps the register safe: once a night, tried again when it fails, whoever of several processes does it."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, or_

from storage.dialect import insert_once
from storage.tables.register import Upkeep

GIVEN_UP = timedelta(hours=3)  # whoever began it then and did not end it is gone
AGAIN = timedelta(hours=1)  # after a failure


def begin(tx: Session, name: str, slot: int, now: datetime) -> bool:
    """Take the work of a slot. False where it is done, under way, or failed less than an hour ago."""
    if insert_once(tx, Upkeep, name=name, slot=slot, began_at=now, fine=False, note=""):
        return True
    lost = col(Upkeep.ended_at).is_(None) & (col(Upkeep.began_at) <= now - GIVEN_UP)
    failed = col(Upkeep.ended_at).is_not(None) & ~col(Upkeep.fine) & (col(Upkeep.ended_at) <= now - AGAIN)
    next_night = col(Upkeep.ended_at).is_not(None) & col(Upkeep.fine) & (col(Upkeep.slot) < slot)
    taken = update(Upkeep).where(col(Upkeep.name) == name, or_(lost, failed, next_night))
    done = tx.connection().execute(taken.values(slot=slot, began_at=now, ended_at=None, fine=False, note=""))
    return bool(done.rowcount)


def end(tx: Session, name: str, now: datetime, *, fine: bool, note: str) -> None:
    """How it went; without `begin` as well, for what a person does by hand."""
    insert_once(tx, Upkeep, name=name, slot=0, began_at=now, fine=False, note="")
    of_it = update(Upkeep).where(col(Upkeep.name) == name)
    tx.connection().execute(of_it.values(ended_at=now, fine=fine, note=note))


def last(tx: Session, name: str) -> Upkeep | None:
    """The last time that work was done or begun; None for never."""
    return tx.get(Upkeep, name, populate_existing=True)
