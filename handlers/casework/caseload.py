"""`/incidents`: a station's own incidents, with what can be done about each: work on it, say its kind, close it."""

from collections.abc import Sequence

from bot import texts
from bot.core.access import Action
from bot.core.casework.incident import IncidentKind
from bot.core.casework.incident_words import KINDS, card, kind_of, name_of, window_of
from bot.core.messages import Answer, Button, Phrase, Say, counted, phrase, say
from handlers.casework import asking
from handlers.casework.incidents import take_up
from handlers.visit import Visit, argument, row_named
from storage import audit
from storage.casework import incidents
from storage.tables.casework import Incident

PAGE = 8


def show(visit: Visit) -> Sequence[Answer]:
    """`/incidents`, and `/incidents:page:<page>`: the open ones, the newest first."""
    station = visit.grant_for(Action.CASEWORK).station
    opened = incidents.open_at(visit.tx, station)
    if not opened:
        return (say(texts.INCIDENTS_NONE, station=station),)
    page = min(row_named(visit, 2), (len(opened) - 1) // PAGE)
    shown = opened[page * PAGE : page * PAGE + PAGE]
    lines = [_line(visit, one, one == visit.incident) for one in shown]
    heading = counted(texts.INCIDENTS_LIST, len(opened), station=station)
    return (Say((heading, *lines), _buttons(visit, shown, page, len(opened)), replace=bool(argument(visit, 1))),)


def _line(visit: Visit, incident: Incident, current: bool) -> Phrase:
    told = incidents.told(visit.tx, incident)
    window = window_of(told, visit.house.town.zone)
    words = texts.INCIDENT_LINE_CURRENT if current else texts.INCIDENT_LINE
    return phrase(words, reference=name_of(told.reference), kind=kind_of(told.kind), window=window)


def _buttons(visit: Visit, shown: Sequence[Incident], page: int, total: int) -> tuple[tuple[Button, ...], ...]:
    def to(incident: Incident) -> Button:
        reference = name_of(incidents.told(visit.tx, incident).reference)
        return Button(phrase(texts.INCIDENT_BUTTON, reference=reference), f"/incidents:card:{incident.id}")

    moves = []
    if page:
        moves.append(Button(phrase(texts.PREVIOUS_PAGE), f"/incidents:page:{page - 1}"))
    if (page + 1) * PAGE < total:
        moves.append(Button(phrase(texts.NEXT_PAGE), f"/incidents:page:{page + 1}"))
    rows = [tuple(map(to, shown[n : n + 2])) for n in range(0, len(shown), 2)]
    return tuple(row for row in (*rows, tuple(moves)) if row)


def one(visit: Visit) -> Sequence[Answer]:
    """The button `/incidents:card:<incident>`."""
    incident = _own(visit)
    if isinstance(incident, Say):
        return (incident,)
    return (_card(visit, incident),)


def _card(visit: Visit, incident: Incident) -> Say:
    words = card(incidents.told(visit.tx, incident), visit.house.town.zone)
    rows = (
        (Button(phrase(texts.WORK_ON_IT), f"/incidents:work:{incident.id}"),),
        (
            Button(phrase(texts.SAY_ITS_KIND), f"/incidents:kind:{incident.id}"),
            Button(phrase(texts.CLOSE_INCIDENT), f"/incidents:close:{incident.id}"),
        ),
        (_file(incident),),
        (Button(phrase(texts.ALL_INCIDENTS), "/incidents:page:0"),),
    )
    return Say((words,), rows, replace=True)


def _file(incident: Incident) -> Button:
    return Button(phrase(texts.TAKE_FILE), f"/export:plain:{incident.id}")


def work(visit: Visit) -> Sequence[Answer]:
    """The button `/incidents:work:<incident>`: of one's own station, or one that one worked on before."""
    incident = incidents.get(visit.tx, row_named(visit, 2))
    by = visit.grant_for(Action.CASEWORK)
    if incident and incident.station != by.station and not audit.took_part(visit.tx, by.person_id, incident.id):
        incident = None
    return take_up(visit, incident)


def kind(visit: Visit) -> Sequence[Answer]:
    """The buttons `/incidents:kind:<incident>` and `…:<kind>`: ask what happened, and keep it."""
    incident = _own(visit)
    if isinstance(incident, Say):
        return (incident,)
    said = argument(visit, 3)
    if said in set(IncidentKind):
        incident.kind = said
        return (_card(visit, incident),)
    kinds = [Button(phrase(words), f"/incidents:kind:{incident.id}:{kind}") for kind, words in KINDS.items()]
    rows = tuple(tuple(kinds[n : n + 2]) for n in range(0, len(kinds), 2))
    return (say(texts.ASK_INCIDENT_KIND, buttons=rows, replace=True),)


def close(visit: Visit) -> Sequence[Answer]:
    """The buttons `/incidents:close:<incident>`, which asks, and `/incidents:close:<incident>:yes`."""
    incident = _own(visit)
    if isinstance(incident, Say):
        return (incident,)
    reference = name_of(incidents.told(visit.tx, incident).reference)
    if argument(visit, 3) != "yes":
        yes = Button(phrase(texts.YES_CLOSE_INCIDENT), f"/incidents:close:{incident.id}:yes")
        keep = Button(phrase(texts.KEEP_OPEN), f"/incidents:card:{incident.id}")
        return (say(texts.SURE_CLOSE_INCIDENT, reference=reference, buttons=((yes,), (keep,)), replace=True),)
    incidents.close(visit.tx, incident, visit.now)
    audit.write(visit.tx, audit.Act.CLOSE, visit.now, by=visit.grant_for(Action.CASEWORK), incident_id=incident.id)
    closed = say(texts.INCIDENT_CLOSED, reference=reference, buttons=((_file(incident),),), replace=True)
    return (closed, *asking.after_closing(visit, incident))


def _own(visit: Visit) -> Incident | Say:
    """The open incident of one's own station that a button names; else a sentence."""
    incident = incidents.get(visit.tx, row_named(visit, 2))
    if incident is None or incident.station != visit.grant_for(Action.CASEWORK).station:
        return say(texts.INCIDENT_GONE)
    if incident.closed_at:
        return say(texts.INCIDENT_CLOSED_NOW, reference=name_of(incidents.told(visit.tx, incident).reference))
    return incident
