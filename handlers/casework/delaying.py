"""`/delay`: a senior officer puts off what owners are told of a live case; it appears by itself when that is over."""

from collections.abc import Sequence

from bot import texts
from bot.core.access import Action
from bot.core.casework import delaying
from bot.core.messages import Answer, Say, say
from handlers.visit import Visit, asker
from storage.casework import delays, incidents
from storage.tables.looks import Delay


def begin(visit: Visit) -> Sequence[Answer]:
    """Ask for how long, for the senior's current incident."""
    incident = incidents.current(visit.tx, visit.person.id, visit.now)
    if incident is None or incident.station != visit.grant_for(Action.APPROVE).station:
        return (say(texts.DELAY_NO_INCIDENT),)
    if before := delays.of(visit.tx, incident.id):
        return (_until(visit, texts.DELAYED_BEFORE, before),)
    visit.push(delaying.NeedDelay(incident.id))
    return ask_again(visit)


ask_again = asker(delaying.Stage, delaying.question)


def answered(visit: Visit) -> Sequence[Answer]:
    """The days, or the reason."""
    stage = visit.stage
    assert isinstance(stage, delaying.Stage)  # noqa: S101 - routes.py brings only these here
    turn = delaying.step(stage, visit.got)
    visit.becomes(turn.stage)
    return _put_off(visit, turn.effect) if turn.effect else turn.says


def _put_off(visit: Visit, wanted: delaying.PutOff) -> Sequence[Answer]:
    incident = incidents.get(visit.tx, wanted.incident_id)
    by = visit.grant_for(Action.APPROVE)
    if incident is None or incident.closed_at is not None or incident.station != by.station:
        return (say(texts.DELAY_NO_INCIDENT),)
    new, delay = delays.put_off(visit.tx, incident, by, wanted.reason, wanted.days, visit.now)
    return (_until(visit, texts.DELAYED if new else texts.DELAYED_BEFORE, delay),)


def _until(visit: Visit, words: str, delay: Delay) -> Say:
    return say(words, day=f"{delay.until.astimezone(visit.house.town.zone):%d-%m-%Y}")
