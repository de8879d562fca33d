"""Limits and alarms: how much an officer may look at in a day, and who hears of what looks wrong."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot import texts
from bot.core.access import Action
from bot.core.casework.incident_words import name_of
from bot.core.casework.limits import (
    IDLE_SEARCHES,
    NEAR_HOME_M,
    SAME_PLACE_DAYS,
    SAME_PLACE_M,
    SAME_PLACE_TIMES,
    Alarm,
    Measure,
)
from bot.core.casework.near import Circle
from bot.core.casework.scopes import aim_of, holds
from bot.core.geo import Point, metres
from bot.core.messages import Answer, Phrase, Say, Value, phrase, say
from bot.core.picture import Scope
from handlers import seniors
from handlers.seniors import Noticed, alarm
from handlers.visit import House, Visit, row_named
from storage import audit, registrations
from storage.admin import grants
from storage.casework import alarms, incidents, limits
from storage.tables.register import Grant

MEASURES: dict[Measure, str] = {
    Measure.SEARCHES: texts.MEASURE_SEARCHES,
    Measure.PLACES: texts.MEASURE_PLACES,
    Measure.NUMBERS: texts.MEASURE_NUMBERS,
}
ONCE = date.min  # instead of a day, for what is told once and not each day


def stopped(visit: Visit, by: Grant, measure: Measure, n: int) -> Say | None:
    """Count `n` more for today. Beyond the limit: the sentence to say instead of showing anything, and who hears."""
    most, day = visit.house.limits.of(measure), visit.today
    taken = limits.take(visit.tx, by.person_id, measure, n, most, day)
    words = phrase(MEASURES[measure])
    if taken.allowed:
        if taken.nearly:
            note = _note(visit, by, texts.ALARM_NEARLY, most=most, measure=words)
            alarm(visit.tx, Noticed(Alarm.NEARLY, by, measure, day, note), visit.now)
        return None
    note = _note(visit, by, texts.ALARM_REACHED, most=most, measure=words)
    lifted = limits.lifts(visit.tx, by.person_id, measure, day)
    alarm(visit.tx, Noticed(Alarm.REACHED, by, f"{measure}:{lifted}", day, note), visit.now)
    lifters = seniors.of_station(visit.tx, by.station, visit.now, by.person_id)
    return say(texts.LIMIT_REACHED if lifters else texts.LIMIT_WITHOUT_SENIOR, most=most, measure=words)


def after_search(visit: Visit, by: Grant, scope: Scope) -> None:
    """What a search shows of the officer: their own address, or one place again and again."""
    incident = visit.incident
    reference: Value = name_of(incidents.told(visit.tx, incident).reference) if incident else phrase(texts.NO_REFERENCE)
    incident_id = incident.id if incident else None
    own = (registrations.site_of(visit.tx, row).point for row in registrations.owned(visit.tx, by.person_id))
    if any(_meant(scope, point) for point in own):
        note = _note(visit, by, texts.ALARM_OWN_ADDRESS, reference=reference)
        alarm(visit.tx, Noticed(Alarm.OWN_ADDRESS, by, "", visit.today, note, incident_id), visit.now)
    since = visit.now - timedelta(days=SAME_PLACE_DAYS)
    rows = audit.searches_since(visit.tx, by.person_id, since)
    searched = [aim_of(audit.scope_of(visit.tx, row)) for row in rows]
    centre = aim_of(scope)
    times = sum(metres(point, centre) <= SAME_PLACE_M for point in searched if point and centre)
    if times >= SAME_PLACE_TIMES:
        note = _note(visit, by, texts.ALARM_SAME_PLACE, n=times, days=SAME_PLACE_DAYS, reference=reference)
        alarm(visit.tx, Noticed(Alarm.SAME_PLACE, by, "", visit.today, note, incident_id), visit.now)


def _meant(scope: Scope, point: Point) -> bool:
    """Whether a search looks as if it was made for this place: around it, or of a shape that holds it."""
    return metres(point, scope.centre) <= NEAR_HOME_M if isinstance(scope, Circle) else holds(scope, point)


def _note(visit: Visit, by: Grant, text: str, **values: Value) -> Phrase:
    return phrase(text, who=grants.name_of(visit.tx, by), station=by.station, **values)


def lift(visit: Visit) -> Sequence[Answer]:
    """The button `/lift:<alarm>`: another senior of the station allows as much again for that day."""
    by = visit.grant_for(Action.APPROVE)
    reached = alarms.settle(visit.tx, row_named(visit), by, visit.today, visit.now)
    officer = grants.get(visit.tx, reached.grant_id) if reached else None
    if reached is None or officer is None:
        return (say(texts.LIFT_OVER, replace=True),)
    measure = Measure(reached.about.partition(":")[0])
    limits.lift(visit.tx, reached.person_id, measure, visit.today)
    audit.write(visit.tx, audit.Act.ALLOW, visit.now, by=by, alarm=reached.id, allowed=True)
    note = say(texts.LIMIT_LIFTED, who=grants.name_of(visit.tx, by), measure=phrase(MEASURES[measure]))
    seniors.tell(visit.tx, [officer], note, visit.now)
    return (say(texts.DECIDED_YES, replace=True),)


def unasked(tx: Session, _house: House, now: datetime) -> int:
    """A chore: searches for an incident after which, a day later, no owner has been asked."""
    day = timedelta(days=1)
    found = audit.unasked(tx, now - SAME_PLACE_DAYS * day, now - day, IDLE_SEARCHES)
    for grant_id, incident_id, n in found:
        by, incident = grants.get(tx, grant_id), incidents.get(tx, incident_id)
        if by and incident and not incident.training:
            who = {"who": grants.name_of(tx, by), "station": by.station}
            reference = name_of(incidents.told(tx, incident).reference)
            note = phrase(texts.ALARM_NO_REQUEST, **who, n=n, reference=reference)
            alarm(tx, Noticed(Alarm.NO_REQUEST, by, str(incident_id), ONCE, note, incident_id), now)
    return len(found)


def forget_counts(tx: Session, house: House, now: datetime) -> int:
    """A chore: what was counted for days that are long over."""
    return limits.purge(tx, now.astimezone(house.town.zone).date() - timedelta(days=30))
