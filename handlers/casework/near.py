"""`/near`: the question around a place, asked for what is missing in it."""

from collections.abc import Sequence

from bot.core.casework import search
from bot.core.casework.search import NeedRadius, NeedWhere
from bot.core.geo import Point
from bot.core.messages import Answer, Command
from bot.core.turn import hinted
from handlers.casework.looking import find
from handlers.visit import Visit, asker


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


ask_again = asker(search.Stage, search.question)


def answered(visit: Visit) -> Sequence[Answer]:
    """The place or the radius."""
    stage = visit.stage
    assert isinstance(stage, search.Stage)  # noqa: S101 - routes.py brings only these here
    turn = search.step(stage, visit.got, visit.house.town.city)
    visit.becomes(turn.stage)
    return find(visit, turn.effect) if turn.effect else turn.says
