"""Takes what a channel brought: one transaction for a batch, a savepoint for each update, failures set aside."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlmodel import Session

from bot.core.messages import Envelope
from handlers import turn
from handlers.visit import House
from storage import claims

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An update that the channel's reader could not make sense of."""

    channel: str
    update_id: int
    error: str
    chat: str = ""  # the private chat it came from, where that much could be seen


@dataclass(frozen=True, slots=True)
class Skipped:
    """An update that is nobody's message: taken, and nothing done."""

    update_id: int


Arrived = Envelope | Unreadable | Skipped


@dataclass(slots=True)
class Taken:
    """How far a batch got (`count` updates from its start), and the acknowledgements of taps: (id, words)."""

    count: int = 0
    taps: list[tuple[str, str]] = field(default_factory=list)


def take_all(tx: Session, house: House, batch: Sequence[Arrived], now: datetime) -> Taken:
    """Handle updates in order, up to the first that fails and is to be tried again.

    An outage of the database is nobody's fault: it is raised, and the whole batch is tried again.
    """
    taken = Taken()
    for arrived in batch:
        if not _one(tx, house, arrived, now, taken):
            break
        taken.count += 1
    return taken


def _one(tx: Session, house: House, arrived: Arrived, now: datetime, taken: Taken) -> bool:
    match arrived:
        case Skipped():
            return True
        case Unreadable(channel, update_id) if claims.taken(tx, channel, update_id):
            return True
        case Unreadable(channel, update_id, error, chat):
            log.error("update %s cannot be read: %s", update_id, error)
            return turn.failed(tx, channel, update_id, chat, error, now)
    try:
        with tx.begin_nested():
            note = turn.take(tx, house, arrived, now)
    except Exception as error:
        if isinstance(error, DBAPIError) and not isinstance(error, IntegrityError | DataError):
            raise
        kind = type(error).__name__
        log.error("update %s failed: %s at %s", arrived.update_id, kind, _where(error))
        return turn.failed(tx, arrived.channel, arrived.update_id, arrived.chat if arrived.private else "", kind, now)
    if arrived.tapped:
        taken.taps.append((arrived.tapped, note))
    return True


def _where(error: Exception) -> str:
    """File and line of an error, without its words, which could hold people."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}" if trace else "?"
