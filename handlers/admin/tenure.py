"""Roles and links in the course of time: told before a role ends and at its end, asleep, links that die."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot import texts
from bot.core.access import Role
from bot.core.admin.joining import role_name
from bot.core.messages import Answer, Button, Say, phrase, say
from bot.core.resident.standing import by_day
from handlers.admin import holding
from handlers.visit import House
from storage.admin import grants, invites
from storage.tables.register import Grant, Person

WEEK = timedelta(days=7)
IDLE = timedelta(days=90)


def tell_ends(tx: Session, house: House, now: datetime) -> int:
    """A week before a role ends, and when it has ended: each once, by day."""
    if not by_day(now, house.town.timezone):
        return 0
    soon, ended = grants.to_warn(tx, now, now + WEEK), grants.to_tell_end(tx, now - WEEK, now)
    for grant in soon:
        grant.warned_at = now
        assert grant.expires_at  # noqa: S101 - it ends soon, so it ends
        days = max(1, (grant.expires_at - now).days)
        holding.tell_person(tx, grant.person_id, _words(texts.ROLE_ENDS_SOON, grant, days=days), now)
    for grant in ended:
        grant.ended_at = now
        holding.tell_person(tx, grant.person_id, _words(texts.ROLE_ENDED, grant), now)
        holding.tell_person(tx, grant.person_id, holding.menu_of(tx, grant.person_id, now), now)
    return len(soon) + len(ended)


def tell_links(tx: Session, house: House, now: datetime) -> int:
    """An administrator hears when a link that they made died unused."""
    if not by_day(now, house.town.timezone):
        return 0
    dead = invites.to_tell_death(tx, now - WEEK, now)
    for link in dead:
        link.told_at = now
        words = say(
            texts.LINK_DIED, role=role_name(Role(link.role)), station=link.station, name=invites.name_of(tx, link)
        )
        holding.tell_person(tx, link.made_by or 0, words, now)
    return len(dead)


def put_to_sleep(tx: Session, _house: House, now: datetime) -> int:
    """Accounts that nobody used for ninety days (OWASP ASVS, CJIS 5.9): told, and woken by an administrator."""
    unused = grants.unused(tx, now - IDLE, now)
    for grant in unused:
        holding.put_to_sleep(tx, grant, now)
        holding.tell_person(tx, grant.person_id, asleep(grant), now)
    for person_id in {grant.person_id for grant in unused}:
        holding.tell_person(tx, person_id, holding.menu_of(tx, person_id, now), now)
    return len(unused)


def comes_back(tx: Session, person: Person, now: datetime) -> None:
    """Someone writes after a long time, before the clock came round: their account is asleep already."""
    if now - person.seen_at < IDLE:
        return
    for grant in grants.unused(tx, now - IDLE, now, person.id):
        holding.put_to_sleep(tx, grant, now)


def refusal(tx: Session, person_id: int, wanted: frozenset[Role], now: datetime) -> Answer:
    """Why something is refused: the role sleeps, or is not held."""
    sleeping = (grant for grant in grants.asleep(tx, person_id, now) if grant.role in wanted)
    return next((asleep(grant) for grant in sleeping), say(texts.NOT_FOR_YOU))


def asleep(grant: Grant) -> Say:
    """What whoever holds a sleeping role reads."""
    return _words(texts.ROLE_ASLEEP, grant, Button(phrase(texts.ASK_TO_WAKE), f"/wake:ask:{grant.id}"), days=IDLE.days)


def _words(text: str, grant: Grant, *buttons: Button, days: int = 0) -> Say:
    rows = tuple((button,) for button in buttons)
    return say(text, buttons=rows, role=role_name(Role(grant.role)), station=grant.station, days=days)
