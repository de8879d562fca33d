"""Roles given, changed, asleep and ended: written down, the person told, their command menu changed with it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from bot import texts
from bot.core.access import Role
from bot.core.admin.joining import role_name
from bot.core.messages import Answer, Menu, Phrase, Say, phrase, say
from handlers import mail
from storage import audit, people
from storage.admin import grants, invites
from storage.society import societies
from storage.tables.register import Grant
from storage.tables.societies import Society


def end(tx: Session, grant: Grant, now: datetime, *, by: Grant | None = None) -> bool:
    """End a role at once, with the links its holder made, and tell them. False where it had been revoked before."""
    if not grants.revoke(grant, now):
        return False
    audit.write(tx, audit.Act.REVOKE, now, by=by or grant, role=grant.role, grant=grant.id)
    if grant.role == Role.ADMIN:
        for link in invites.withdraw_those_of(tx, grant.person_id, now):
            audit.write(tx, audit.Act.REVOKE, now, station=link.station, role=link.role, invite=link.id)
    tx.flush()
    if not grants.equal(tx, grant.person_id, grant, now):
        _tell(tx, grant, texts.ROLE_ENDED, now)
    tell_person(tx, grant.person_id, menu_of(tx, grant.person_id, now), now)
    return True


def extend(tx: Session, grant: Grant, days: int, by: Grant, now: datetime) -> None:
    """It lasts so many days from now, if that is longer than it lasts anyway."""
    until = now + timedelta(days=days)
    if grant.expires_at and grant.expires_at < until:
        grant.expires_at, grant.warned_at = until, None
    audit.write(tx, audit.Act.EXTEND, now, by=by, grant=grant.id, days=days)
    _tell(tx, grant, texts.ROLE_EXTENDED, now, days=days)


def move(tx: Session, grant: Grant, station: str, by: Grant, now: datetime) -> Grant:
    """The same role at another station: a grant of its own, so that the trace stays true of both."""
    grants.revoke(grant, now)
    moved = grants.at_station(tx, grant, station, now)
    audit.write(tx, audit.Act.MOVE, now, by=by, grant=grant.id, moved_to=moved.id, role=grant.role)
    _tell(tx, moved, texts.ROLE_MOVED, now)
    return moved


def put_to_sleep(tx: Session, grant: Grant, now: datetime) -> None:
    """Nobody used the account for long: what it may do stops until an administrator wakes it."""
    grant.asleep_at = now
    audit.write(tx, audit.Act.SLEEP, now, by=grant, role=grant.role)


def wake(tx: Session, grant: Grant, by: Grant, now: datetime) -> None:
    grant.asleep_at, grant.woken_at = None, now
    audit.write(tx, audit.Act.WAKE, now, by=by, grant=grant.id, role=grant.role)
    tx.flush()
    _tell(tx, grant, texts.ROLE_WOKEN, now)
    tell_person(tx, grant.person_id, menu_of(tx, grant.person_id, now), now)


def tell_person(tx: Session, person_id: int, answer: Answer, now: datetime) -> None:
    if person := people.get(tx, person_id):
        mail.post(tx, person, answer, now)


def tell_admins(tx: Session, answer: Answer, now: datetime, *, but: frozenset[int] = frozenset()) -> int:
    """Tell every administrator who is awake, except those people; how many were told."""
    told = {grant.person_id for grant in grants.holders(tx, Role.ADMIN, now)} - but
    for person_id in sorted(told):
        tell_person(tx, person_id, answer, now)
    return len(told)


def _tell(tx: Session, grant: Grant, text: str, now: datetime, *, days: int = 0) -> None:
    words = say(text, role=role_name(Role(grant.role)), station=grant.station, days=days)
    tell_person(tx, grant.person_id, words, now)


def menu_of(tx: Session, person_id: int, now: datetime) -> Menu:
    """The commands that someone's menu offers now."""
    return Menu(frozenset(Role(grant.role) for grant in grants.in_force(tx, person_id, now)))


def tell_bearers(tx: Session, society: Society, words: Say, now: datetime) -> None:
    """A message to each office-bearer of a society."""
    for grant in grants.bearers(tx, society.id, now):
        if person := people.get(tx, grant.person_id):
            mail.post(tx, person, words, now)


BEGINS = {
    Role.OFFICER: texts.OFFICER_BEGINS,
    Role.SENIOR: texts.OFFICER_BEGINS,
    Role.STAFF: texts.STAFF_BEGINS,
    Role.BEARER: texts.BEARER_BEGINS,
    Role.ADMIN: texts.ADMIN_BEGINS,
}


def welcome(tx: Session, held: Sequence[Grant]) -> Say:
    """What each of these roles is, and where to begin."""
    roles = (phrase(texts.ROLE_GRANTED, role=_named(tx, grant), station=grant.station) for grant in held)
    begins = dict.fromkeys(BEGINS[Role(grant.role)] for grant in held)
    return Say((*roles, *map(phrase, begins), phrase(texts.HELP_SHOWS)))


def _named(tx: Session, grant: Grant) -> Phrase:
    """A role by its name; an office-bearer's by their society's."""
    society = societies.get(tx, grant.society_id) if grant.society_id else None
    if society is None:
        return role_name(Role(grant.role))
    return phrase(texts.ROLE_BEARER_OF, society=societies.named(tx, society).name)
