"""What owners are told later: once for an incident, by a senior officer, with a reason, for thirty days at most."""

from datetime import datetime, timedelta

from sqlmodel import Session

from storage import audit
from storage.dialect import insert_once
from storage.seal import seal_of
from storage.tables.casework import Incident
from storage.tables.looks import Delay
from storage.tables.register import Grant

MOST = timedelta(days=30)


def put_off(tx: Session, incident: Incident, by: Grant, reason: str, days: int, now: datetime) -> tuple[bool, Delay]:
    """Tell owners of the looks for this incident only in so many days; or what was decided before: whether it is new.

    Raises ValueError for no reason, a closed incident, and more than thirty days.
    """
    span = timedelta(days=days)
    if not reason or incident.closed_at is not None or not timedelta() < span <= MOST:
        raise ValueError("a delay needs a reason, a live case, and at most thirty days")
    box = seal_of(tx).close("delay.reason", incident.id, reason.encode())
    until = now + span
    new = insert_once(tx, Delay, incident_id=incident.id, grant_id=by.id, reason_sealed=box, at=now, until=until)
    if new:
        audit.write(tx, audit.Act.DELAY, now, by=by, incident_id=incident.id, days=days, reason=reason)
    return new, tx.get_one(Delay, incident.id)


def of(tx: Session, incident_id: int) -> Delay | None:
    return tx.get(Delay, incident_id)


def reason_of(tx: Session, delay: Delay) -> str:
    return seal_of(tx).open("delay.reason", delay.incident_id, delay.reason_sealed).decode()
