"""One-time links: 128 random bits, of which only a keyed hash is kept."""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from bot.core.access import Role
from storage.ids import new_id
from storage.seal import seal_of
from storage.tables.register import Grant, Invite

LIVES = timedelta(hours=48)
PREFIX = "i_"


def make(
    tx: Session,
    role: Role,
    station: str,
    name: str,
    role_until: datetime | None,
    now: datetime,
    *,
    society_id: int | None = None,
) -> str:
    """A new link's start payload: shown once, never kept. `society_id`: whose office-bearer it makes someone."""
    payload = PREFIX + urlsafe_b64encode(secrets.token_bytes(16)).rstrip(b"=").decode()
    row = new_id(now)
    tx.add(
        Invite(
            id=row,
            token=seal_of(tx).token("invite", payload.encode()),
            role=role,
            station=station,
            society_id=society_id,
            name_sealed=seal_of(tx).close("invite.name", row, name.encode()),
            role_until=role_until,
            created_at=now,
            expires_at=now + LIVES,
        )
    )
    return payload


def made_in_chat(link: Invite, by: Grant, second: Grant | None) -> None:
    """Write down which administrators made a link: it does not work for them."""
    link.made_by, link.seconded_by = by.person_id, second.person_id if second else None


def open_one(tx: Session, payload: str, now: datetime) -> Invite | None:
    """The link of this payload, if it is neither used nor too old."""
    tokens = seal_of(tx).tokens("invite", payload.encode())
    fresh = select(Invite).where(col(Invite.used_at).is_(None), col(Invite.expires_at) > now)
    return tx.exec(fresh.where(col(Invite.token).in_(tokens))).first()


def use(tx: Session, invite_id: int, now: datetime) -> Invite | None:
    """Use a link up: it works for exactly one caller, once. None where it was used or is too old."""
    fresh = (col(Invite.id) == invite_id, col(Invite.used_at).is_(None), col(Invite.expires_at) > now)
    used = tx.connection().execute(update(Invite).where(*fresh).values(used_at=now))
    return tx.get(Invite, invite_id, populate_existing=True) if used.rowcount else None


def waiting(tx: Session, now: datetime) -> Sequence[Invite]:
    """The links that can still be used, oldest first."""
    fresh = (col(Invite.used_at).is_(None), col(Invite.expires_at) > now)
    return tx.exec(select(Invite).where(*fresh).order_by(col(Invite.id))).all()


def waiting_for(tx: Session, society_id: int, now: datetime) -> int:
    """How many unused links would make someone this society's office-bearer."""
    return sum(invite.society_id == society_id for invite in waiting(tx, now))


def withdraw_for(tx: Session, society_id: int, now: datetime) -> int:
    """End every unused link that would make someone this society's office-bearer; how many there were."""
    fresh = (col(Invite.society_id) == society_id, col(Invite.used_at).is_(None), col(Invite.expires_at) > now)
    return tx.connection().execute(update(Invite).where(*fresh).values(expires_at=now)).rowcount or 0


def withdraw(tx: Session, invite_id: int, now: datetime) -> bool:
    """End a link before anyone uses it. False where it was used or is too old."""
    fresh = (col(Invite.id) == invite_id, col(Invite.used_at).is_(None), col(Invite.expires_at) > now)
    return bool(tx.connection().execute(update(Invite).where(*fresh).values(expires_at=now)).rowcount)


def withdraw_those_of(tx: Session, person_id: int, now: datetime) -> Sequence[Invite]:
    """End every unused link that an administrator made: which they were."""
    links = [link for link in waiting(tx, now) if link.made_by == person_id]
    for link in links:
        link.expires_at = link.told_at = now
    tx.flush()
    return links


def to_tell_death(tx: Session, since: datetime, now: datetime) -> Sequence[Invite]:
    """Links made by administrators that died unused since then, and of which they were not told yet."""
    died = (col(Invite.expires_at) > since, col(Invite.expires_at) <= now, col(Invite.used_at).is_(None))
    return tx.exec(select(Invite).where(*died, col(Invite.made_by).is_not(None), col(Invite.told_at).is_(None))).all()


def get(tx: Session, invite_id: int) -> Invite | None:
    return tx.get(Invite, invite_id)


def name_of(tx: Session, invite: Invite) -> str:
    return seal_of(tx).open("invite.name", invite.id, invite.name_sealed).decode()


def purge(tx: Session, before: datetime) -> int:
    """Drop links that died before then."""
    return tx.connection().execute(delete(Invite).where(col(Invite.expires_at) < before)).rowcount or 0
