"""A look at the register: for an incident, within the day's limits, with its line in the trace, or not at all."""

from collections.abc import Sequence

from bot import texts
from bot.core.access import Action
from bot.core.casework import search, search_answer
from bot.core.casework.incident_words import name_of
from bot.core.casework.limits import Measure
from bot.core.casework.near import Circle, compass
from bot.core.casework.opening_questions import NeedReference, question
from bot.core.casework.overwriting import left, urgency
from bot.core.casework.scope_words import widened
from bot.core.casework.scopes import centre_of
from bot.core.casework.search_answer import Found, Order, Results
from bot.core.messages import Answer, Button, Say, phrase, say
from bot.core.registration import Entry, pin_of
from handlers import metrics
from handlers.casework import alarms
from handlers.visit import Visit, row_named
from storage import audit, registrations
from storage.audit import Searched
from storage.casework import incidents, looks, scoped
from storage.casework.looks import Eye
from storage.casework.scoped import View
from storage.spots import Seen
from storage.tables.casework import Incident

Entries = dict[int, Entry]


def find(visit: Visit, asked: search.Search) -> Sequence[Answer]:
    """Search, and write down who, where, how far, how many, when, and for which incident; without one, ask for it."""
    if (incident := visit.incident) is None and visit.house.search_needs_incident:
        visit.push(NeedReference(asked))
        return question(NeedReference(asked), visit.house.training)
    by = visit.grant_for(Action.SEARCH)
    if stop := alarms.stopped(visit, by, Measure.SEARCHES, 1):
        return (stop,)
    what = Searched(asked.scope, incident.id if incident else None)
    with metrics.SEARCH.time():
        first = _view(visit, what, Order.USUAL, 0)
    if stop := alarms.stopped(visit, by, Measure.PLACES, len(first.page.seen)):
        return (stop,)
    entries = _opened(visit, first)
    trace = audit.searched(visit.tx, by, what, first.page.places, first.page.cameras, visit.now)
    alarms.after_search(visit, by, asked.scope)
    turned = (say(texts.SEARCHED_SWAPPED),) if asked.swapped else ()
    results = _results(visit, trace.id, what, first, entries, Order.USUAL)
    return (*turned, search_answer.answer(results))


def page(visit: Visit) -> Sequence[Answer]:
    """The button `/near:page:<search>:<page>`."""
    return _turned(visit, Order.USUAL)


def soon(visit: Visit) -> Sequence[Answer]:
    """The button `/near:soon:<search>:<page>`: what is overwritten first."""
    return _turned(visit, Order.SOON)


def _turned(visit: Visit, order: Order) -> Sequence[Answer]:
    search_id, number = row_named(visit, 2), row_named(visit, 3)
    searched = searched_by(visit, search_id)
    if isinstance(searched, Say):
        return (searched,)
    shown = _view(visit, searched, order, number)
    by = visit.grant_for(Action.SEARCH)
    if stop := alarms.stopped(visit, by, Measure.PLACES, len(shown.page.seen)):
        return (stop,)
    entries, turned = _opened(visit, shown), {"page": shown.page.number, "order": order}
    audit.looked_again(visit.tx, by, search_id, audit.Act.PAGE, len(shown.page.seen), visit.now, **turned)
    return (search_answer.answer(_results(visit, search_id, searched, shown, entries, order), replace=True),)


def _view(visit: Visit, what: Searched, order: Order, number: int, size: int = search_answer.PAGE) -> View:
    """A page in an order; what is overwritten first is known only for incidents, once all was looked through."""
    incident = _incident(visit, what)
    origin = incidents.told(visit.tx, incident).site.point if incident else centre_of(what.scope)
    if order is Order.USUAL or incident is None:
        return scoped.page(visit.tx, what.scope, origin, number, size)
    everything = scoped.every(visit.tx, what.scope, origin)
    days = registrations.days_kept(visit.tx, [one.id for one in everything.page.seen])
    when = {one: left(kept, incident.start_at, visit.now) for one, kept in days.items()}
    seen = sorted(everything.page.seen, key=lambda one: urgency(when.get(one.id)))
    return View(scoped.cut(seen, number, size), everything.after)


