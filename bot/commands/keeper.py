"""What the keeper of the bot does from the command line: grant by link, list, revoke, withdraw a link."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlmodel import Session
from telegram.error import TelegramError

from bot.app import now
from bot.client import telegram_bot
from bot.core.access import Role
from bot.core.admin.joining import role_name
from bot.core.casework.factor import HAVE_ONE
from bot.settings import Settings, SettingsError
from bot.words import words
from handlers.admin import holding
from storage import audit
from storage.admin import grants, invites
from storage.casework import factors
from storage.engine import Store
from storage.station import stations
from storage.tables.register import Grant, Invite

GRANTABLE = tuple(role.value for role in Role if role is not Role.RESIDENT)


class Invited(NamedTuple):
    """A new one-time link's payload, and the seed of the second factor, for roles that have one."""

    payload: str
    seed: str


def invite(store: Store, role: Role, station: str, name: str, lasts: timedelta) -> Invited:
    """A new one-time link."""
    return store.run(lambda tx: _invite(tx, role, station.strip(), name.strip(), now(), lasts))


def _invite(tx: Session, role: Role, station: str, name: str, moment: datetime, lasts: timedelta) -> Invited:
    known = stations.find(tx, station)
    station = known.name if known else station
    payload = invites.make(tx, role, station, name, moment + lasts, moment)
    link = invites.open_one(tx, payload, moment)
    audit.write(tx, audit.Act.INVITE, moment, station=station, role=role, invite=link.id if link else None)
    return Invited(payload, factors.make_for_link(tx, link.id, moment) if link and role in HAVE_ONE else "")


def without_outline(store: Store, station: str) -> str:
    """What to know of a station whose outline was not imported; nothing where there is one."""
    return store.run(lambda tx: _without_outline(tx, station))


def _without_outline(tx: Session, station: str) -> str:
    if stations.find(tx, station):
        return ""
    known = ", ".join(one.name for one in stations.every(tx))
    return f"No outline of a station {station} was imported (known: {known or 'none'}): /area and counts lack it."


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


async def unhook(settings: Settings) -> str:
    """Delete the webhook and say which it was. Raises SettingsError where Telegram does not do it."""
    bot = telegram_bot(settings)
    try:
        await bot.initialize()
        hook = await bot.get_webhook_info()
        await bot.delete_webhook()
    except TelegramError as error:
        raise SettingsError(f"Telegram did not delete the webhook ({type(error).__name__})") from None
    finally:
        await bot.shutdown()
    return f"deleted: {hook.url}" if hook.url else "none was set"


def roles(store: Store) -> list[str]:
    """A line for each grant there ever was, then for each link that can still be used."""
    return store.run(lambda tx: list(_lines(tx, now())))


def _lines(tx: Session, moment: datetime) -> Iterator[str]:
    found = grants.every(tx)
    if not found:
        yield 'nobody holds a role yet: citizen-eye invite officer --station Palasia --name "SI, Palasia 1"'
    for grant in found:
        name = grants.name_of(tx, grant)
        since, state = f"since {grant.granted_at:%Y-%m-%d}", _state(grant, moment)
        yield f"{grant.id}  {grant.role:8} {grant.station} · {name} · {since} · {state}"
    for link in invites.waiting(tx, moment):
        name, dies = invites.name_of(tx, link), f"dies {link.expires_at:%Y-%m-%d %H:%M} UTC"
        yield f"{link.id}  {link.role:8} {link.station} · {name} · a link, not used yet · {dies}"


def _state(grant: Grant, moment: datetime) -> str:
    if grant.revoked_at:
        return f"revoked {grant.revoked_at:%Y-%m-%d}"
    if grant.asleep_at and (grant.expires_at is None or grant.expires_at > moment):
        return f"asleep since {grant.asleep_at:%Y-%m-%d}"
    if grant.expires_at and grant.expires_at <= moment:
        return f"ended {grant.expires_at:%Y-%m-%d}"
    return f"until {grant.expires_at:%Y-%m-%d}" if grant.expires_at else "without an end"


def revoke(store: Store, number: int) -> tuple[str, bool]:
    """End a role, or an unused link, at once: what was said, and whether anything was ended."""
    return store.run(lambda tx: _revoke(tx, number, now()))


def _revoke(tx: Session, number: int, moment: datetime) -> tuple[str, bool]:
    if grant := grants.get(tx, number):
        return _end_role(tx, grant, moment)
    if link := invites.get(tx, number):
        return _withdraw(tx, link, moment)
    return "no grant and no link has that number; `citizen-eye roles` lists them", False


def _end_role(tx: Session, grant: Grant, moment: datetime) -> tuple[str, bool]:
    if not holding.end(tx, grant, moment):
        return "that role had been revoked before", False
    left = grants.in_force(tx, grant.person_id, moment)
    still = "".join(f"\nthis person still holds: {other.id}  {_named(other)}" for other in left)
    return f"revoked: {_named(grant)}{still}", True


def _withdraw(tx: Session, link: Invite, moment: datetime) -> tuple[str, bool]:
    if not invites.withdraw(tx, link.id, moment):
        used = "used: `citizen-eye roles` shows the role it gave" if link.used_at else "dead before"
        return f"that link was {used}", False
    audit.write(tx, audit.Act.REVOKE, moment, station=link.station, role=link.role, invite=link.id)
    return f"withdrawn: the link for {_named(link)}", True


def _named(held: Grant | Invite) -> str:
    return f"{words(role_name(Role(held.role)), 'en')}, {held.station}"
