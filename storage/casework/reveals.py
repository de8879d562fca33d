"""An owner's number opened for an officer: with its row in the trace and its row for the owner, or not at all."""

from typing import Any

from sqlmodel import Session

from storage import audit
from storage.casework import looks, requests
from storage.casework.looks import Eye
from storage.tables.register import Registration


def number_of(tx: Session, eye: Eye, registration: Registration, reason: str, act: looks.Act = looks.Act.NUMBER) -> str:
    """The phone number; empty where its owner took their consent back, or does not want it shown for this incident.

    Then nothing is written down.
    """
    if kept_back(tx, eye, registration):
        return ""
    phone = looks.number_of(tx, eye, registration.id, act)
    if phone:
        incident_id = eye.incident.id if eye.incident else None
        how: dict[str, Any] = {"number": registration.number, "reason": reason, "how": act}
        audit.write(tx, audit.Act.REVEAL, eye.now, by=eye.by, places=1, incident_id=incident_id, **how)
    return phone


def kept_back(tx: Session, eye: Eye, registration: Registration) -> bool:
    """Whether the owner said no to this very incident."""
    return eye.incident is not None and requests.keeps_number(tx, registration.person_id, eye.incident.id)
