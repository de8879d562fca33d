"""Broadcasts: who reads them is settled at the yes, and each person is queued once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, insert, literal, select, update
from sqlmodel import Session, col
from sqlmodel import select as choose

from bot.core.access import Role
from bot.core.admin.broadcast import Audience, Progress
from bot.core.registration import State
from storage.admin import grants
from storage.ids import new_id
from storage.seal import seal_of
from storage.tables.admin import Broadcast, Recipient
from storage.tables.register import Grant, Outbox, Person, Registration


def readers(tx: Session, audience: Audience, station_id: int | None, now: datetime) -> int:
    """How many people would read it."""
    people = _people(audience, station_id, now).subquery()
    return tx.connection().execute(select(func.count()).select_from(people)).scalar_one()


def _people(audience: Audience, station_id: int | None, now: datetime) -> Select[Any]:
    reached = select(col(Person.id)).where(col(Person.reachable))
    if audience is Audience.BEARERS:
        bearers = grants.in_force_of(Role.BEARER, now).with_only_columns(col(Grant.person_id))
        return reached.where(col(Person.id).in_(bearers))
    there = col(Registration.station_id) == station_id
    owners = select(col(Registration.person_id)).where(there, col(Registration.state) != State.WITHDRAWN)
    return reached.where(col(Person.id).in_(owners), col(Person.muted_at).is_(None))


def make(
    tx: Session, by: Grant, audience: Audience, station: tuple[int, str] | None, words: str, now: datetime
) -> Broadcast:
    """Keep the words, and everyone who is to read them, in this transaction."""
    row = new_id(now)
    wanted = _people(audience, station[0] if station else None, now).subquery()
    everyone = select(literal(row), wanted.c.id)
    tx.connection().execute(insert(Recipient).from_select(["broadcast_id", "person_id"], everyone))
    made = Broadcast(
        id=row,
        grant_id=by.id,
        audience=audience,
        station=station[1] if station else "",
        words_sealed=seal_of(tx).close("broadcast.words", row, words.encode()),
        people=_count(tx, row),
        made_at=now,
    )
    tx.add(made)
    tx.flush()
    return made


def words_of(tx: Session, broadcast: Broadcast) -> str:
    return seal_of(tx).open("broadcast.words", broadcast.id, broadcast.words_sealed).decode()


def hold(tx: Session, broadcast_id: int) -> Broadcast | None:
    """A broadcast as it is now, for this transaction alone: nobody goes on with it meanwhile."""
    return tx.get(Broadcast, broadcast_id, populate_existing=True, with_for_update=True)


def under_way(tx: Session) -> Sequence[Broadcast]:
    """Those that are not over, the oldest first; each held against others who would go on with it now."""
    query = choose(Broadcast).where(col(Broadcast.over_at).is_(None)).order_by(col(Broadcast.id))
    return tx.exec(query.with_for_update(skip_locked=True)).all()


def next_ones(tx: Session, broadcast: Broadcast, most: int) -> list[tuple[Recipient, Person]]:
    """Some of those whose turn has not come."""
    query = (
        choose(Recipient, Person)
        .join(Person, col(Person.id) == Recipient.person_id)
        .where(Recipient.broadcast_id == broadcast.id, col(Recipient.outbox_id).is_(None))
        .order_by(col(Recipient.person_id))
        .limit(most)
    )
    return list(tx.exec(query))


def stop(tx: Session, broadcast: Broadcast, now: datetime) -> bool:
    """Nobody else is written to; what waits in the outbox is dropped. False where it was stopped or over before."""
    if broadcast.stopped_at is not None or broadcast.over_at is not None:
        return False
    broadcast.stopped_at = now
    unsent = (col(Outbox.sent_at).is_(None), col(Outbox.leased_until).is_(None))
    queued = select(col(Recipient.outbox_id)).where(col(Recipient.broadcast_id) == broadcast.id)
    waiting = tx.connection().execute(select(col(Outbox.id)).where(col(Outbox.id).in_(queued), *unsent)).scalars().all()
    tx.connection().execute(update(Recipient).where(col(Recipient.outbox_id).in_(waiting)).values(outbox_id=None))
    tx.connection().execute(delete(Outbox).where(col(Outbox.id).in_(waiting)))
    return True


def progress(tx: Session, broadcast: Broadcast) -> Progress:
    """How far it is."""
    queued = _count(tx, broadcast.id, col(Recipient.outbox_id).is_not(None))
    waits = select(col(Outbox.id)).where(col(Outbox.sent_at).is_(None), col(Outbox.id) == col(Recipient.outbox_id))
    waiting = _count(tx, broadcast.id, waits.exists())
    return Progress(broadcast.people, queued, queued - waiting, broadcast.stopped_at is not None)


def count_to(tx: Session, person_id: int) -> int:
    """How many broadcasts that are still remembered went, or go, to a person."""
    mine = select(func.count()).select_from(Recipient).where(col(Recipient.person_id) == person_id)
    return tx.connection().execute(mine).scalar_one()


def _count(tx: Session, broadcast_id: int, *which: object) -> int:
    query = select(func.count()).select_from(Recipient).where(col(Recipient.broadcast_id) == broadcast_id, *which)  # type: ignore[arg-type]  # conditions of columns
    return tx.connection().execute(query).scalar_one()


def purge(tx: Session, before: datetime) -> int:
    """Forget who was written to, and the words, of those that ended before then; the trace keeps that they were."""
    ended = select(col(Broadcast.id)).where(col(Broadcast.over_at) < before)
    tx.connection().execute(delete(Recipient).where(col(Recipient.broadcast_id).in_(ended)))
    return tx.connection().execute(delete(Broadcast).where(col(Broadcast.over_at) < before)).rowcount or 0
