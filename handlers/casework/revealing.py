"""Owners' numbers, one or with a case file: for the incident one works on, with a reason and a second factor."""

from collections.abc import Sequence

from bot import texts
from bot.core.access import Action
from bot.core.casework import revealing
from bot.core.casework.factor import Tried
from bot.core.casework.incident_words import name_of
from bot.core.casework.limits import Measure
from bot.core.casework.revealing import NeedReason, NeedSixDigits, Reasoned, ShowNumber, TakeAlong, Try, Wish
from bot.core.messages import Answer, Erase, Phrase, Say, phrase, say
from bot.core.turn import hinted
from handlers.casework import alarms, exporting, looking, second_factor
from handlers.mail import post
from handlers.visit import Visit, asker, row_named
from storage import registrations
from storage.casework import incidents, reveals, scoped
from storage.casework.looks import Eye


def begin(visit: Visit) -> Sequence[Answer]:
    """The button `/number:<search>:<registration>`."""
    wish = ShowNumber(row_named(visit, 1), row_named(visit, 2))
    if no := _refused(visit, wish) or second_factor.refused(visit):
        return (no,)
    visit.push(NeedReason(wish))
    return ask_again(visit)


ask_again = asker(revealing.Stage, revealing.question)


def answered(visit: Visit) -> Sequence[Answer]:
    """The reason, or the code."""
    stage = visit.stage
    assert isinstance(stage, revealing.Stage)  # noqa: S101 - routes.py brings only these here
    turn = revealing.step(stage, visit.got)
    visit.becomes(turn.stage)
    match turn.effect:
        case Reasoned(wish, reason) if second_factor.fresh(visit):
            return _grant(visit, wish, reason)
        case Reasoned(wish, reason):
            visit.becomes(NeedSixDigits(wish, reason))
            return ask_again(visit)
        case Try(wish, reason, code):
            return _tried(visit, wish, reason, code)
    return turn.says


def _tried(visit: Visit, wish: Wish, reason: str, code: str) -> Sequence[Answer]:
    tried, words = second_factor.enter(visit, code)
    match tried:
        case Tried.RIGHT:
            return _grant(visit, wish, reason)
        case Tried.WRONG | Tried.USED:
            return hinted(words.lines[0], ask_again(visit))
    visit.becomes(None)
    return (words,)


def _grant(visit: Visit, wish: Wish, reason: str) -> Sequence[Answer]:
    """Everything was asked and answered; whether it may still be done is looked at again."""
    visit.becomes(None)
    match wish:
        case ShowNumber():
            return _show(visit, wish, reason)
        case TakeAlong(incident_id):
            if stop := _stopped(visit, len(exporting.callable_of(visit, incident_id))):
                return (stop,)
            return exporting.with_numbers(visit, wish, reason)


def _refused(visit: Visit, wish: ShowNumber) -> Say | None:
    """Why this number cannot be shown now."""
    searched = looking.searched_by(visit, wish.search_id)
    if isinstance(searched, Say):
        return searched
    if visit.incident is None:
        return say(texts.NUMBER_NEEDS_INCIDENT)
    if not scoped.find(visit.tx, searched.scope, wish.registration_id):
        return say(texts.NOT_THERE_NOW)
    row = registrations.many(visit.tx, [wish.registration_id])[wish.registration_id]
    return say(texts.NUMBER_KEPT_BACK, number=row.number) if reveals.kept_back(visit.tx, _eye(visit), row) else None


def _eye(visit: Visit) -> Eye:
    return Eye(visit.grant_for(Action.REVEAL), visit.incident, visit.now)


def _stopped(visit: Visit, more: int) -> Say | None:
    return alarms.stopped(visit, visit.grant_for(Action.REVEAL), Measure.NUMBERS, more)


def _show(visit: Visit, wish: ShowNumber, reason: str) -> Sequence[Answer]:
    if no := _refused(visit, wish) or _stopped(visit, 1):
        return (no,)
    incident = visit.incident
    assert incident is not None  # noqa: S101 - refused without one
    row = registrations.many(visit.tx, [wish.registration_id])[wish.registration_id]
    phone = reveals.number_of(visit.tx, _eye(visit), row, reason)
    if not phone:
        return (say(texts.NUMBER_GONE, number=row.number),)
    reference = name_of(incidents.told(visit.tx, incident).reference)
    _for_ten_minutes(visit, phrase(texts.NUMBER_IS, phone=phone, number=row.number, reference=reference))
    return ()


def _for_ten_minutes(visit: Visit, words: Phrase) -> None:
    """A message that cannot be forwarded, and is taken back when its time is over: in this order, or it would stay."""
    name = f"number {visit.now.timestamp()}"
    post(visit.tx, visit.person, Say((words,), protect=True, keep=name), visit.now, language=visit.language)
    post(visit.tx, visit.person, Erase(name), visit.now, due=visit.now + revealing.STAYS)
