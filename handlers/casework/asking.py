"""An officer asks owners for help: from a search's results to a request, and to the thank-you at the end."""

from collections.abc import Sequence
from datetime import timedelta

from pydantic import TypeAdapter

from bot import texts
from bot.core.access import Action
from bot.core.casework import asking
from bot.core.casework import request as words
from bot.core.casework.asking import NeedSend, NeedWhom
from bot.core.casework.request import MOST, MOST_ALONE, Wanted
from bot.core.casework.search_answer import Order
from bot.core.messages import Answer, Button, Say, counted, phrase, say
from bot.core.turn import hinted, in_place
from handlers import seniors
from handlers.casework import requests as sending
from handlers.casework.looking import first_of, searched_by
from handlers.visit import Visit, argument, row_named
from storage import audit
from storage.admin import grants
from storage.casework import approvals, incidents, requests
from storage.casework.approvals import Matter
from storage.casework.requests import Plan
from storage.tables.casework import Approval, Incident
from storage.tables.register import Grant, Registration

NOT_AGAIN = timedelta(hours=24)  # nobody is asked twice a day for one incident
ASKED = TypeAdapter(NeedSend)
Whom = dict[int, list[Registration]]


def begin(visit: Visit) -> Sequence[Answer]:
    """The button `/ask:<search>:<order>` under a search's results."""
    searched = searched_by(visit, row_named(visit, 1))
    if isinstance(searched, Say):
        return (searched,)
    incident = incidents.current(visit.tx, visit.person.id, visit.now)
    if incident is None:
        return (say(texts.ASK_NEEDS_INCIDENT),)
    order = Order.SOON if argument(visit, 2) == Order.SOON else Order.USUAL
    reachable = first_of(visit, searched, order, MOST + 1)
    found = tuple(one.id for one in reachable[:MOST])
    if not found:
        return (say(texts.NOTHING_TO_ASK),)
    visit.stack = [other for other in visit.stack if not isinstance(other, asking.Stage)]
    visit.push(NeedWhom(incident.id, found, incident.start_at, incident.end_at, len(reachable) > MOST))
    return ask_again(visit)


def ask_again(visit: Visit) -> Sequence[Say]:
    """The question that is open, once more."""
    match visit.stage:
        case NeedSend() as stage:
            return _preview(visit, stage)
        case stage if isinstance(stage, asking.Stage):
            return asking.question(stage)
    return ()


def answered(visit: Visit) -> Sequence[Answer]:
    """One answer; the last one sends the request, or puts it before a senior officer."""
    stage = visit.stage
    assert isinstance(stage, asking.Stage)  # noqa: S101 - routes.py brings only these here
    turn = asking.step(stage, visit.got, asking.Desk(visit.house.town, visit.now))
    visit.becomes(turn.stage)
    match turn.effect:
        case asking.Preview(hint):
            return hinted(hint, ask_again(visit)) if hint else in_place(visit.got, tuple(ask_again(visit)))
        case asking.Send(wanted):
            return _send(visit, wanted)
    return turn.says


def _whom(visit: Visit, stage: NeedSend) -> Whom:
    """Whom it would reach now: everyone once, nobody who was asked for this incident within a day."""
    asked = requests.asked_since(visit.tx, stage.incident_id, visit.now - NOT_AGAIN)
    owners = requests.owners(visit.tx, stage.places)
    return {person: places for person, places in owners.items() if person not in asked}


def _wanted(visit: Visit, incident: Incident, stage: NeedSend, station: str) -> Wanted:
    told = incidents.told(visit.tx, incident)
    deadline = visit.now + timedelta(hours=stage.hours)
    town, window = visit.house.town, asking.window(stage)
    return Wanted(town.police, station, told.reference, told.kind, window, deadline, town.zone)


def _preview(visit: Visit, stage: NeedSend) -> Sequence[Say]:
    """Exactly what owners will read."""
    incident, whom = incidents.get(visit.tx, stage.incident_id), _whom(visit, stage)
    if incident is None or not whom:
        visit.becomes(None)
        return (say(texts.NOBODY_TO_ASK),)
    numbers = [place.number for place in next(iter(whom.values()))]
    reads = words.to_owner(_wanted(visit, incident, stage, visit.grant_for(Action.CASEWORK).station), numbers)
    owners = counted(texts.OWNERS, len(whom))
    return (Say((phrase(texts.PREVIEW, owners=owners, reads=reads),), asking.send_buttons(), protect=True),)


