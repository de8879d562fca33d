"""Who wants no weekly message."""

from datetime import datetime

from sqlmodel import Session

from storage.dialect import insert_once
from storage.tables.societies import Quiet


def is_quiet(tx: Session, person_id: int) -> bool:
    return tx.get(Quiet, person_id) is not None


def be_quiet(tx: Session, person_id: int, now: datetime) -> None:
    """No weekly message to this person any more."""
    insert_once(tx, Quiet, person_id=person_id, since=now)


def speak(tx: Session, person_id: int) -> None:
    """They want it again."""
    if row := tx.get(Quiet, person_id):
        tx.delete(row)
        tx.flush()
