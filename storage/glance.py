"""A glance at the register, for health and metrics: one small write shows that it takes any, then a few counts."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, func, or_, select

from storage import claims, schema
from storage.dialect import insert_once
from storage.outbox import ANSWER
from storage.tables.register import Meta, Outbox

_MARK = "last glance"


@dataclass(frozen=True, slots=True)
class Glance:
    """What there is: messages that wait, how long the oldest due one does (seconds), updates set aside."""

    waiting: int
    oldest_s: float
    oldest_answer_s: float
    aside: int


def glance(tx: Session, now: datetime) -> Glance:
    """Look at the register. Raises SQLAlchemyError where it cannot be read or written."""
    schema.look(tx)
    _write(tx, now)
    return Glance(
        _waiting(tx, now),
        _oldest(tx, now),
        _oldest(tx, now, ANSWER),
        claims.set_aside(tx),
    )


def _write(tx: Session, now: datetime) -> None:
    mark = now.isoformat(timespec="seconds").encode()
    if not insert_once(tx, Meta, key=_MARK, value=mark):
        tx.connection().execute(update(Meta).where(col(Meta.key) == _MARK).values(value=mark))


def _waiting(tx: Session, now: datetime) -> int:
    """Messages that should have left by now; what is meant for a later day does not wait."""
    late = or_(col(Outbox.due_at) <= now, col(Outbox.attempts) > 0)
    return tx.exec(select(func.count()).select_from(Outbox).where(col(Outbox.sent_at).is_(None), late)).one()


def _oldest(tx: Session, now: datetime, priority: int | None = None) -> float:
    due = select(func.min(Outbox.due_at)).where(col(Outbox.sent_at).is_(None))
    first = tx.exec(due if priority is None else due.where(Outbox.priority == priority)).first()
    return max(0.0, (now - first).total_seconds()) if first else 0.0
