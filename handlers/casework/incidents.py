"""`/incident` opens an incident, or takes up one that is open; it is the reason of every look that follows."""

import re
from collections.abc import Sequence

from bot import texts
from bot.core.access import Action
from bot.core.casework import opening
from bot.core.casework.incident import Told
from bot.core.casework.incident_words import card, name_of
from bot.core.casework.opening_questions import NeedReference, Stage, question
from bot.core.casework.search import Search
from bot.core.messages import Answer, Command, Say, Text, say
from handlers import seniors
from handlers.casework.approving import ask_for_a_long_window
from handlers.casework.looking import find
from handlers.visit import Visit
from storage import audit
from storage.admin import grants
from storage.casework import incidents
from storage.tables.casework import Incident

_PARTS = re.compile(r"[;\n]")


def command(visit: Visit) -> Sequence[Answer]:
    """`/incident`, which asks; `/incident <reference>; <kind>; <place>; <window>` answers it beforehand."""
    words = visit.got.rest if isinstance(visit.got, Command) else ""
    visit.push(NeedReference())
    answers: Sequence[Answer] = ask_again(visit)
    for part in filter(None, map(str.strip, _PARTS.split(words))):
        before, visit.got = visit.stage, Text(part)
        answers = answered(visit)
        if visit.stage == before or not isinstance(visit.stage, Stage):
            break
    visit.asked = isinstance(visit.stage, Stage)
    return answers


def ask_again(visit: Visit) -> Sequence[Say]:
    """The question that is open, once more."""
    return question(visit.stage, visit.house.training) if isinstance(visit.stage, Stage) else ()


def answered(visit: Visit) -> Sequence[Answer]:
    """One answer; the last one opens the incident, and the search that waited for it is made."""
    stage = visit.stage
    assert isinstance(stage, Stage)  # noqa: S101 - routes.py brings only these here
    turn = opening.step(stage, visit.got, _desk(visit))
    visit.becomes(turn.stage)
    match turn.effect:
        case opening.Open(told, wanted):
            return _opened(visit, told, wanted)
        case opening.TakeUp(incident_id, wanted):
            return take_up(visit, incidents.get(visit.tx, incident_id), wanted)
        case opening.AskSenior(told):
            return ask_for_a_long_window(visit, told)
    return turn.says


def _desk(visit: Visit) -> opening.Desk:
    def known(reference: str) -> tuple[opening.Known, ...]:
        station = visit.grant_for(Action.CASEWORK).station
        found = incidents.with_reference(visit.tx, reference)
        return tuple(opening.Known(one.id, one.station, one.station == station, not one.closed_at) for one in found)

    return opening.Desk(visit.house.town, visit.now, visit.house.training, known)


def _opened(visit: Visit, told: Told, wanted: Search | None) -> Sequence[Answer]:
    by = visit.grant_for(Action.CASEWORK)
    incident = incidents.begin(visit.tx, by, told, visit.now)
    audit.write(visit.tx, audit.Act.OPEN, visit.now, by=by, incident_id=incident.id)
    return _current(visit, told, wanted)


def _current(visit: Visit, told: Told, wanted: Search | None) -> Sequence[Answer]:
    """What the officer now works on; and the answer to the search that waited."""
    incident = card(told, visit.house.town.zone)
    if wanted is None:
        return (say(texts.INCIDENT_OPENED, incident=incident, replace=True),)
    return (say(texts.INCIDENT_CURRENT, incident=incident, replace=True), *find(visit, wanted))


def take_up(visit: Visit, incident: Incident | None, wanted: Search | None = None) -> Sequence[Answer]:
    """Make an open incident one's current one; where it is another station's, those who answer for that are told."""
    if incident is None or (incident.training and not visit.house.training):
        return (say(texts.INCIDENT_GONE),)
    told = incidents.told(visit.tx, incident)
    if incident.closed_at:
        return (say(texts.INCIDENT_CLOSED_NOW, reference=name_of(told.reference)),)
    by = visit.grant_for(Action.CASEWORK)
    incidents.take_up(visit.tx, by.person_id, incident, visit.now)
    audit.write(visit.tx, audit.Act.TAKE_UP, visit.now, by=by, incident_id=incident.id)
    if incident.station != by.station:
        who = grants.name_of(visit.tx, by)
        note = say(texts.TAKEN_UP_ELSEWHERE, who=who, station=by.station, reference=name_of(told.reference))
        told_to = seniors.answerable(visit.tx, incident.station, visit.now, by.person_id)
        seniors.tell(visit.tx, told_to, note, visit.now)
    return _current(visit, told, wanted)
