"""`/export`: the file of an incident, to take along; with numbers only behind a reason and the second factor."""

from collections.abc import Iterator, Sequence
from typing import Any

from bot import texts
from bot.core.access import Action
from bot.core.casework import revealing
from bot.core.casework.casefile import FORMS, CaseFile, Form, Place
from bot.core.casework.incident_words import card, kind_of, name_of, window_of
from bot.core.casework.limits import Measure
from bot.core.casework.opening import NO_REFERENCE
from bot.core.casework.reference import NoReference, read_reference
from bot.core.casework.request import LABELS, WANTS_A_CALL, Reply, days_left
from bot.core.casework.revealing import NeedReason, TakeAlong
from bot.core.messages import Answer, Button, Command, Phrase, Rows, Say, counted, phrase, say
from bot.core.reading.window import Window
from bot.core.registration import Entry
from handlers import seniors
from handlers.casework import alarms, second_factor
from handlers.visit import Visit, argument, row_named
from storage import audit
from storage.admin import grants
from storage.casework import incidents, looks, requests, reveals
from storage.casework.looks import Eye
from storage.tables.casework import Incident
from storage.tables.register import Registration
from storage.tables.requests import Asked, Request


def command(visit: Visit) -> Sequence[Answer]:
    """`/export`, for the incident one works on; `/export <reference>`, for any."""
    written = visit.got.rest if isinstance(visit.got, Command) else ""
    if not written:
        current = visit.incident
        return (_choice(visit, current) if current else say(texts.EXPORT_NEEDS_INCIDENT),)
    reference = read_reference(written, visit.now.astimezone(visit.house.town.zone).date())
    if isinstance(reference, NoReference):
        return (say(NO_REFERENCE[reference]),)
    station = visit.grant_for(Action.REVEAL).station
    found = sorted(incidents.with_reference(visit.tx, reference), key=lambda one: (one.station != station, -one.id))
    return (_choice(visit, found[0]) if found else say(texts.EXPORT_UNKNOWN, reference=reference),)


def choose(visit: Visit) -> Sequence[Answer]:
    """The buttons `/export:plain:<incident>` and `/export:with:<incident>`: which form, without or with numbers."""
    incident = incidents.get(visit.tx, row_named(visit, 2))
    with_numbers = argument(visit, 1) == "with"
    return (_choice(visit, incident, with_numbers, replace=True) if incident else say(texts.SEARCH_GONE),)


def _choice(visit: Visit, incident: Incident, with_numbers: bool = False, *, replace: bool = False) -> Say:
    places = list(_places(visit, incident))
    if not places:
        return say(texts.EXPORT_NOBODY_ASKED, reference=_reference(visit, incident))
    words = phrase(
        texts.EXPORT_WHAT_WITH if with_numbers else texts.EXPORT_WHAT,
        incident=card(incidents.told(visit.tx, incident), visit.house.town.zone),
        places=counted(texts.PLACES, len(places)),
        n=len(_callable(place for place, _, asked in places if _wants_a_call(asked))),
    )
    lines = [words]
    if incident.station != visit.grant_for(Action.REVEAL).station:
        lines.append(phrase(texts.EXPORT_OTHER_STATION, station=incident.station))
    return Say(tuple(lines), _forms(incident, with_numbers), replace=replace, protect=True)


def _forms(incident: Incident, with_numbers: bool) -> Rows:
    name = "full" if with_numbers else "as"
    forms = [Button(phrase(text), f"/export:{name}:{form}:{incident.id}") for form, text in FORMS.items()]
    other = Button(
        phrase(texts.EXPORT_WITHOUT if with_numbers else texts.EXPORT_WITH),
        f"/export:{'plain' if with_numbers else 'with'}:{incident.id}",
    )
    return (tuple(forms[:1]), tuple(forms[1:3]), tuple(forms[3:]), (other,))


def take(visit: Visit) -> Sequence[Answer]:
    """The button `/export:as:<form>:<incident>`: the file, without any number."""
    incident, form = incidents.get(visit.tx, row_named(visit, 3)), _form(visit)
    if incident is None or form is None:
        return (say(texts.SEARCH_GONE),)
    return _handed_over(visit, incident, form)


def take_full(visit: Visit) -> Sequence[Answer]:
    """The button `/export:full:<form>:<incident>`: first the reason and the second factor."""
    incident, form = incidents.get(visit.tx, row_named(visit, 3)), _form(visit)
    if incident is None or form is None:
        return (say(texts.SEARCH_GONE),)
    if no := refused(visit, incident) or second_factor.refused(visit):
        return (no,)
    visit.push(NeedReason(TakeAlong(incident.id, form)))
    return revealing.question(NeedReason(TakeAlong(incident.id, form)))


def refused(visit: Visit, incident: Incident) -> Say | None:
    """Why numbers of this incident cannot be taken along now."""
    if incident.closed_at is not None:
        return say(texts.EXPORT_NUMBERS_CLOSED, reference=_reference(visit, incident))
    if visit.incident is None or visit.incident.id != incident.id:
        return say(texts.EXPORT_NUMBERS_NOT_CURRENT, reference=_reference(visit, incident))
    return None


