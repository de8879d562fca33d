"""The officer's second factor in the chat: whether a code is needed, and what becomes of the one that was typed."""

from datetime import datetime

from bot import texts
from bot.core.access import Action, Role
from bot.core.casework.factor import LOCK, MOST_WRONG, Tried
from bot.core.messages import Erase, Say, counted, say
from handlers.mail import post
from handlers.visit import Visit
from storage import audit, kept, people
from storage.admin import grants
from storage.casework import factors
from storage.tables.factors import Factor


def refused(visit: Visit) -> Say | None:
    """What keeps this officer from going on: no second factor, or one that is locked."""
    factor = factors.of(visit.tx, visit.person.id)
    if factor is None:
        return say(texts.NO_FACTOR)
    return _locked(visit, factor) if factors.locked(factor, visit.now) else None


def fresh(visit: Visit) -> bool:
    """Whether no code is needed: one was right less than thirty minutes ago."""
    factor = factors.of(visit.tx, visit.person.id)
    return factor is not None and factors.fresh(factor, visit.now)


def enter(visit: Visit, code: str) -> tuple[Tried, Say]:
    """Try a code, delete the message that it stood in, and write down what was wrong with it; what to say then."""
    take_back(visit)
    factor = factors.of(visit.tx, visit.person.id)
    if factor is None:
        return Tried.LOCKED, say(texts.NO_FACTOR)
    tried = factors.enter(visit.tx, factor, code, visit.now)
    if tried is not Tried.RIGHT:
        _write_down(visit, tried)
    match tried:
        case Tried.USED:
            return tried, say(texts.CODE_USED)
        case Tried.LOCKS:
            _tell_administrators(visit, factor)
            return tried, say(texts.CODE_LOCKS, time=_time(visit, factor.locked_until))
        case Tried.LOCKED:
            return tried, _locked(visit, factor)
    return tried, say(counted(texts.CODE_WRONG, MOST_WRONG - factor.wrong))


def take_back(visit: Visit) -> None:
    """Delete the message that this update brought, where the channel lets us."""
    if visit.message:
        name = f"code {visit.message}"
        kept.remember(visit.tx, kept.named(visit.tx, visit.person.id, name, visit.now), visit.message, visit.now)
        post(visit.tx, visit.person, Erase(name), visit.now)


def _write_down(visit: Visit, tried: Tried) -> None:
    act = audit.Act.LOCK if tried is Tried.LOCKS else audit.Act.CODE
    incident_id = visit.incident.id if visit.incident else None
    audit.write(visit.tx, act, visit.now, by=visit.grant_for(Action.REVEAL), incident_id=incident_id, tried=tried)


def _tell_administrators(visit: Visit, factor: Factor) -> None:
    """Those of the officer's station, or where it has none, all of them."""
    by = visit.grant_for(Action.REVEAL)
    others = [one for one in grants.holders(visit.tx, Role.ADMIN, visit.now) if one.person_id != visit.person.id]
    words = say(
        texts.CODE_LOCKED_TOLD,
        name=grants.name_of(visit.tx, by),
        station=by.station,
        time=_time(visit, factor.locked_until),
    )
    for admin in [one for one in others if one.station == by.station] or others:
        if person := people.get(visit.tx, admin.person_id):
            post(visit.tx, person, words, visit.now)


def _locked(visit: Visit, factor: Factor) -> Say:
    return say(texts.CODE_LOCKED, time=_time(visit, factor.locked_until))


def _time(visit: Visit, moment: datetime | None) -> str:
    return f"{(moment or visit.now + LOCK).astimezone(visit.house.town.zone):%H:%M}"
