"""Incidents: opened by an officer, current for some hours, closed at the end."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from bot.core.casework.incident import STAYS_CURRENT, IncidentKind, Told
from bot.core.geo import Point
from bot.core.registration import Site
from storage.ids import new_id
from storage.seal import seal_of
from storage.tables.casework import Incident, OnCase
from storage.tables.register import Grant


def begin(tx: Session, by: Grant, told: Told, now: datetime) -> Incident:
    """A new incident of the officer's station; it becomes the officer's current one."""
    row = new_id(now)
    at = told.site.point
    sealed = json.dumps({"reference": told.reference, "lat": at.lat, "lon": at.lon, "name": told.site.name})
    incident = Incident(
        id=row,
        station=by.station,
        person_id=by.person_id,
        grant_id=by.id,
        kind=told.kind,
        reference_token=_token(tx, told.reference),
        told_sealed=seal_of(tx).close("incident.told", row, sealed.encode()),
        start_at=told.start,
        end_at=told.end,
        training=told.training,
        opened_at=now,
    )
    tx.add(incident)
    tx.flush()
    take_up(tx, by.person_id, incident, now)
    return incident


def told(tx: Session, incident: Incident) -> Told:
    """What was said of an incident, opened."""
    kept = json.loads(seal_of(tx).open("incident.told", incident.id, incident.told_sealed))
    site = Site(Point(kept["lat"], kept["lon"]), kept["name"])
    kind = IncidentKind(incident.kind)
    return Told(kept["reference"], kind, site, incident.start_at, incident.end_at, incident.training)


def take_up(tx: Session, person_id: int, incident: Incident, now: datetime) -> None:
    """Make an incident the officer's current one, for twelve hours."""
    tx.merge(OnCase(person_id=person_id, incident_id=incident.id, until=now + STAYS_CURRENT))
    tx.flush()


def current(tx: Session, person_id: int, now: datetime) -> Incident | None:
    """The incident this officer works on: neither closed nor laid aside for twelve hours."""
    query = (
        select(Incident)
        .join(OnCase, col(OnCase.incident_id) == Incident.id)
        .where(OnCase.person_id == person_id, col(OnCase.until) > now, col(Incident.closed_at).is_(None))
    )
    return tx.exec(query).first()


def close(tx: Session, incident: Incident, now: datetime) -> bool:
    """End an incident. False where it was closed before."""
    if incident.closed_at is not None:
        return False
    incident.closed_at = now
    tx.connection().execute(delete(OnCase).where(col(OnCase.incident_id) == incident.id))
    return True


def get(tx: Session, incident_id: int) -> Incident | None:
    return tx.get(Incident, incident_id)


def of_station(tx: Session, station: str) -> Sequence[Incident]:
    """A station's incidents, the newest first."""
    return tx.exec(select(Incident).where(Incident.station == station).order_by(col(Incident.id).desc())).all()


def opened_by(tx: Session, person_id: int) -> Sequence[Incident]:
    """The incidents that a person opened, oldest first."""
    return tx.exec(select(Incident).where(Incident.person_id == person_id).order_by(col(Incident.id))).all()


def open_at(tx: Session, station: str) -> Sequence[Incident]:
    """A station's incidents that are not closed, the newest first."""
    opened = select(Incident).where(Incident.station == station, col(Incident.closed_at).is_(None))
    return tx.exec(opened.order_by(col(Incident.id).desc())).all()


def with_reference(tx: Session, reference: str) -> Sequence[Incident]:
    """The incidents that were opened under a reference, at whatever station; made-up ones apart."""
    tokens = seal_of(tx).tokens("incident.reference", reference.encode())
    found = select(Incident).where(col(Incident.reference_token).in_(tokens), col(Incident.training).is_(False))
    return tx.exec(found.order_by(col(Incident.id))).all()


def _token(tx: Session, reference: str) -> bytes:
    return seal_of(tx).token("incident.reference", reference.encode())
