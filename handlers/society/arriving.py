"""Neighbours who come by a society's link: the ordinary sign-up with a greeting; each step counts once, for nobody."""

from collections.abc import Sequence

from bot import texts
from bot.core.messages import Say, say
from bot.core.resident.signup import Out
from bot.core.resident.signup_questions import Stage
from bot.core.society.funnel import Step, step_reached, week_of
from handlers.visit import Visit
from storage.society import doors, funnel, societies


def is_door(payload: str) -> bool:
    """Whether a start payload is that of a society's link, open or not."""
    return payload.startswith(doors.PREFIX)


def come_through(visit: Visit, payload: str) -> Sequence[Say]:
    """The society's greeting. Nothing at all for a link that is withdrawn or unknown: the sign-up goes on as ever."""
    door = doors.through(visit.tx, payload) if payload else None
    society = societies.get(visit.tx, door.society_id) if door else None
    if door is None or society is None:
        return ()
    funnel.came(visit.tx, visit.person.id, door.id, _week(visit), visit.now)
    return (say(texts.INVITED_BY, society=societies.named(visit.tx, society).name),)


def went_on(visit: Visit, before: Stage, turn: Out) -> None:
    """An answer was given: count the step it completes, if they came by a link."""
    if step := step_reached(before, turn.stage, turn.effect):
        funnel.went_on(visit.tx, visit.person.id, step, _week(visit), visit.now)


def saved(visit: Visit, cameras: int) -> None:
    """An entry was saved."""
    funnel.went_on(visit.tx, visit.person.id, Step.SAVED, _week(visit), visit.now, cameras)


def came_by(visit: Visit) -> list[str]:
    """The societies by whose links this person came: for themselves to see."""
    found = [doors.get(visit.tx, door_id) for door_id in funnel.doors_of(visit.tx, visit.person.id)]
    ids = sorted({door.society_id for door in found if door})
    return [societies.named(visit.tx, society).name for one in ids if (society := societies.get(visit.tx, one))]


def _week(visit: Visit) -> int:
    return week_of(visit.now, visit.house.town.timezone)
