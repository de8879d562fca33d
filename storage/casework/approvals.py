"""Requests to senior officers: answered once, by another person than who asked, and not after a day."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import update
from sqlmodel import Session, col, select

from storage import audit
from storage.ids import new_id
from storage.seal import seal_of
from storage.tables.casework import Approval
from storage.tables.register import Grant

OPEN_FOR = timedelta(hours=24)


class Matter(StrEnum):
    """What a senior officer is asked to allow."""

    LONG_WINDOW = "long window"
    MANY_OWNERS = "many owners"


def ask(tx: Session, by: Grant, matter: Matter, asked: bytes, now: datetime) -> Approval:
    """Put a request before the seniors of the asker's station."""
    row = new_id(now)
    box = seal_of(tx).close("approval.asked", row, asked)
    approval = Approval(id=row, matter=matter, station=by.station, grant_id=by.id, asked_sealed=box, asked_at=now)
    tx.add(approval)
    tx.flush()
    return approval


def asked_of(tx: Session, approval: Approval) -> bytes:
    return seal_of(tx).open("approval.asked", approval.id, approval.asked_sealed)


def decide(tx: Session, approval_id: int, by: Grant, *, allowed: bool, now: datetime) -> Approval | None:
    """The answer of a senior of that station, which leaves its line in the trace.

    None where it is not theirs to give: another station's, their own request, answered before, or too old.
    """
    approval = tx.exec(select(Approval).where(Approval.id == approval_id, Approval.station == by.station)).first()
    asker = tx.get(Grant, approval.grant_id) if approval else None
    if approval is None or asker is None or asker.person_id == by.person_id or approval.asked_at <= now - OPEN_FOR:
        return None
    once = update(Approval).where(col(Approval.id) == approval_id, col(Approval.decided_at).is_(None))
    decided = once.values(decided_at=now, decided_by=by.id, allowed=allowed)
    if not tx.connection().execute(decided).rowcount:  # of two at once, one decides
        return None
    tx.refresh(approval)
    audit.write(tx, audit.Act.ALLOW, now, by=by, approval=approval_id, allowed=allowed)
    return approval
