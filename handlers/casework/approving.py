"""What one officer alone may not do: a senior officer of the station is asked, and the officer is told the answer."""

from collections.abc import Sequence

from pydantic import TypeAdapter

from bot import texts
from bot.core.access import Action
from bot.core.casework.incident import Told
from bot.core.casework.incident_words import card, hours, name_of
from bot.core.messages import Answer, Button, phrase, say
from bot.core.reading.window import Window
from handlers import seniors
from handlers.casework import asking
from handlers.visit import Visit, argument, row_named
from storage import audit
from storage.admin import grants
from storage.casework import approvals, incidents
from storage.casework.approvals import Matter
from storage.tables.casework import Approval

TOLD = TypeAdapter(Told)


def ask_for_a_long_window(visit: Visit, told: Told) -> Sequence[Answer]:
    """Put a window of more than twelve hours before the station's seniors."""
    by = visit.grant_for(Action.CASEWORK)
    whom = seniors.of_station(visit.tx, by.station, visit.now, by.person_id)
    if not whom:
        return (say(texts.NO_SENIOR, replace=True),)
    approval = approvals.ask(visit.tx, by, Matter.LONG_WINDOW, TOLD.dump_json(told), visit.now)
    yes = Button(phrase(texts.ALLOW), f"/approve:yes:{approval.id}")
    no = Button(phrase(texts.DISALLOW), f"/approve:no:{approval.id}")
    words = phrase(
        texts.MAY_SEARCH_LONG,
        who=grants.name_of(visit.tx, by),
        hours=hours(Window(told.start, told.end)),
        incident=card(told, visit.house.town.zone),
    )
    seniors.tell(visit.tx, whom, say(words, buttons=((yes, no),)), visit.now)
    return (say(texts.SENIOR_ASKED, replace=True),)


def decide(visit: Visit) -> Sequence[Answer]:
    """The buttons `/approve:yes:<request>` and `/approve:no:<request>`."""
    allowed = argument(visit, 1) == "yes"
    by = visit.grant_for(Action.APPROVE)
    approval = approvals.decide(visit.tx, row_named(visit, 2), by, allowed=allowed, now=visit.now)
    if approval is None:
        return (say(texts.DECISION_OVER, replace=True),)
    match Matter(approval.matter):
        case Matter.LONG_WINDOW:
            _long_window(visit, approval, allowed)
        case Matter.MANY_OWNERS:
            asking.decided(visit, approval, allowed)
    return (say(texts.DECIDED_YES if allowed else texts.DECIDED_NO, replace=True),)


def _long_window(visit: Visit, approval: Approval, allowed: bool) -> None:
    """The incident begins as it was asked for, while the officer still has the role; and the officer is told."""
    told = TOLD.validate_json(approvals.asked_of(visit.tx, approval))
    asker = grants.get(visit.tx, approval.grant_id)
    if asker is None or asker not in grants.in_force(visit.tx, asker.person_id, visit.now):
        return
    who = grants.name_of(visit.tx, visit.grant_for(Action.APPROVE))
    if allowed:
        incident = incidents.begin(visit.tx, asker, told, visit.now)
        audit.write(visit.tx, audit.Act.OPEN, visit.now, by=asker, incident_id=incident.id, approval=approval.id)
        note = say(texts.LONG_WINDOW_ALLOWED, who=who, incident=card(told, visit.house.town.zone))
    else:
        note = say(texts.LONG_WINDOW_REFUSED, who=who, reference=name_of(told.reference))
    seniors.tell(visit.tx, [asker], note, visit.now)
