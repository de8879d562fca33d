"""An owner's number opened for an officer: with its row in the trace and its row for the owner, or not at all."""

from typing import Any

from sqlmodel import Session

from storage import audit, looks
from storage.looks import Eye
from storage.tables import Registration


def number_of(tx: Session, eye: Eye, registration: Registration, reason: str, act: looks.Act = looks.Act.NUMBER) -> str:
    """The phone number; empty where its owner took their consent back, and then nothing is written down."""
    phone = looks.number_of(tx, eye, registration.id, act)
    if phone:
        incident_id = eye.incident.id if eye.incident else None
        how: dict[str, Any] = {"number": registration.number, "reason": reason, "how": act}
        audit.write(tx, audit.Act.REVEAL, eye.now, by=eye.by, places=1, incident_id=incident_id, **how)
    return phone