def first_of(visit: Visit, what: Searched, order: Order, most: int) -> list[Seen]:
    """The first places of a search in the order that is read, as many as may be asked at once."""
    return _view(visit, what, order, 0, most).page.seen


def _incident(visit: Visit, what: Searched) -> Incident | None:
    return incidents.get(visit.tx, what.incident_id) if what.incident_id else None


def wider(visit: Visit) -> Sequence[Answer]:
    """The button `/near:wider:<search>:<metres>`: a new search around the same point, or the same way."""
    searched = audit.search_of(visit.tx, row_named(visit, 2), visit.person.id)
    scope = widened(searched.scope, float(row_named(visit, 3))) if searched else None
    return find(visit, search.Search(scope)) if scope else (say(texts.SEARCH_GONE),)


def pin(visit: Visit) -> Sequence[Answer]:
    """The button `/near:pin:<search>:<registration>`: one place of a search, on the map."""
    search_id, wanted = row_named(visit, 2), row_named(visit, 3)
    searched = searched_by(visit, search_id)
    if isinstance(searched, Say):
        return (searched,)
    if not scoped.find(visit.tx, searched.scope, wanted):
        return (say(texts.NOT_THERE_NOW),)
    by = visit.grant_for(Action.SEARCH)
    if stop := alarms.stopped(visit, by, Measure.PLACES, 1):
        return (stop,)
    entry = looks.entries(visit.tx, _eye(visit), [wanted], looks.Act.PIN)[wanted]
    audit.looked_again(visit.tx, by, search_id, audit.Act.PIN, 1, visit.now, number=entry.number)
    number = Button(phrase(texts.SHOW_NUMBER), f"/number:{search_id}:{wanted}")
    return (Say((pin_of(entry),), ((number,),), pin=entry.site.point, protect=True),)


def searched_by(visit: Visit, search_id: int) -> Searched | Say:
    """One's own search, while one works on the incident that it was made for; else a sentence."""
    searched = audit.search_of(visit.tx, search_id, visit.person.id)
    if searched is None:
        return say(texts.SEARCH_GONE)
    made_for = incidents.get(visit.tx, searched.incident_id) if searched.incident_id else None
    if made_for is None:
        needed = visit.house.search_needs_incident
        return say(texts.SEARCH_GONE) if needed else searched
    if visit.incident and visit.incident.id == made_for.id:
        return searched
    reference = name_of(incidents.told(visit.tx, made_for).reference)
    if made_for.closed_at:
        return say(texts.SEARCH_OF_CLOSED, reference=reference)
    work = Button(phrase(texts.WORK_ON_IT), f"/incidents:work:{made_for.id}")
    return say(texts.SEARCH_OF_ANOTHER, reference=reference, buttons=((work,),))


def _eye(visit: Visit) -> Eye:
    incident = incidents.current(visit.tx, visit.person.id, visit.now)
    return Eye(visit.grant_for(Action.SEARCH), incident, visit.now)


def _opened(visit: Visit, view: View) -> Entries:
    return looks.entries(visit.tx, _eye(visit), [one.id for one in view.page.seen])


def _results(visit: Visit, search_id: int, what: Searched, view: View, entries: Entries, order: Order) -> Results:
    incident, town, page = _incident(visit, what), visit.house.town, view.page
    found = [
        Found(
            one.id,
            one.metres,
            compass(one.bearing),
            entries[one.id],
            view.after.get(one.id),
            left(entries[one.id].days_kept, incident.start_at, visit.now) if incident else None,
        )
        for one in page.seen
        if one.id in entries  # whoever left at this very moment is not shown
    ]
    outside = town.city.metres_outside(what.scope.centre) if isinstance(what.scope, Circle) else 0.0
    totals = (page.places, page.cameras, page.number)
    return Results(search_id, what.scope, *totals, found, outside, town.name, order, timed=incident is not None)
