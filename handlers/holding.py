"""Roles given and ended: written down, the person told, their command menu changed with it."""

from datetime import datetime

from sqlmodel import Session

from bot import texts
from bot.core.access import Role
from bot.core.joining import role_name
from bot.core.messages import Menu, Say, phrase, say
from handlers import mail, menus
from storage import audit, grants, people
from storage.spread_tables import Society
from storage.tables import Grant


def end(tx: Session, grant: Grant, now: datetime, *, by: Grant | None = None) -> bool:
    """End a role at once and tell whoever held it. False where it had been revoked before."""
    if not grants.revoke(grant, now):
        return False
    audit.write(tx, audit.Act.REVOKE, now, by=by or grant, role=grant.role, grant=grant.id)
    if person := people.get(tx, grant.person_id):
        if not grants.equal(tx, person.id, grant, now):
            ended = say(texts.ROLE_ENDED, role=role_name(Role(grant.role)), station=grant.station)
            mail.post(tx, person, ended, now)
        mail.post(tx, person, menu_of(tx, person.id, now), now)
    return True


def menu_of(tx: Session, person_id: int, now: datetime) -> Menu:
    """The commands that someone's menu offers now."""
    return menus.for_roles(frozenset(Role(grant.role) for grant in grants.in_force(tx, person_id, now)))


def tell_bearers(tx: Session, society: Society, words: Say, now: datetime) -> None:
    """A message to each office-bearer of a society."""
    for grant in grants.bearers(tx, society.id, now):
        if person := people.get(tx, grant.person_id):
            mail.post(tx, person, words, now)


def welcome(grant: Grant) -> Say:
    """What a new role lets one do, and where to begin."""
    lines = [phrase(texts.ROLE_GRANTED, role=role_name(Role(grant.role)), station=grant.station)]
    if grant.role == Role.BEARER:
        lines.append(phrase(texts.BEARER_BEGINS))
    return Say(tuple(lines))
