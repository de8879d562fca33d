"""`/near`: search and leave a trace, or do neither."""

from collections.abc import Sequence

from bot import texts
from bot.core import search, search_answer
from bot.core.access import Action
from bot.core.geo import Point
from bot.core.messages import Answer, Command, Say, phrase, say
from bot.core.near import Circle, compass
from bot.core.registration import cameras
from bot.core.search import NeedRadius, NeedWhere
from bot.core.search_answer import Found, Results
from bot.core.turn import hinted
from handlers import metrics
from handlers.visit import Visit, argument
from storage import audit, registrations, spots


def command(visit: Visit) -> Sequence[Answer]:
    """`/near <place> [radius]`, or `/near` alone, which asks."""
    words = visit.got.rest if isinstance(visit.got, Command) else ""
    visit.stack = [other for other in visit.stack if not isinstance(other, search.Stage)]  # a new search replaces it
    if not words:
        visit.push(NeedWhere())
        return ask_again(visit)
    match search.read_query(words, visit.house.town.city):
        case search.Search() as asked:
            return find(visit, asked)
        case search.Unsure(stage, hint):
            visit.push(stage)
        case hint:
            visit.push(NeedWhere())
    return hinted(hint, ask_again(visit))


def offer(visit: Visit, point: Point) -> Sequence[Answer]:
    """A pin out of the blue: search here?"""
    visit.push(NeedRadius(point))
    return ask_again(visit)


def ask_again(visit: Visit) -> Sequence[Say]:
    """The question that is open, once more."""
    return search.question(visit.stage) if isinstance(visit.stage, search.Stage) else ()


def answered(visit: Visit) -> Sequence[Answer]:
    """The place or the radius."""
    stage = visit.stage
    assert isinstance(stage, search.Stage)  # noqa: S101 - routes.py brings only these here
    turn = search.step(stage, visit.got, visit.house.town.city)
    visit.becomes(turn.stage)
    return find(visit, turn.effect) if turn.effect else turn.says


def find(visit: Visit, asked: search.Search) -> Sequence[Answer]:
    """Search, and write down who, where, how far, how many, when."""
    with metrics.SEARCH.time():
        first = spots.page(visit.tx, asked.circle, 0, search_answer.PAGE)
    by = visit.grant_for(Action.SEARCH)
    trace = audit.searched(visit.tx, by, asked.circle, first.places, first.cameras, visit.now)
    return (search_answer.answer(_results(visit, trace.id, asked.circle, first), swapped=asked.swapped),)


def page(visit: Visit) -> Sequence[Answer]:
    """The button `/near:page:<search>:<page>`."""
    search_id, number = _number(argument(visit, 2)), _number(argument(visit, 3))
    circle = audit.search_of(visit.tx, search_id, visit.person.id)
    if circle is None:
        return (say(texts.SEARCH_GONE),)
    shown = spots.page(visit.tx, circle, number, search_answer.PAGE)
    by = visit.grant_for(Action.SEARCH)
    audit.looked_again(visit.tx, by, search_id, audit.Act.PAGE, len(shown.seen), visit.now, page=shown.number)
    return (search_answer.answer(_results(visit, search_id, circle, shown), replace=True),)


def wider(visit: Visit) -> Sequence[Answer]:
    """The button `/near:wider:<search>:<metres>`: a new search around the same point."""
    circle = audit.search_of(visit.tx, _number(argument(visit, 2)), visit.person.id)
    radius = float(_number(argument(visit, 3)))
    if circle is None or not search.LEAST_M <= radius <= search.MOST_M:
        return (say(texts.SEARCH_GONE),)
    return find(visit, search.Search(Circle(circle.centre, radius)))


def pin(visit: Visit) -> Sequence[Answer]:
    """The button `/near:pin:<search>:<registration>`: one place of a search, on the map."""
    search_id, wanted = _number(argument(visit, 2)), _number(argument(visit, 3))
    circle = audit.search_of(visit.tx, search_id, visit.person.id)
    if circle is None:
        return (say(texts.SEARCH_GONE),)
    if spots.find(visit.tx, circle, wanted) is None:
        return (say(texts.NOT_THERE_NOW),)
    entry = registrations.entry(visit.tx, registrations.many(visit.tx, [wanted])[wanted])
    by = visit.grant_for(Action.SEARCH)
    audit.looked_again(visit.tx, by, search_id, audit.Act.PIN, 1, visit.now, number=entry.number)
    words = phrase(texts.PIN_OF, number=entry.number, cameras=cameras(entry.cameras))
    return (Say((words,), pin=entry.site.point, protect=True),)


def _results(visit: Visit, search_id: int, circle: Circle, page: spots.Page) -> Results:
    rows = registrations.many(visit.tx, [one.id for one in page.seen])
    found = [
        Found(one.id, one.metres, compass(one.bearing), registrations.entry(visit.tx, rows[one.id]))
        for one in page.seen
        if one.id in rows  # whoever left at this very moment is not shown
    ]
    town = visit.house.town
    outside = town.city.metres_outside(circle.centre)
    return Results(search_id, circle, page.places, page.cameras, page.number, found, outside, town.name)


def _number(text: str) -> int:
    number = int(text) if text.isdecimal() and text.isascii() else 0
    return number if number.bit_length() < 64 else 0  # no id is larger, and no database would take it
