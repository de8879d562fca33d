"""`/progress`: how many signed up by which link, against a goal, and where neighbours stop. Counts, and nobody."""

from collections.abc import Sequence

from bot import texts
from bot.core.messages import Answer, Button, Say, phrase, say
from bot.core.society import goal
from bot.core.society.goal import NeedGoal
from bot.core.society.progress import beginning, chart, lines, stops
from handlers.society import bearing
from handlers.visit import Visit
from storage import audit
from storage.society import quiet
from storage.tables.societies import Society


def command(visit: Visit) -> Sequence[Answer]:
    """`/progress`, or its button."""
    return [said for society in bearing.mine(visit) for said in _of(visit, society)] or bearing.none()


def _of(visit: Visit, society: Society) -> Sequence[Say]:
    progress = bearing.progress(visit.tx, visit.house, society, visit.now)
    buttons = ((Button(phrase(texts.SET_GOAL), f"/progress:goal:{society.id}"),), (_bell(visit),))
    if progress.begins:
        return (Say(beginning(progress), buttons),)
    words, funnel = stops(progress)
    return Say(lines(progress), picture=chart(progress)), Say(words, buttons, picture=funnel)


def _bell(visit: Visit) -> Button:
    """The button that mutes the weekly message, or unmutes it."""
    if quiet.is_quiet(visit.tx, visit.person.id):
        return Button(phrase(texts.WEEKLY_ON), "/progress:unmute")
    return Button(phrase(texts.WEEKLY_OFF), "/progress:mute")


def mute(visit: Visit) -> Sequence[Answer]:
    """The button `/progress:mute`: no weekly message any more."""
    quiet.be_quiet(visit.tx, visit.person.id, visit.now)
    audit.write(visit.tx, audit.Act.MUTE, visit.now, person_id=visit.person.id, of=audit.WEEKLY)
    return (say(texts.WEEKLY_IS_OFF, buttons=((_bell(visit),),)),)


def unmute(visit: Visit) -> Sequence[Answer]:
    """The button `/progress:unmute`."""
    quiet.speak(visit.tx, visit.person.id)
    audit.write(visit.tx, audit.Act.UNMUTE, visit.now, person_id=visit.person.id, of=audit.WEEKLY)
    return (say(texts.WEEKLY_IS_ON, buttons=((_bell(visit),),)),)


def aim(visit: Visit) -> Sequence[Answer]:
    """The button `/progress:goal:<society>`: how many?"""
    if (society := bearing.named(visit)) is None:
        return (say(texts.NOT_YOUR_SOCIETY),)
    visit.push(NeedGoal(society.id))
    return ask_again(visit)


def ask_again(visit: Visit) -> Sequence[Say]:
    """The question that is open, once more."""
    return goal.question() if isinstance(visit.stage, NeedGoal) else ()


def answered(visit: Visit) -> Sequence[Answer]:
    """How many sign-ups the society aims for."""
    stage = visit.stage
    assert isinstance(stage, NeedGoal)  # noqa: S101 - routes.py brings only these here
    turn = goal.step(stage, visit.got)
    visit.becomes(turn.stage)
    if turn.effect is None:
        return turn.says
    society = next((one for one in bearing.mine(visit) if one.id == turn.effect.society_id), None)
    if society is None:
        return (say(texts.NOT_YOUR_SOCIETY),)
    society.goal = turn.effect.sign_ups
    return (say(texts.GOAL_SET, goal=society.goal, replace=True), *_of(visit, society))
