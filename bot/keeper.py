"""What the keeper of the bot does from the command line: grant by link, list, revoke."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlmodel import Session
from telegram.error import TelegramError

from bot import texts
from bot.app import now, telegram_bot
from bot.core.access import Role
from bot.core.joining import role_name
from bot.core.messages import say
from bot.settings import Settings
from bot.words import words
from handlers import menus, turn
from storage import audit, grants, invites, people
from storage.engine import Store
from storage.tables import Grant

GRANTABLE = tuple(role.value for role in Role if role is not Role.RESIDENT)


def invite(store: Store, role: Role, station: str, name: str, lasts: timedelta) -> str:
    """A new one-time link's payload."""
    moment = now()
    return store.run(lambda tx: invites.make(tx, role, station.strip(), name.strip(), moment + lasts, moment))


async def bot_username(settings: Settings) -> str:
    """The bot's name on Telegram; empty without a token or a connection."""
    if not settings.telegram_token.get_secret_value():
        return ""
    bot = telegram_bot(settings)
    try:
        await bot.initialize()
    except TelegramError:
        return ""
    else:
        return bot.username
    finally:
        await bot.shutdown()


def roles(store: Store) -> list[str]:
    """A line for each grant there ever was."""
    return store.run(lambda tx: list(_lines(tx, now())))


def _lines(tx: Session, moment: datetime) -> Iterator[str]:
    found = grants.every(tx)
    if not found:
        yield 'nobody holds a role yet: citizen-eye invite officer --station Palasia --name "SI, Palasia 1"'
    for grant in found:
        name = grants.name_of(tx, grant)
        since, state = f"since {grant.granted_at:%Y-%m-%d}", _state(grant, moment)
        yield f"{grant.id}  {grant.role:8} {grant.station} · {name} · {since} · {state}"


def _state(grant: Grant, moment: datetime) -> str:
    if grant.revoked_at:
        return f"revoked {grant.revoked_at:%Y-%m-%d}"
    if grant.expires_at and grant.expires_at <= moment:
        return f"ended {grant.expires_at:%Y-%m-%d}"
    return f"until {grant.expires_at:%Y-%m-%d}" if grant.expires_at else "without an end"


def revoke(store: Store, grant_id: int) -> tuple[str, bool]:
    """End a role at once: what was said, and whether anything was ended."""
    return store.run(lambda tx: _revoke(tx, grant_id, now()))


def _revoke(tx: Session, grant_id: int, moment: datetime) -> tuple[str, bool]:
    grant = grants.get(tx, grant_id)
    if grant is None:
        return "no grant has that number; `citizen-eye roles` lists them", False
    if not grants.revoke(grant, moment):
        return "that role had been revoked before", False
    audit.write(tx, audit.Act.REVOKE, moment, by=grant, role=grant.role)
    person = people.get(tx, grant.person_id)
    if person:
        left = frozenset(Role(other.role) for other in grants.in_force(tx, person.id, moment))
        turn.post(tx, person, say(texts.ROLE_ENDED, role=role_name(Role(grant.role)), station=grant.station), moment)
        turn.post(tx, person, menus.for_roles(left), moment)
    return f"revoked: {words(role_name(Role(grant.role)), 'en')}, {grant.station}", True
