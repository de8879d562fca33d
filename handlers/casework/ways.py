"""`/route`: the cameras along a way."""

from collections.abc import Sequence

from bot.core.casework import ways
from bot.core.messages import Answer, Command, Text
from handlers.casework.looking import find
from handlers.visit import Visit, asker


def command(visit: Visit) -> Sequence[Answer]:
    """`/route <place>; <place>; ... [; width]`, or `/route` alone, which asks for point after point."""
    words = visit.got.rest if isinstance(visit.got, Command) else ""
    visit.push(ways.NeedWay())
    if not words:
        return ask_again(visit)
    visit.got = Text(words)
    answers = answered(visit)
    visit.asked = visit.asked and visit.stage is not None
    return answers


ask_again = asker(ways.Stage, ways.question)


def answered(visit: Visit) -> Sequence[Answer]:
    """A point, several, or the width."""
    stage = visit.stage
    assert isinstance(stage, ways.Stage)  # noqa: S101 - routes.py brings only these here
    turn = ways.step(stage, visit.got, visit.house.town.city)
    visit.becomes(turn.stage)
    return find(visit, turn.effect) if turn.effect else turn.says
