"""Takes what a channel brought: one transaction for a batch, a savepoint for each update, failures set aside."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlmodel import Session

from bot.core.messages import Envelope
from handlers import turn
from handlers.visit import House
from storage import claims, people, witness

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


class Outcome(StrEnum):
    """What became of an update."""

    TAKEN = "taken"
    AGAIN = "again"  # it had been taken before, and nothing was done
    SKIPPED = "skipped"
    FAILED = "failed"  # it is tried again
    SET_ASIDE = "set aside"


@dataclass(slots=True)
class Taken:
    """What became of updates, as far as they got, and the acknowledgements of taps: (id, words).

    To count after the commit: the outcomes, and the stages of the sign-up that were reached.
    """

    taps: list[tuple[str, str]] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    stages: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many updates from its start are done with."""
        return sum(outcome is not Outcome.FAILED for outcome in self.outcomes)

    def add(self, more: "Taken") -> None:
        """What was handled after this."""
        self.taps += more.taps
        self.outcomes += more.outcomes
        self.stages += more.stages


def take_all(tx: Session, house: House, batch: Sequence[Arrived], now: datetime) -> Taken:
    """Handle updates in order, up to the first that fails and is to be tried again.

    What one that fails did is undone, and what came before it stays. An outage of the database is nobody's fault: it
    is raised, for another try of them all.
    """
    _hold(tx, batch)
    taken = Taken()
    for arrived in batch:
        taken.add(_apart(tx, house, arrived, now))
        if taken.outcomes[-1] is Outcome.FAILED:
            break
    return taken


def _hold(tx: Session, batch: Sequence[Arrived]) -> None:
    """Everyone who wrote, looked up at once."""
    wrote = [one for one in batch if isinstance(one, Envelope) and one.private]
    for channel in {one.channel for one in wrote}:
        people.hold_all(tx, channel, {one.chat for one in wrote if one.channel == channel})


def _apart(tx: Session, house: House, arrived: Arrived, now: datetime) -> Taken:
    """One update in a savepoint of its own: before that ends, the database has seen all of it and may refuse it."""
    try:
        with tx.begin_nested():
            taken = _one(tx, house, arrived, now)
            witness.settle(tx)
            return taken
    except Exception as error:
        if isinstance(error, DBAPIError) and not isinstance(error, IntegrityError | DataError):
            raise
        people.let_go(tx)
        return Taken(outcomes=[_broke(tx, arrived, error, now)])


def _broke(tx: Session, arrived: Arrived, error: Exception, now: datetime) -> Outcome:
    if not isinstance(arrived, Envelope):
        raise error
    kind = type(error).__name__
    log.error("update %s failed: %s at %s", arrived.update_id, kind, _where(error))
    return _failed(tx, arrived.channel, arrived.update_id, arrived.chat if arrived.private else "", kind, now)


def _one(tx: Session, house: House, arrived: Arrived, now: datetime) -> Taken:
    match arrived:
        case Skipped():
            return Taken(outcomes=[Outcome.SKIPPED])
        case Unreadable(channel, update_id) if claims.taken(tx, channel, update_id):
            return Taken(outcomes=[Outcome.AGAIN])
        case Unreadable(channel, update_id, error, chat):
            log.error("update %s cannot be read: %s", update_id, error)
            return Taken(outcomes=[_failed(tx, channel, update_id, chat, error, now)])
    handled = turn.take(tx, house, arrived, now)
    taps = [(arrived.tapped, handled.note)] if arrived.tapped else []
    stages = [handled.reached] if handled.reached else []
    return Taken(taps, [Outcome.AGAIN if handled.again else Outcome.TAKEN], stages)


def _failed(tx: Session, channel: str, update_id: int, chat: str, error: str, now: datetime) -> Outcome:
    aside = turn.failed(tx, channel, update_id, chat, error, now)
    return Outcome.SET_ASIDE if aside else Outcome.FAILED


def _where(error: Exception) -> str:
    """File and line of an error, without its words, which could hold people."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}" if trace else "?"