def with_numbers(visit: Visit, wish: TakeAlong, reason: str) -> Sequence[Answer]:
    """The reason is given, the code was right: the file with the numbers of those who have it or want a call."""
    incident = incidents.get(visit.tx, wish.incident_id)
    if incident is None:
        return (say(texts.SEARCH_GONE),)
    return (no,) if (no := refused(visit, incident)) else _handed_over(visit, incident, Form(wish.form), reason)


def callable_of(visit: Visit, incident_id: int) -> list[Registration]:
    """The entries whose owners have it or want a call: theirs are the numbers that a file can hold."""
    incident = incidents.get(visit.tx, incident_id)
    rows = _places(visit, incident) if incident else ()
    return _callable(place for place, _, asked in rows if _wants_a_call(asked))


def _handed_over(visit: Visit, incident: Incident, form: Form, reason: str = "") -> Sequence[Answer]:
    """The file; each place in it is shown again, so its owner can read of it, and it counts as a place of the day."""
    rows, by = list(_places(visit, incident)), visit.grant_for(Action.REVEAL)
    if not rows:
        return (say(texts.EXPORT_NOBODY_ASKED, reference=_reference(visit, incident)),)
    if stop := alarms.stopped(visit, by, Measure.PLACES, len({place.id for place, _, _ in rows})):
        return (stop,)
    case = _case(visit, incident, rows, form, reason)
    how: dict[str, Any] = {"form": str(form), "numbers": case.with_numbers, "reason": reason}
    audit.write(visit.tx, audit.Act.EXPORT, visit.now, by=by, places=len(case.places), incident_id=incident.id, **how)
    if incident.station != by.station:
        told = say(texts.EXPORT_TOLD, who=case.officer, station=by.station, reference=case.reference)
        whom = seniors.answerable(visit.tx, incident.station, visit.now, visit.person.id)
        seniors.tell(visit.tx, whom, told, visit.now)
    words = phrase(texts.EXPORT_CAPTION, reference=case.reference, places=counted(texts.PLACES, len(case.places)))
    return (Say((words,), document=case),)


Row = tuple[Registration, Request, Asked]


def _case(visit: Visit, incident: Incident, rows: Sequence[Row], form: Form, reason: str) -> CaseFile:
    told, town, by = incidents.told(visit.tx, incident), visit.house.town, visit.grant_for(Action.REVEAL)
    eye, ids = Eye(by, incident, visit.now), dict.fromkeys(place.id for place, _, _ in rows)
    numbers = _numbers(visit, eye, rows, reason) if reason else {}
    entries = looks.entries(visit.tx, eye, list(ids), looks.Act.FILE)
    return CaseFile(
        form=form,
        reference=name_of(told.reference),
        kind=kind_of(told.kind),
        site=told.site,
        window=window_of(told, town.zone),
        places=tuple(_place(visit, entries[row[0].id], *row[1:], numbers.get(row[0].id, "")) for row in rows),
        owners=len({asked.person_id for _, _, asked in rows}),
        with_numbers=bool(reason),
        officer=grants.name_of(visit.tx, by),
        station=by.station,
        made_at=visit.now,
        timezone=town.timezone,
        police=town.police,
        city=town.name,
        training=told.training,
    )


def _places(visit: Visit, incident: Incident) -> Iterator[Row]:
    """Each place of each request, in the order in which they were asked about."""
    for request in requests.of_incident(visit.tx, incident.id):
        for asked in requests.asked_of(visit.tx, request):
            for place in requests.places_of(visit.tx, asked):
                yield place, request, asked


def _place(visit: Visit, entry: Entry, request: Request, asked: Asked, number: str) -> Place:
    left = None if entry.days_kept is None else max(0, days_left(request.start_at, entry.days_kept, visit.now))
    return Place(
        entry.number,
        entry.site.point,
        entry.site.name,
        entry.cameras,
        request.asked_at,
        window_of(Window(request.start_at, request.end_at), visit.house.town.zone),
        phrase(LABELS[Reply(asked.answer)] if asked.answer else texts.NO_ANSWER_YET),
        asked.answered_at,
        left,
        number,
    )


def _numbers(visit: Visit, eye: Eye, rows: Sequence[Row], reason: str) -> dict[int, str]:
    wanted = _callable(place for place, _, asked in rows if _wants_a_call(asked))
    return {row.id: reveals.number_of(visit.tx, eye, row, reason, looks.Act.EXPORT) for row in wanted}


def _callable(rows: Iterator[Registration]) -> list[Registration]:
    return list({row.id: row for row in rows}.values())


def _wants_a_call(asked: Asked) -> bool:
    """Has it or wants a call, and did not say no to the number being shown."""
    return bool(asked.answer) and Reply(asked.answer) in WANTS_A_CALL and not asked.keeps_number


def _form(visit: Visit) -> Form | None:
    written = argument(visit, 2)
    return Form(written) if written in set(Form) else None


def _reference(visit: Visit, incident: Incident) -> Phrase | str:
    return name_of(incidents.told(visit.tx, incident).reference)
