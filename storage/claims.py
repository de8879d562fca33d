"""Updates that were taken, so that none is taken twice; and those that failed, so that none blocks the others."""

from datetime import datetime

from sqlalchemy import and_, delete, func, or_
from sqlmodel import Session, col, select

from storage.dialect import insert_once
from storage.tables.register import Claim, Quarantine

ATTEMPTS = 3


def claim(tx: Session, channel: str, update_id: int, now: datetime) -> bool:
    """Take an update. False where it was taken before."""
    return insert_once(tx, Claim, channel=channel, update_id=update_id, at=now)


def taken(tx: Session, channel: str, update_id: int) -> bool:
    """Whether an update was taken, or set aside, before."""
    return tx.get(Claim, (channel, update_id)) is not None


def failed(tx: Session, channel: str, update_id: int, error: str, now: datetime) -> bool:
    """Count a failure. True when it was the last try: the update is set aside and counts as taken."""
    row = tx.get(Quarantine, (channel, update_id))
    if row is None:
        row = Quarantine(channel=channel, update_id=update_id, attempts=0, error=error, at=now)
        tx.add(row)
    row.attempts, row.error, row.at = row.attempts + 1, error, now
    if row.attempts >= ATTEMPTS:
        row.set_aside = claim(tx, channel, update_id, now)
    tx.flush()
    return row.set_aside


def set_aside(tx: Session) -> int:
    """How many updates lie in quarantine."""
    return tx.exec(select(func.count()).select_from(Quarantine).where(col(Quarantine.set_aside))).one()


def purge_failed(tx: Session, aside_before: datetime, tried_before: datetime) -> int:
    """Forget what was set aside before then, and what failed once or twice before then and succeeded or never came."""
    aside = and_(col(Quarantine.set_aside), col(Quarantine.at) < aside_before)
    tried = and_(~col(Quarantine.set_aside), col(Quarantine.at) < tried_before)
    return tx.connection().execute(delete(Quarantine).where(or_(aside, tried))).rowcount or 0


def purge(tx: Session, before: datetime) -> int:
    """Forget claims that no channel can deliver again (Telegram keeps updates for 24 hours)."""
    return tx.connection().execute(delete(Claim).where(col(Claim.at) < before)).rowcount or 0
