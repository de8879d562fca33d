"""`/duplicates`: entries that may be the same cameras, one pair at a time; staff decide, owners are told."""

from collections.abc import Sequence

from bot import texts
from bot.core.access import Action
from bot.core.messages import Answer, Button, Say, phrase, say
from bot.core.registration import State, pin_of
from bot.core.station import pairs
from bot.core.station.pairs import AtPair, Judged, Keep
from handlers import mail
from handlers.station import verify
from handlers.visit import Visit, asker
from storage import audit, people, registrations
from storage.casework import looks
from storage.station import duplicates
from storage.tables.register import Registration
from storage.tables.stations import Station


def command(visit: Visit) -> Sequence[Answer]:
    """`/duplicates`: the pair that is nearest to each other."""
    station = verify.home(visit)
    if station is None:
        return (verify.unknown(visit),)
    if enough := verify.enough(visit):
        return enough
    twins = duplicates.closest(visit.tx, station)
    if twins is None:
        return (say(texts.NO_DUPLICATES, station=station.name),)
    rows = registrations.many(visit.tx, [twins.first, twins.second])
    first, second = rows[twins.first], rows[twins.second]
    by = visit.grant_for(Action.KEEP_TRUE)
    shown = looks.entries(visit.tx, looks.Eye(by, None, visit.now), [first.id, second.id], looks.Act.VISIT)
    entries = shown[first.id], shown[second.id]
    dates = visit.house.town.day(first.created_at), visit.house.town.day(second.created_at)
    visit.push(AtPair(*entries, twins.apart_m, twins.one_number, dates))
    for row in (first, second):
        audit.write(visit.tx, audit.Act.VISIT, visit.now, by=by, places=1, cameras=row.cameras, number=row.number)
    return (Say((pin_of(entries[0]),), pin=entries[0].site.point, protect=True), *ask_again(visit))


ask_again = asker(AtPair, pairs.question)


def answered(visit: Visit) -> Sequence[Answer]:
    """What staff said of a pair; then the next one."""
    stage = visit.stage
    assert isinstance(stage, AtPair)  # noqa: S101 - routes.py brings only these here
    turn = pairs.step(stage, visit.got)
    visit.becomes(turn.stage)
    return (_judged(visit, turn.effect), *command(visit)) if turn.effect else turn.says


def _judged(visit: Visit, said: Judged) -> Say:
    station, by = verify.home(visit), visit.grant_for(Action.KEEP_TRUE)
    found = [registrations.find(visit.tx, one.number) for one in (said.pair.first, said.pair.second)]
    rows = [row for row in found if row and row.state == State.ACTIVE]
    ours = station is not None and any(row.station_id == station.id for row in rows)
    if len(rows) < 2 or station is None or not ours:
        return say(texts.KEPT_AS_IT_WAS, replace=True)
    if not duplicates.judge(visit.tx, (rows[0].id, rows[1].id), said.keep, by, visit.now):
        return say(texts.KEPT_AS_IT_WAS, replace=True)
    numbers = [row.number for row in rows]
    audit.write(visit.tx, audit.Act.MERGE, visit.now, by=by, places=2, numbers=numbers, keep=said.keep)
    if said.keep is Keep.BOTH:
        return say(texts.BOTH_KEPT, replace=True)
    kept, hidden = rows if said.keep is Keep.FIRST else reversed(rows)
    registrations.pause(visit.tx, hidden, visit.now)
    _tell(visit, hidden, station)
    return say(texts.MERGED, kept=kept.number, hidden=hidden.number, replace=True)


def _tell(visit: Visit, hidden: Registration, station: Station) -> None:
    owner = people.get(visit.tx, hidden.person_id)
    if owner is None:
        return
    back = Button(phrase(texts.BRING_BACK_OTHER), f"/mine:resume:{hidden.number}")
    remove = Button(phrase(texts.REMOVE), f"/mine:remove:{hidden.number}")
    words = phrase(texts.TOLD_MERGED, station=station.name, hidden=hidden.number)
    mail.post(visit.tx, owner, say(words, buttons=((back,), (remove,))), visit.now)
