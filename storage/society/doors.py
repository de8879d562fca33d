"""A society's doors into the sign-up: public links of 128 random bits that say nothing about anyone."""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from bot.core.society.society import Purpose
from storage.ids import new_id
from storage.seal import seal_of
from storage.tables.societies import Door, Society

PREFIX = "s_"


def of(tx: Session, society: Society, now: datetime) -> Sequence[Door]:
    """A society's doors, one for each purpose; those that are missing are made."""
    found = {door.purpose: door for door in tx.exec(select(Door).where(Door.society_id == society.id))}
    return [found.get(purpose) or _make(tx, society, purpose, now) for purpose in Purpose]


def through(tx: Session, payload: str) -> Door | None:
    """The door that a start payload opens; none where it was shut, renewed, or never was."""
    tokens = seal_of(tx).tokens("door", payload.encode())
    query = select(Door).join(Society, col(Society.id) == Door.society_id)
    is_open = (col(Door.shut_at).is_(None), col(Society.closed_at).is_(None))
    return tx.exec(query.where(col(Door.token).in_(tokens), *is_open)).first()


def get(tx: Session, door_id: int) -> Door | None:
    return tx.get(Door, door_id)


def payload_of(tx: Session, door: Door) -> str:
    return seal_of(tx).open("door.payload", door.id, door.payload_sealed).decode()


def renew(tx: Session, door: Door, now: datetime) -> None:
    """Another link in the place of the old one, which opens nothing from now on; the counts go on."""
    payload = PREFIX + urlsafe_b64encode(secrets.token_bytes(16)).rstrip(b"=").decode()
    door.token = seal_of(tx).token("door", payload.encode())
    door.payload_sealed = seal_of(tx).close("door.payload", door.id, payload.encode())
    door.made_at, door.shut_at = now, None
    tx.add(door)
    tx.flush()


def shut(door: Door, now: datetime) -> bool:
    """Withdraw a link. False where it had been withdrawn before."""
    if door.shut_at is not None:
        return False
    door.shut_at = now
    return True


def _make(tx: Session, society: Society, purpose: Purpose, now: datetime) -> Door:
    row = new_id(now)
    door = Door(id=row, society_id=society.id, purpose=purpose, token=b"", payload_sealed=b"", made_at=now)
    renew(tx, door, now)
    return door
