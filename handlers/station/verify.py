"""`/verify`: staff of a station look at its entries one by one, nearest first; every look leaves a trace."""

from collections.abc import Sequence
from datetime import timedelta

from bot import texts
from bot.core.access import Action
from bot.core.geo import Point
from bot.core.messages import Answer, Button, Say, phrase, say
from bot.core.registration import State, cameras
from bot.core.station import walk
from bot.core.station.walk import AtEntry, NeedStand, Seen, Verdict
from handlers import mail
from handlers.visit import Visit, asker
from storage import audit, people, registrations
from storage.casework import looks
from storage.station import stations, walks
from storage.tables.register import Registration
from storage.tables.stations import Station

A_DAY, DAY = 100, timedelta(hours=24)  # more than anyone can walk to: a list is not to be read off at a desk


def command(visit: Visit) -> Sequence[Answer]:
    """`/verify`: where do you stand?"""
    if home(visit) is None:
        return (unknown(visit),)
    visit.push(NeedStand())
    return ask_again(visit)


def home(visit: Visit) -> Station | None:
    """The station of this member of staff; None while its outline is not known."""
    return stations.find(visit.tx, visit.grant_for(Action.KEEP_TRUE).station)


def unknown(visit: Visit) -> Say:
    """What to say where the station's outline is not known."""
    return say(texts.STATION_UNKNOWN, station=visit.grant_for(Action.KEEP_TRUE).station)


ask_again = asker(walk.Stage, walk.question)


def answered(visit: Visit) -> Sequence[Answer]:
    """Where they stand, or what they see."""
    stage = visit.stage
    assert isinstance(stage, walk.Stage)  # noqa: S101 - routes.py brings only these here
    turn = walk.step(stage, visit.got, visit.house.town.city)
    visit.becomes(turn.stage)
    match turn.effect:
        case walk.Stand(here):
            return _next(visit, here)
        case Verdict() as verdict:
            return (_noted(visit, verdict), *_next(visit, verdict.entry.site.point))
    return turn.says


def enough(visit: Visit) -> Sequence[Answer]:
    """What to say to someone who was shown as many entries as one may see in a day; nothing to anyone else."""
    if audit.count_since(visit.tx, visit.person.id, audit.Act.VISIT, visit.now - DAY) < A_DAY:
        return ()
    return (say(texts.WALK_ENOUGH, most=A_DAY),)


def _next(visit: Visit, here: Point) -> Sequence[Answer]:
    """The nearest entry, on the map; showing it is a look, and is written down."""
    station = home(visit)
    if station is None:
        return (unknown(visit),)
    if too_many := enough(visit):
        return too_many
    found = walks.nearest(visit.tx, station.id, here, visit.now)
    if found is None:
        return (say(texts.WALK_DONE, station=station.name),)
    by, number = visit.grant_for(Action.KEEP_TRUE), found.registration.number
    opened = looks.entries(visit.tx, looks.Eye(by, None, visit.now), [found.registration.id], looks.Act.VISIT)
    stage = AtEntry(here, opened[found.registration.id], found.left)
    visit.push(stage)
    audit.write(visit.tx, audit.Act.VISIT, visit.now, by=by, places=1, cameras=stage.entry.cameras, number=number)
    return walk.shown(stage)


def _noted(visit: Visit, verdict: Verdict) -> Say:
    row, station = registrations.find(visit.tx, verdict.entry.number), home(visit)
    if row is None or station is None or row.station_id != station.id or row.state != State.ACTIVE:
        return say(texts.NOT_THERE_NOW_WALK, number=verdict.entry.number, replace=True)
    match verdict.seen:
        case Seen.THERE | Seen.COUNTED:
            walks.there(visit.tx, row, verdict.cameras, visit.now)
        case Seen.GONE:
            walks.gone(visit.tx, row, visit.now)
        case Seen.NOBODY:
            walks.nobody(row, visit.now)
    by, said = visit.grant_for(Action.KEEP_TRUE), verdict.seen
    audit.write(visit.tx, audit.Act.VERIFY, visit.now, by=by, places=1, number=row.number, seen=said)
    _tell_owner(visit, row, verdict, station)
    return say(texts.WALK_NOTED, number=row.number, replace=True)


def _tell_owner(visit: Visit, row: Registration, verdict: Verdict, station: Station) -> None:
    """Whoever's entry was changed hears it at once, and can undo it with one tap."""
    owner = people.get(visit.tx, row.person_id)
    if owner is None or verdict.seen in (Seen.THERE, Seen.NOBODY):
        return
    if verdict.seen is Seen.COUNTED:
        words = say(texts.TOLD_COUNT, station=station.name, number=row.number, cameras=cameras(verdict.cameras))
    else:
        date = visit.house.town.day(visit.now)
        back = Button(phrase(texts.BRING_BACK), f"/mine:resume:{row.number}")
        remove = Button(phrase(texts.REMOVE), f"/mine:remove:{row.number}")
        gone = phrase(texts.TOLD_GONE, date=date, station=station.name, number=row.number)
        words = say(gone, buttons=((back,), (remove,)))
    mail.post(visit.tx, owner, words, visit.now)