def _send(visit: Visit, stage: NeedSend) -> Sequence[Answer]:
    by, whom = visit.grant_for(Action.CASEWORK), _whom(visit, stage)
    incident = incidents.current(visit.tx, visit.person.id, visit.now)
    if incident is None or incident.id != stage.incident_id:
        return (say(texts.ASK_NEEDS_INCIDENT, replace=True),)
    if not whom:
        return (say(texts.NOBODY_TO_ASK, replace=True),)
    owners = counted(texts.OWNERS, len(whom))
    if len(whom) > MOST_ALONE:
        return (_ask_senior(visit, by, incident, stage, len(whom)),)
    _make(visit, by, incident, stage, whom)
    return (say(texts.REQUEST_SENT, owners=owners, replace=True),)


def _make(visit: Visit, by: Grant, incident: Incident, stage: NeedSend, whom: Whom) -> None:
    """The request with all its messages, in this one transaction."""
    plan = Plan(incident, asking.window(stage), visit.now + timedelta(hours=stage.hours), stage.places)
    request = requests.make(visit.tx, by, plan, whom, visit.now)
    audit.write(
        visit.tx,
        audit.Act.REQUEST,
        visit.now,
        by=by,
        incident_id=incident.id,
        places=sum(map(len, whom.values())),
        request=request.id,
        owners=len(whom),
    )
    sending.send_out(visit.tx, visit.house, request, visit.now)


def _ask_senior(visit: Visit, by: Grant, incident: Incident, stage: NeedSend, owners: int) -> Say:
    """More than fifty owners: put it before the station's seniors."""
    whom = seniors.of_station(visit.tx, by.station, visit.now, by.person_id)
    if not whom:
        return say(texts.NO_SENIOR_TO_ASK, most=MOST_ALONE, replace=True)
    approval = approvals.ask(visit.tx, by, Matter.MANY_OWNERS, ASKED.dump_json(stage), visit.now)
    yes = Button(phrase(texts.ALLOW), f"/approve:yes:{approval.id}")
    no = Button(phrase(texts.DISALLOW), f"/approve:no:{approval.id}")
    reads = words.to_owner(_wanted(visit, incident, stage, by.station), ["…"])
    who = grants.name_of(visit.tx, by)
    asks = say(texts.MAY_ASK_MANY, who=who, owners=counted(texts.OWNERS, owners), reads=reads, buttons=((yes, no),))
    seniors.tell(visit.tx, whom, asks, visit.now)
    return say(texts.SENIOR_ASKED_MANY, most=MOST_ALONE, replace=True)


def decided(visit: Visit, approval: Approval, allowed: bool) -> None:
    """A senior's answer: the request is sent as it was asked for, while officer and incident are what they were."""
    stage = ASKED.validate_json(approvals.asked_of(visit.tx, approval))
    by, incident = grants.get(visit.tx, approval.grant_id), incidents.get(visit.tx, stage.incident_id)
    if by is None or by not in grants.in_force(visit.tx, by.person_id, visit.now):
        return
    whom = _whom(visit, stage)
    possible = incident is not None and incident.closed_at is None and whom
    if allowed and possible and incident:
        _make(visit, by, incident, stage, whom)
    text = texts.MANY_ALLOWED if allowed and possible else texts.MANY_REFUSED
    who = grants.name_of(visit.tx, visit.grant_for(Action.APPROVE))
    seniors.tell(visit.tx, [by], say(text, who=who, owners=counted(texts.OWNERS, len(whom))), visit.now)


def after_closing(visit: Visit, incident: Incident) -> tuple[Say, ...]:
    """Those who answered are thanked: did it help? An hour later they are thanked without an answer to that."""
    answered_ = [
        asked
        for request in requests.of_incident(visit.tx, incident.id)
        for asked in requests.asked_of(visit.tx, request)
        if asked.answer and request.thanked_at is None
    ]
    if not answered_:
        return ()
    yes = Button(phrase(texts.YES_HELPED), f"/thanks:helped:{incident.id}")
    no = Button(phrase(texts.JUST_THANKS), f"/thanks:plain:{incident.id}")
    return (say(counted(texts.ASK_HELPED, len(answered_)), buttons=((yes,), (no,))),)


def thanks(visit: Visit) -> Sequence[Answer]:
    """The buttons `/thanks:helped:<incident>` and `/thanks:plain:<incident>`."""
    incident = incidents.get(visit.tx, row_named(visit, 2))
    if incident is None or incident.station != visit.grant_for(Action.CASEWORK).station or not incident.closed_at:
        return (say(texts.INCIDENT_GONE),)
    helped = argument(visit, 1) == "helped"
    asked = requests.of_incident(visit.tx, incident.id)
    n = sum(sending.thank(visit.tx, visit.house, request, visit.now, helped=helped) for request in asked)
    return (say(counted(texts.OWNERS_THANKED, n), replace=True),)
