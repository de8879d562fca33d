"""Alarms about officers: written down once for each day and reason, and told to those who answer for the station."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from bot.core.casework.limits import Alarm as Kind
from storage.dialect import insert_once
from storage.ids import new_id
from storage.tables.alarms import Alarm
from storage.tables.register import Grant


def raised(tx: Session, kind: Kind, by: Grant, about: str, day: date, now: datetime, incident_id: int | None) -> int:
    """Write an alarm down: its id; 0 where the same was raised before on that day."""
    row = new_id(now)
    new = insert_once(
        tx,
        Alarm,
        id=row,
        at=now,
        day=day.toordinal(),
        kind=kind.value,
        about=about,
        person_id=by.person_id,
        grant_id=by.id,
        station=by.station,
        incident_id=incident_id,
    )
    return row if new else 0


def settle(tx: Session, alarm_id: int, by: Grant, day: date, now: datetime) -> Alarm | None:
    """Take a limit that another officer of the station reached on that day, to lift it: once; None for all else."""
    reached = (
        col(Alarm.id) == alarm_id,
        col(Alarm.kind) == Kind.REACHED,
        col(Alarm.station) == by.station,
        col(Alarm.person_id) != by.person_id,
        col(Alarm.day) == day.toordinal(),
        col(Alarm.settled_at).is_(None),
    )
    if not tx.connection().execute(update(Alarm).where(*reached).values(settled_at=now)).rowcount:
        return None
    return tx.get(Alarm, alarm_id, populate_existing=True)


def rows(tx: Session) -> Sequence[Alarm]:
    """All alarms, oldest first."""
    return tx.exec(select(Alarm).order_by(col(Alarm.id))).all()
