"""A glance at the register, for health and metrics: one small write shows that it takes any, then a few counts."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, func, or_, select

from storage import claims, outbox, schema
from storage.dialect import insert_once
from storage.tables.register import Meta, Outbox

_MARK = "last glance"


@dataclass(frozen=True, slots=True)
class Glance:
    """What there is: messages that wait, how long the oldest due one does (seconds), updates set aside.

    `oldest_answer_s`: of a chat that nothing was sent to meanwhile. Who asks much waits for their own answers.
    """

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
        _age(tx.exec(select(func.min(Outbox.due_at)).where(col(Outbox.sent_at).is_(None))).first(), now),
        _age(outbox.left_waiting(tx, now), now),
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


def _age(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0
