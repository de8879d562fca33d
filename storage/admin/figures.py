"""What the public report counts: when each thing happened and at which station, never whose it was."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from bot.core.admin.report import Measure
from storage.audit import Act
from storage.tables.alarms import Alarm
from storage.tables.casework import Incident
from storage.tables.register import Registration
from storage.tables.requests import Asked, Request
from storage.tables.stations import Station
from storage.tables.trace import Audit

Events = Sequence[tuple[datetime, str]]


def of(tx: Session, measure: Measure, since: datetime, until: datetime) -> Events:
    """When and at which station; training does not count."""
    match measure:
        case Measure.REGISTRATIONS:
            return _entries(tx, since, until)
        case Measure.WITHDRAWALS:  # of the trace: what was withdrawn is destroyed one day
            return _traced(tx, Act.WITHDRAW, since, until)
        case Measure.SEARCHES:
            return _traced(tx, Act.SEARCH, since, until)
        case Measure.ALERTS:
            raised = col(Alarm.at)
            found = select(Alarm.at, Alarm.station).where(raised >= since, raised < until, _real(Alarm.incident_id))
            return tx.exec(found).all()
        case Measure.REQUESTS:
            asked_at = col(Request.asked_at)
            asked = select(Request.asked_at, Request.station).where(
                asked_at >= since, asked_at < until, _real(Request.incident_id)
            )
            return tx.exec(asked).all()
        case Measure.ANSWERS:
            at: Any = Asked.answered_at
            said = select(at, Request.station).join(Request, col(Request.id) == Asked.request_id)
            return tx.exec(said.where(at >= since, at < until, _real(Request.incident_id))).all()


def _entries(tx: Session, since: datetime, until: datetime) -> Events:
    at = col(Registration.created_at)
    query = select(at, Station.name).select_from(Registration)
    query = query.outerjoin(Station, col(Station.id) == Registration.station_id).where(at >= since, at < until)
    return [(moment, name or "") for moment, name in tx.exec(query)]


def _traced(tx: Session, act: str, since: datetime, until: datetime) -> Events:
    at, incident = col(Audit.at), col(Audit.incident_id)
    query = select(Audit.at, Audit.station).where(Audit.action == act, at >= since, at < until, _real(incident))
    return tx.exec(query).all()


def _real(incident: object):  # type: ignore[no-untyped-def]  # a condition of SQLAlchemy's, with a long name
    training = select(Incident.id).where(col(Incident.training))
    return col(incident).is_(None) | ~col(incident).in_(training)


def stations(tx: Session) -> list[str]:
    """The names of the stations, in order."""
    return list(tx.exec(select(Station.name).order_by(col(Station.name))))
