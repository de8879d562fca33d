"""Scheduled work as rows: whoever inserts (job, slot) first does it, everyone else finds it done."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col

from storage.tables import Job


def claim(tx: Session, name: str, slot: int, now: datetime) -> bool:
    """Take a slot of a job. False where it was taken."""
    if tx.get(Job, (name, slot)) is not None:
        return False
    tx.add(Job(name=name, slot=slot, claimed_at=now))
    tx.flush()
    return True


def purge(tx: Session, before: datetime) -> int:
    """Forget slots that were taken before then."""
    return tx.connection().execute(delete(Job).where(col(Job.claimed_at) < before)).rowcount or 0
