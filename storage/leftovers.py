"""People who have nothing here any more: first their number and consent are forgotten, then they altogether.

Whether someone has nothing left stands in other tables, so everybody has to be looked at: some of them at a time. So it
is with whatever else matters by what hangs on it.
"""

import struct
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, or_, update
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from storage.tables.register import Grant, Meta, Outbox, Person, Registration
from storage.tables.societies import CameBy, Wish

AT_ONCE = 5000  # a hundredth of a second; where there are more people, the next call goes on with the next
_PEOPLE = "people looked through up to"
_ID = struct.Struct(">q")


@dataclass(frozen=True, slots=True)
class Some:
    """Rows with ids after one and up to another; up to the last where there is none."""

    after: int
    upto: int | None

    def hold(self, column: Mapped[int]) -> ColumnElement[bool]:
        return column > self.after if self.upto is None else and_(column > self.after, column <= self.upto)


def some_people(tx: Session) -> Some:
    """Whom to look at now."""
    return next_some(tx, col(Person.id), _PEOPLE)


def next_some(tx: Session, column: Mapped[int], cursor: str) -> Some:
    """Whose turn it is, and (kept as `cursor`) whose it will be next time: after the last comes the first."""
    kept = tx.get(Meta, cursor)
    after: int = _ID.unpack(kept.value)[0] if kept else 0
    ids = select(column).where(column > after).order_by(column)
    some = Some(after, tx.exec(ids.offset(AT_ONCE - 1).limit(1)).first())
    if (some.upto or 0) != after:
        tx.merge(Meta(key=cursor, value=_ID.pack(some.upto or 0)))
    return some


def wipe_unfinished(tx: Session, before: datetime) -> int:
    """Forget the open questions of everyone who has been silent since `before`."""
    silent = update(Person).where(col(Person.stages_sealed).is_not(None), col(Person.seen_at) < before)
    return tx.connection().execute(silent.values(stages_sealed=None, reminded_at=None)).rowcount or 0


def wipe_ownerless(tx: Session, some: Some, before: datetime) -> int:
    """Forget number and consent of people without an entry, not even a withdrawn one.

    At once where they took their consent back; else when no question is open and they were silent since `before`.
    """
    silent = and_(col(Person.seen_at) < before, col(Person.stages_sealed).is_(None))
    wiped = update(Person).where(
        some.hold(col(Person.id)),
        or_(col(Person.phone_sealed).is_not(None), col(Person.consent_at).is_not(None)),
        or_(col(Person.consent_at).is_(None), silent),
        ~_owns(some),
    )
    nothing = {"phone_sealed": None, "phone_token": None, "consent_version": "", "consent_at": None}
    return tx.connection().execute(wiped.values(nothing)).rowcount or 0


def _owns(some: Some) -> ColumnElement[bool]:
    """Has an entry. What is asked of the people is asked of the entries: else PostgreSQL reads all there are."""
    return exists().where(col(Registration.person_id) == Person.id, some.hold(col(Registration.person_id)))


def wipe_strangers(tx: Session, some: Some, before: datetime) -> int:
    """Forget altogether who has neither entry nor role and was silent since `before`, and how they came."""
    strangers = delete(Person).where(
        some.hold(col(Person.id)),
        col(Person.seen_at) < before,
        ~_owns(some),
        ~exists().where(col(Grant.person_id) == Person.id),
        ~exists().where(col(Outbox.lane) == Person.chat_token, col(Outbox.sent_at).is_(None)),
        ~exists().where(col(Wish.person_id) == Person.id),
    )
    known = exists().where(col(Person.id) == CameBy.person_id)
    came = delete(CameBy).where(some.hold(col(CameBy.person_id)), ~known)
    gone = tx.connection().execute(strangers).rowcount or 0
    tx.connection().execute(came)
    return gone
