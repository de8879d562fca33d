"""Messages on their way: sealed, in order for each chat, leased by whoever sends them."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Exists, and_, bindparam, delete, exists, func, insert, or_, true, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage import kept
from storage.ids import born, go_on_after, new_id
from storage.prepared import Prepared
from storage.seal import CannotOpenError, seal_of
from storage.tables.register import Outbox

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=60)
SERVED = timedelta(seconds=60)  # who was sent something since does not wait for us, but for their own messages
LONGEST_WAIT = timedelta(hours=2)  # until the next try of a message that failed
ANSWER, BULK = 0, 1
_PUT = Prepared(insert(Outbox))
_DONE = Prepared(update(Outbox).where(col(Outbox.id) == bindparam("message_id")))


@dataclass(frozen=True, slots=True)
class Leased:
    """A message to send now."""

    id: int
    channel: str
    lane: bytes
    person_id: int | None
    attempts: int
    message: bytes
    since: datetime
    kept_id: int | None = None
    kept: str = ""  # the id that the channel gave to the message it changes or deletes
    must: bool = False


def put(
    tx: Session,
    channel: str,
    lane: bytes,
    message: bytes,
    now: datetime,
    *,
    person_id: int | None = None,
    priority: int = ANSWER,
    due: datetime | None = None,
    kept_id: int | None = None,
    must: bool = False,
) -> int:
    """Queue a message; it leaves after the commit, or when it is due. Returns its id."""
    row, due = new_id(now), due if must else _together(tx, kept_id, due, now)
    waits = {
        "id": row,
        "person_id": person_id,
        "channel": channel,
        "lane": lane,
        "priority": priority,
        "due_at": due or now,
        "message_sealed": seal_of(tx).close("outbox", row, message),
        "kept_id": kept_id,
        "not_before": due,
        "must": must,
    }
    _PUT.run(tx, waits | {"attempts": 0, "outcome": ""})
    return row


def _together(tx: Session, kept_id: int | None, due: datetime | None, now: datetime) -> datetime | None:
    """What is kept under a name and due later takes the place of what waits so: many changes, one message, in time."""
    if kept_id is None or due is None:
        return due
    free = or_(col(Outbox.leased_until).is_(None), col(Outbox.leased_until) <= now)
    scheduled = (col(Outbox.kept_id) == kept_id, col(Outbox.not_before).is_not(None), ~col(Outbox.must))
    drop = update(Outbox).where(*scheduled, col(Outbox.sent_at).is_(None), free)
    finished = drop.values(sent_at=now, outcome="replaced", message_sealed=b"").returning(col(Outbox.due_at))
    waited: Sequence[datetime] = tx.connection().execute(finished).scalars().all()
    return min(due, *waited, due)


def lease(
    tx: Session, channel: str, most: int, now: datetime, resting: ColumnElement[bool] | None = None
) -> list[Leased]:
    """Up to `most` messages that may be sent now: the first of each chat, answers before bulk; no `resting` chat."""
    query = (
        select(Outbox)
        .where(col(Outbox.sent_at).is_(None), Outbox.channel == channel, _is_due(now), _is_free(now))
        .where(~_comes_after_another(now), true() if resting is None else ~resting)
        .order_by(col(Outbox.priority), col(Outbox.id))
        .limit(most)
        .with_for_update(skip_locked=True)  # of several workers each takes other rows; SQLite has one writer anyway
    )
    rows = tx.exec(query).all()
    return [leased for row in rows if (leased := _leased(tx, row, now))]


def _leased(tx: Session, row: Outbox, now: datetime) -> Leased | None:
    """One that does not open is given up, so that it stops neither the others nor the program."""
    try:
        message = seal_of(tx).open("outbox", row.id, row.message_sealed)
    except CannotOpenError:
        log.error("message %s does not open; it is given up", row.id)
        row.sent_at, row.outcome = now, "refused"
        return None
    row.leased_until = now + LEASE
    since = row.not_before or born(row.id)
    there = kept.message_of(tx, row.kept_id) if row.kept_id else ""
    return Leased(
        row.id, row.channel, row.lane, row.person_id, row.attempts, message, since, row.kept_id, there, row.must
    )


def _is_free(now: datetime) -> ColumnElement[bool]:
    """Nobody is sending it. A lease never ends later than this; one that does was made by a clock that was put back."""
    until = col(Outbox.leased_until)
    return or_(until.is_(None), until <= now, until > now + 2 * LEASE)


def _is_due(now: datetime) -> ColumnElement[bool]:
    """Its time has come; what was to leave at once does so whatever a clock says that was put back meanwhile."""
    due, fresh = col(Outbox.due_at), col(Outbox.attempts) == 0
    at_once = and_(col(Outbox.not_before).is_(None), or_(fresh, due > now + LONGEST_WAIT))
    return or_(due <= now, at_once)


def _comes_after_another(now: datetime) -> Exists:
    """Another message of the same chat goes first, or is being sent just now; what waits for its moment does not."""
    earlier = aliased(Outbox)
    first = or_(
        col(earlier.priority) < Outbox.priority,
        and_(col(earlier.priority) == Outbox.priority, col(earlier.id) < Outbox.id),
    )
    waits = or_(col(earlier.not_before).is_(None), col(earlier.not_before) <= now)
    return exists().where(
        col(earlier.lane) == Outbox.lane,
        col(earlier.sent_at).is_(None),
        or_(and_(first, waits), and_(col(earlier.leased_until) > now, col(earlier.leased_until) <= now + 2 * LEASE)),
    )


def done(tx: Session, message_id: int, outcome: str, now: datetime) -> None:
    """Mark a message as finished (sent, blocked, refused) and wipe its words."""
    said = {"sent_at": now, "outcome": outcome, "leased_until": None, "message_sealed": b""}
    _DONE.run(tx, said | {"message_id": message_id})


def postpone(tx: Session, message_id: int, until: datetime) -> None:
    """Try a message again later; those behind it in the same chat wait with it."""
    tx.connection().execute(
        update(Outbox)
        .where(col(Outbox.id) == message_id)
        .values(due_at=until, leased_until=None, attempts=Outbox.attempts + 1)
    )


def try_aside(tx: Session, message_id: int, until: datetime) -> None:
    """Try a message again later, without holding up the others of its chat meanwhile."""
    postpone(tx, message_id, until)
    tx.connection().execute(update(Outbox).where(col(Outbox.id) == message_id).values(not_before=until))


def hurry(tx: Session, lane: bytes, now: datetime) -> None:
    """The bot can write to this chat again: what had to wait for that leaves now."""
    held = (col(Outbox.lane) == lane, col(Outbox.sent_at).is_(None), col(Outbox.must), col(Outbox.attempts) > 0)
    tx.connection().execute(update(Outbox).where(*held).values(due_at=now, not_before=now))


def drop_lane(tx: Session, lane: bytes, outcome: str, now: datetime) -> None:
    """Give up what waits for one chat, since its owner blocked the bot; but not what must be done."""
    waiting = (col(Outbox.lane) == lane, col(Outbox.sent_at).is_(None), ~col(Outbox.must))
    tx.connection().execute(
        update(Outbox).where(*waiting).values(sent_at=now, outcome=outcome, leased_until=None, message_sealed=b"")
    )


def next_due(tx: Session, channel: str, now: datetime) -> datetime | None:
    """When the next message that waits, and is not being sent, may leave; those behind it in its chat do not count."""
    waits = (Outbox.channel == channel, col(Outbox.sent_at).is_(None), ~_comes_after_another(now))
    overdue = (
        select(col(Outbox.due_at)).where(*waits, col(Outbox.due_at) <= now).limit(1)
    )  # found at once in a long queue
    return tx.exec(overdue).first() or tx.exec(select(func.min(Outbox.due_at)).where(*waits)).first()


def left_waiting(tx: Session, now: datetime) -> datetime | None:
    """Since when the oldest due answer waits, of the chats that nothing was sent to for a minute."""
    served = aliased(Outbox)
    waits = (col(Outbox.sent_at).is_(None), Outbox.priority == ANSWER, col(Outbox.due_at) <= now)
    lately = exists().where(col(served.sent_at) > now - SERVED, col(served.lane) == Outbox.lane)
    first = select(col(Outbox.due_at)).where(*waits, ~_comes_after_another(now), ~lately)
    return tx.exec(first.order_by(col(Outbox.id)).limit(1)).first()


def go_on(tx: Session) -> None:
    """A process begins: what it queues comes after what waits already, though the clock was put back meanwhile."""
    go_on_after(tx.exec(select(func.max(Outbox.id)).where(col(Outbox.sent_at).is_(None))).one() or 0)


def waiting(tx: Session, person_id: int | None = None) -> int:
    """How many messages wait, for everyone or for one person."""
    query = select(func.count()).select_from(Outbox).where(col(Outbox.sent_at).is_(None))
    return tx.exec(query if person_id is None else query.where(Outbox.person_id == person_id)).one()


def busy(tx: Session, lane: bytes, since: datetime) -> bool:
    """Whether something waits for this chat, or was sent to it since then."""
    open_or_late = or_(col(Outbox.sent_at).is_(None), col(Outbox.sent_at) > since)
    return tx.exec(select(Outbox.id).where(col(Outbox.lane) == lane, open_or_late).limit(1)).first() is not None


def purge(tx: Session, before: datetime) -> int:
    """Drop the marks of messages that were finished before then."""
    return tx.connection().execute(delete(Outbox).where(col(Outbox.sent_at) < before)).rowcount or 0
