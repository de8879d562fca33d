"""Roles that people hold: in force from the grant until they expire or are revoked."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, or_, select

from bot.core.access import Role
from storage import audit
from storage.admin.invites import name_of as invited_name
from storage.casework import factors
from storage.ids import new_id
from storage.prepared import Prepared
from storage.seal import seal_of
from storage.tables.register import Grant, Invite, Person

SLEEPING = (Role.OFFICER, Role.SENIOR, Role.STAFF, Role.ADMIN)

# made once: building a statement takes longer than running it
_LASTS = or_(col(Grant.expires_at).is_(None), col(Grant.expires_at) > bindparam("now"))
_HELD = select(Grant).where(col(Grant.revoked_at).is_(None), _LASTS)
_IN_FORCE = _HELD.where(col(Grant.asleep_at).is_(None))
_OF_PERSON = _IN_FORCE.where(Grant.person_id == bindparam("person_id")).order_by(col(Grant.id).desc())
_EVER_HELD = Prepared(select(Grant.id).where(Grant.person_id == bindparam("person_id")))
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
    """What this person holds now and does not sleep, the newest first."""
    if not _EVER_HELD.rows(tx, {"person_id": person_id}):
        return []  # as nearly everyone
    return list(tx.exec(_OF_PERSON, params={"person_id": person_id, "now": now}))


def equal(tx: Session, person_id: int, like: Grant | Invite, now: datetime) -> list[Grant]:
    """What this person holds now of the same role, at the same station, for the same society, asleep or not."""
    mine = _HELD.params(now=now).where(Grant.person_id == person_id).order_by(col(Grant.id).desc())
    return [grant for grant in tx.exec(mine) if _what(grant) == _what(like)]


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


def in_force_of(role: Role, now: datetime):  # type: ignore[no-untyped-def]  # sqlmodel's select type is not worth spelling
    """The query for everyone who holds a role now."""
    return _IN_FORCE.params(now=now).where(Grant.role == role)


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


def at_station(tx: Session, grant: Grant, station: str, now: datetime) -> Grant:
    """The same role, name and end at another station, as a grant of its own."""
    row = new_id(now)
    name = seal_of(tx).close("grant.name", row, name_of(tx, grant).encode())
    moved = Grant(
        id=row,
        person_id=grant.person_id,
        role=grant.role,
        station=station,
        society_id=grant.society_id,
        name_sealed=name,
        granted_at=now,
        expires_at=grant.expires_at,
        asleep_at=grant.asleep_at,
    )
    tx.add(moved)
    tx.flush()
    return moved


def held(tx: Session, now: datetime, role: Role | None = None) -> list[Grant]:
    """Everything that anyone holds now, asleep or not; of one role where asked."""
    query = _HELD.params(now=now).order_by(col(Grant.id))
    return list(tx.exec(query if role is None else query.where(Grant.role == role)))


def asleep(tx: Session, person_id: int, now: datetime) -> list[Grant]:
    """What this person would hold if it did not sleep."""
    return list(tx.exec(_HELD.params(now=now).where(Grant.person_id == person_id, col(Grant.asleep_at).is_not(None))))


def unused(tx: Session, before: datetime, now: datetime, person_id: int | None = None) -> list[Grant]:
    """Roles with power over others' data whose holder has not written, nor been woken, since then."""
    query = _IN_FORCE.params(now=now).join(Person, col(Person.id) == Grant.person_id)
    query = query.where(
        col(Grant.role).in_(SLEEPING),
        col(Person.seen_at) <= before,
        col(Grant.granted_at) <= before,
        or_(col(Grant.woken_at).is_(None), col(Grant.woken_at) <= before),
    )
    return list(tx.exec(query if person_id is None else query.where(Grant.person_id == person_id)))


def to_warn(tx: Session, now: datetime, until: datetime) -> list[Grant]:
    """Roles that end by then, and whose holders were not told so yet."""
    return list(tx.exec(_HELD.params(now=now).where(col(Grant.expires_at) <= until, col(Grant.warned_at).is_(None))))


def to_tell_end(tx: Session, since: datetime, now: datetime) -> list[Grant]:
    """Roles whose time ran out since then, and whose holders were not told so yet."""
    ended = (col(Grant.expires_at) > since, col(Grant.expires_at) <= now)
    query = select(Grant).where(*ended, col(Grant.revoked_at).is_(None), col(Grant.ended_at).is_(None))
    return list(tx.exec(query))
