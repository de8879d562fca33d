"""A look at the register: for an incident, with its line in the trace, or not at all."""

from collections.abc import Sequence

from bot import texts
from bot.core import search, search_answer
from bot.core.access import Action
from bot.core.incident_words import name_of
from bot.core.limits import Measure
from bot.core.messages import Answer, Button, Say, phrase, say
from bot.core.near import Circle, compass
from bot.core.opening_questions import NeedReference, question
from bot.core.registration import cameras
from bot.core.search_answer import Found, Results
from handlers import alarms, metrics
from handlers.visit import Visit, row_named
from storage import audit, incidents, looks, spots
from storage.audit import Searched
from storage.looks import Eye


def find(visit: Visit, asked: search.Search) -> Sequence[Answer]:
    """Search, and write down who, where, how far, how many, when, and for which incident; without one, ask for it."""
    if (incident := visit.incident) is None and visit.house.search_needs_incident:
        visit.push(NeedReference(asked))
        return question(NeedReference(asked), visit.house.training)
    by = visit.grant_for(Action.SEARCH)
    if stop := alarms.stopped(visit, by, Measure.SEARCHES, 1):
        return (stop,)
    with metrics.SEARCH.time():
        first = spots.page(visit.tx, asked.circle, 0, search_answer.PAGE)
    if stop := alarms.stopped(visit, by, Measure.PLACES, len(first.seen)):
        return (stop,)
    what = Searched(asked.circle, incident.id if incident else None)
    trace = audit.searched(visit.tx, by, what, first.places, first.cameras, visit.now)
    alarms.after_search(visit, by, asked.circle.centre)
    return (search_answer.answer(_results(visit, trace.id, asked.circle, first), swapped=asked.swapped),)


def page(visit: Visit) -> Sequence[Answer]:
    """The button `/near:page:<search>:<page>`."""
    search_id, number = row_named(visit, 2), row_named(visit, 3)
    searched = searched_by(visit, search_id)
    if isinstance(searched, Say):
        return (searched,)
    shown = spots.page(visit.tx, searched.circle, number, search_answer.PAGE)
    by = visit.grant_for(Action.SEARCH)
    if stop := alarms.stopped(visit, by, Measure.PLACES, len(shown.seen)):
        return (stop,)
    audit.looked_again(visit.tx, by, search_id, audit.Act.PAGE, len(shown.seen), visit.now, page=shown.number)
    return (search_answer.answer(_results(visit, search_id, searched.circle, shown), replace=True),)


def wider(visit: Visit) -> Sequence[Answer]:
    """The button `/near:wider:<search>:<metres>`: a new search around the same point."""
    searched = audit.search_of(visit.tx, row_named(visit, 2), visit.person.id)
    radius = float(row_named(visit, 3))
    if searched is None or not search.LEAST_M <= radius <= search.MOST_M:
        return (say(texts.SEARCH_GONE),)
    return find(visit, search.Search(Circle(searched.circle.centre, radius)))


def pin(visit: Visit) -> Sequence[Answer]:
    """The button `/near:pin:<search>:<registration>`: one place of a search, on the map."""
    search_id, wanted = row_named(visit, 2), row_named(visit, 3)
    searched = searched_by(visit, search_id)
    if isinstance(searched, Say):
        return (searched,)
    if spots.find(visit.tx, searched.circle, wanted) is None:
        return (say(texts.NOT_THERE_NOW),)
    by = visit.grant_for(Action.SEARCH)
    if stop := alarms.stopped(visit, by, Measure.PLACES, 1):
        return (stop,)
    entry = looks.entries(visit.tx, _eye(visit), [wanted], looks.Act.PIN)[wanted]
    audit.looked_again(visit.tx, by, search_id, audit.Act.PIN, 1, visit.now, number=entry.number)
    words = phrase(texts.PIN_OF, number=entry.number, cameras=cameras(entry.cameras))
    return (Say((words,), pin=entry.site.point, protect=True),)


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


def _results(visit: Visit, search_id: int, circle: Circle, page: spots.Page) -> Results:
    entries = looks.entries(visit.tx, _eye(visit), [one.id for one in page.seen])
    found = [
        Found(one.id, one.metres, compass(one.bearing), entries[one.id])
        for one in page.seen
        if one.id in entries  # whoever left at this very moment is not shown
    ]
    town = visit.house.town
    outside = town.city.metres_outside(circle.centre)
    return Results(search_id, circle, page.places, page.cameras, page.number, found, outside, town.name)
