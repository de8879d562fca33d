"""`/broadcast`: words for the office-bearers, or for the owners at one station; each person reads them once."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from bot import texts
from bot.core.access import Action
from bot.core.admin import broadcast as words
from bot.core.admin.broadcast import (
    Audience,
    Chosen,
    NeedAudience,
    NeedWhichStation,
    NeedWords,
    Send,
    SureSend,
    Written,
)
from bot.core.messages import Answer, Button, Say, phrase, say
from bot.core.turn import hinted
from handlers.admin import holding
from handlers.mail import post
from handlers.visit import House, Visit, argument, number
from storage import audit, outbox
from storage.admin import broadcasts, grants
from storage.station import stations
from storage.tables.admin import Broadcast

NOT_WANTED = 0  # in place of a message's id: muted or blocked since the yes


def command(visit: Visit) -> Sequence[Answer]:
    """To whom?"""
    visit.push(NeedAudience())
    return ask_again(visit)


def ask_again(visit: Visit) -> Sequence[Say]:
    """The question that is open, once more; before the last yes with the message itself."""
    stage = visit.stage
    if isinstance(stage, SureSend):
        return (words.as_read(stage.words, visit.house.town.police, stage.audience), *words.question(stage))
    return words.question(stage) if isinstance(stage, words.Stage) else ()


def answered(visit: Visit) -> Sequence[Answer]:
    """One answer."""
    stage = visit.stage
    assert isinstance(stage, words.Stage)  # noqa: S101 - routes.py brings only these here
    turn = words.step(stage, visit.got)
    visit.becomes(turn.stage)
    match turn.effect:
        case Chosen(wanted):
            return _choose(visit, wanted)
        case Written(audience, station, text):
            return _sure(visit, audience, station, text)
        case Send():
            return _start(visit, turn.effect)
    return turn.says


def _choose(visit: Visit, wanted: str) -> Sequence[Answer]:
    """The station whose owners are meant: by its name."""
    names = tuple(station.name for station in stations.every(visit.tx))
    if not names:
        visit.becomes(None)
        return (say(texts.NO_STATIONS, replace=True),)
    if station := stations.find(visit.tx, wanted) if wanted else None:
        visit.becomes(NeedWords(Audience.OWNERS, station.name))
        return ask_again(visit)
    visit.becomes(NeedWhichStation(names))
    if not wanted:
        return ask_again(visit)
    return hinted(phrase(texts.HINT_STATION, names=", ".join(names[:40])), ask_again(visit))


def _sure(visit: Visit, audience: Audience, station: str, text: str) -> Sequence[Answer]:
    """The message as it will be read, how many will read it, and what that takes."""
    there = _station(visit.tx, station)
    readers = broadcasts.readers(visit.tx, audience, there[0] if there else None, visit.now)
    if not readers:
        visit.becomes(None)
        return (say(texts.NOBODY_TO_WRITE),)
    spent = words.minutes(readers, visit.house.messages_per_second)
    visit.becomes(SureSend(audience, station, text, readers, spent))
    return ask_again(visit)


def _station(tx: Session, name: str) -> tuple[int, str] | None:
    station = stations.find(tx, name) if name else None
    return (station.id, station.name) if station else None


def _start(visit: Visit, send: Send) -> Sequence[Answer]:
    """Everyone who is to read it is written down now; the clock sends it, a batch a minute."""
    by, tx = visit.grant_for(Action.BROADCAST), visit.tx
    made = broadcasts.make(tx, by, send.audience, _station(tx, send.station), send.words, visit.now)
    audit.write(
        tx,
        audit.Act.BROADCAST,
        visit.now,
        by=by,
        broadcast=made.id,
        audience=send.audience,
        at=send.station,
        people=made.people,
        words=send.words,
    )
    stop = (Button(phrase(texts.STOP), f"/news:stop:{made.id}"),)
    told = say(texts.BROADCAST_TOLD, by=grants.name_of(tx, by), words=send.words, buttons=(stop,))
    holding.tell_admins(tx, told, visit.now, but=frozenset({visit.person.id}))
    return (words.live(_shown(tx, made), made.id),)


def _shown(tx: Session, made: Broadcast) -> words.Progress:
    progress = broadcasts.progress(tx, made)
    made.shown = f"{progress}"
    return progress


def go_on(tx: Session, house: House, now: datetime) -> int:
    """Queue the next batch of each broadcast, behind every answer, and bring its live message up to date."""
    room = min(words.A_MINUTE, int(house.messages_per_second * 60))
    done = 0
    for made in broadcasts.under_way(tx):
        if made.stopped_at is None:
            done += _batch(tx, house, made, room - done, now)
        _report(tx, made, now)
    return done


def _batch(tx: Session, house: House, made: Broadcast, most: int, now: datetime) -> int:
    message = words.as_read(broadcasts.words_of(tx, made), house.town.police, Audience(made.audience))
    batch = broadcasts.next_ones(tx, made, most)
    for recipient, person in batch:
        wanted = person.reachable and (person.muted_at is None or made.audience != Audience.OWNERS)
        recipient.outbox_id = post(tx, person, message, now, priority=outbox.BULK) if wanted else NOT_WANTED
    tx.flush()
    return len(batch)


def _report(tx: Session, made: Broadcast, now: datetime) -> None:
    before, progress = made.shown, _shown(tx, made)
    if progress.over:
        made.over_at = now
    if made.shown != before and (grant := grants.get(tx, made.grant_id)):
        holding.tell_person(tx, grant.person_id, words.live(progress, made.id), now)


def stop(visit: Visit) -> Sequence[Answer]:
    """The button `/news:stop:<broadcast>`, for every administrator."""
    made = broadcasts.hold(visit.tx, number(argument(visit)))
    if made is None or not broadcasts.stop(visit.tx, made, visit.now):
        return (say(texts.NOTHING_TO_STOP),)
    by = visit.grant_for(Action.BROADCAST)
    audit.write(visit.tx, audit.Act.STOP, visit.now, by=by, broadcast=made.id)
    _report(visit.tx, made, visit.now)
    return (say(texts.STOPPED),)


def mute(visit: Visit) -> Sequence[Answer]:
    """The button `/news:off`: no more such news; requests after an incident still come."""
    visit.person.muted_at = visit.now
    audit.write(visit.tx, audit.Act.MUTE, visit.now, person_id=visit.person.id, of=audit.NEWS)
    back = (Button(phrase(texts.UNMUTE), "/news:on"),)
    return (say(texts.MUTED, buttons=(back,)),)


def unmute(visit: Visit) -> Sequence[Answer]:
    """The button `/news:on`."""
    visit.person.muted_at = None
    audit.write(visit.tx, audit.Act.UNMUTE, visit.now, person_id=visit.person.id, of=audit.NEWS)
    return (say(texts.UNMUTED, replace=True),)
