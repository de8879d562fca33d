"""Scheduled work as rows: whoever inserts (job, slot) first does it, everyone else finds it done."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col

from storage.dialect import insert_once
from storage.tables.register import Job


def claim(tx: Session, name: str, slot: int, now: datetime) -> bool:
    """Take a slot of a job. False where it was taken."""
    return insert_once(tx, Job, name=name, slot=slot, claimed_at=now)


def purge(tx: Session, before: datetime) -> int:
    """Forget slots that were taken before then."""
    return tx.connection().execute(delete(Job).where(col(Job.claimed_at) < before)).rowcount or 0
