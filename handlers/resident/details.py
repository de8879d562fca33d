"""The optional answers about an entry: each is kept as soon as it is given."""

from collections.abc import Sequence

from bot import texts
from bot.core.messages import Answer, Say, say
from bot.core.regnumber import read_number
from bot.core.resident import details
from bot.core.turn import in_place
from handlers.resident.signup import own
from handlers.visit import Visit, argument, asker
from storage import registrations


def begin(visit: Visit) -> Sequence[Answer]:
    """The button `/more:<number>`: the first question."""
    number = argument(visit)
    if own(visit, number) is None:
        return (say(texts.NOT_YOURS_NOW),)
    visit.push(details.AskKind(number))
    return in_place(visit.got, details.question(details.AskKind(number)))


def begin_after_saving(visit: Visit) -> Sequence[Answer]:
    """The button `/saved:more:<number>`: the receipt stays in the chat, the first question comes below it."""
    if own(visit, argument(visit)) is None:
        return (say(texts.NOT_YOURS_NOW),)
    visit.push(details.AskKind(argument(visit)))
    return (_receipt(visit), *ask_again(visit))


def enough(visit: Visit) -> Sequence[Answer]:
    """The button `/saved:enough:<number>` skips all four questions; the receipt stays in the chat."""
    return (_receipt(visit),)


def _receipt(visit: Visit) -> Say:
    return say(texts.RECEIPT, number=read_number(argument(visit)) or "", replace=True)


ask_again = asker(details.Stage, details.question)


def answered(visit: Visit) -> Sequence[Answer]:
    """One answer."""
    stage = visit.stage
    assert isinstance(stage, details.Stage)  # noqa: S101 - routes.py brings only these here
    turn = details.step(stage, visit.got)
    visit.becomes(turn.stage)
    if turn.effect is not None and not _keep(visit, turn.effect):
        visit.becomes(None)
        return (say(texts.NOT_YOURS_NOW),)
    return turn.says


def _keep(visit: Visit, effect: details.Effect) -> bool:
    row = own(visit, effect.number)
    if row is None:
        return False
    match effect:
        case details.SetKind(_, kind):
            row.kind = kind
        case details.SetRoad(_, sees_road):
            row.sees_road = sees_road
        case details.SetDays(_, days):
            row.days_kept = days
        case details.SetLabel(_, label):
            registrations.rename(visit.tx, row, label, visit.now)
    row.changed_at = visit.now
    return True
