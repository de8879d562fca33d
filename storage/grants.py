"""Roles that people hold: in force from the grant until they expire or are revoked."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, or_, select

from bot.core.access import Role
from storage import audit, factors
from storage.ids import new_id
from storage.invites import name_of as invited_name
from storage.seal import seal_of
from storage.tables import Grant, Invite

# made once: building a statement takes longer than running it
_LASTS = or_(col(Grant.expires_at).is_(None), col(Grant.expires_at) > bindparam("now"))
_IN_FORCE = select(Grant).where(col(Grant.revoked_at).is_(None), _LASTS)
_OF_PERSON = _IN_FORCE.where(Grant.person_id == bindparam("person_id")).order_by(col(Grant.id).desc())
_OF_ROLE = _IN_FORCE.where(Grant.role == bindparam("role")).order_by(col(Grant.id))


def give(tx: Session, person_id: int, invite: Invite, now: datetime) -> Grant:
    """Grant what a link promised; it takes the place of an equal role, so that one revocation ends it."""
    for same in equal(tx, person_id, invite, now):
        revoke(same, now)
        audit.write(tx, audit.Act.REVOKE, now, by=same, role=same.role, replaced_by_invite=invite.id)
    row = new_id(now)
    grant = Grant(
        id=row,
        person_id=person_id,
        role=invite.role,
        station=invite.station,
        society_id=invite.society_id,
        name_sealed=seal_of(tx).close("grant.name", row, invited_name(tx, invite).encode()),
        granted_at=now,
        expires_at=invite.role_until,
    )
    tx.add(grant)
    tx.flush()
    factors.take_over(tx, invite.id, person_id)
    return grant


def in_force(tx: Session, person_id: int, now: datetime) -> list[Grant]:
    """What this person holds now, the newest first."""
    return list(tx.exec(_OF_PERSON, params={"person_id": person_id, "now": now}))


def equal(tx: Session, person_id: int, like: Grant | Invite, now: datetime) -> list[Grant]:
    """What this person holds now of the same role, at the same station, for the same society."""
    return [grant for grant in in_force(tx, person_id, now) if _what(grant) == _what(like)]


def _what(held: Grant | Invite) -> tuple[str, str, int | None]:
    return held.role, held.station, held.society_id


def bearers(tx: Session, society_id: int, now: datetime) -> list[Grant]:
    """Who spreads the word for a society now."""
    return [grant for grant in holders(tx, Role.BEARER, now) if grant.society_id == society_id]


def of(tx: Session, person_id: int) -> list[Grant]:
    """Whatever this person holds or ever held, the newest first."""
    return list(tx.exec(select(Grant).where(Grant.person_id == person_id).order_by(col(Grant.id).desc())))


def holders(tx: Session, role: Role, now: datetime) -> list[Grant]:
    """Everyone who holds a role now."""
    return list(tx.exec(_OF_ROLE, params={"role": role, "now": now}))


def every(tx: Session) -> Sequence[Grant]:
    """All grants there ever were, oldest first."""
    return tx.exec(select(Grant).order_by(col(Grant.id))).all()


def get(tx: Session, grant_id: int) -> Grant | None:
    return tx.get(Grant, grant_id)


def revoke(grant: Grant, now: datetime) -> bool:
    """End a role at once. False where it had been revoked before."""
    if grant.revoked_at is not None:
        return False
    grant.revoked_at = now
    return True


def name_of(tx: Session, grant: Grant) -> str:
    return seal_of(tx).open("grant.name", grant.id, grant.name_sealed).decode()
