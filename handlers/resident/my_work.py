"""What is kept about somebody who serves: roles, incidents, codes, counts. The lines of `/mydata` about it."""

from datetime import datetime

from bot import texts
from bot.core.access import Action, Role, may
from bot.core.admin.joining import role_name
from bot.core.casework.incident_words import kind_of, name_of
from bot.core.messages import Phrase, counted, phrase
from handlers.visit import Visit
from storage.admin import grants
from storage.casework import factors, incidents
from storage.tables.casework import Incident
from storage.tables.register import Grant


def lines(visit: Visit) -> list[Phrase]:
    """Nothing for whoever never held a role."""
    held = grants.of(visit.tx, visit.person.id)
    said = [_role(visit, grant) for grant in held] + _incidents(visit)
    if factor := factors.of(visit.tx, visit.person.id):
        said.append(phrase(texts.MYDATA_FACTOR, date=when(visit, factor.made_at)))
    if any(may(frozenset({Role(grant.role)}), Action.SEARCH) for grant in held):
        said.append(phrase(texts.MYDATA_WATCHED))
    return said


def _role(visit: Visit, grant: Grant) -> Phrase:
    ends = grant.revoked_at or grant.expires_at
    return phrase(
        texts.MYDATA_ROLE,
        role=role_name(Role(grant.role)),
        station=grant.station,
        name=grants.name_of(visit.tx, grant),
        since=when(visit, grant.granted_at),
        until=when(visit, ends) if ends else phrase(texts.NO_END),
    )


def _incidents(visit: Visit) -> list[Phrase]:
    """How many this person opened, each with its reference, and the one they work on, whoever opened it."""
    opened = incidents.opened_by(visit.tx, visit.person.id)
    said = [counted(texts.MYDATA_INCIDENTS, len(opened)), *(_incident(visit, one) for one in opened)] if opened else []
    if current := incidents.current(visit.tx, visit.person.id, visit.now):
        reference = name_of(incidents.told(visit.tx, current).reference)
        said.append(phrase(texts.MYDATA_CURRENT, reference=reference))
    return said


def _incident(visit: Visit, incident: Incident) -> Phrase:
    told, closed = incidents.told(visit.tx, incident), incident.closed_at
    return phrase(
        texts.MYDATA_INCIDENT,
        reference=name_of(told.reference),
        kind=kind_of(told.kind),
        opened=when(visit, incident.opened_at),
        closed=when(visit, closed) if closed else phrase(texts.MYDATA_NOT_CLOSED),
    )


def when(visit: Visit, moment: datetime) -> str:
    """The day and the time in town: `24-11-2026 09:30`."""
    return moment.astimezone(visit.house.town.zone).strftime("%d-%m-%Y %H:%M")
