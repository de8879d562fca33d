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
from storage import claims, people

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
    """What became of a batch, as far as it got, and the acknowledgements of taps: (id, words).

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

    One savepoint holds them all, which is cheaper than one each: where an update fails, what came before it is
    done once more without it. An outage of the database is nobody's fault: it is raised, for another try.
    """
    _hold(tx, batch)
    taken, left = Taken(), list(batch)
    while left:
        done, error = _together(tx, house, left, now)
        if error:
            done, again = _together(tx, house, left[: len(done.outcomes)], now)
            if again:
                raise again
        taken.add(done)
        left = left[len(done.outcomes) :]
        if error:
            taken.outcomes.append(_broke(tx, left.pop(0), error, now))
        if taken.outcomes[-1] is Outcome.FAILED:
            break
    return taken


def _hold(tx: Session, batch: Sequence[Arrived]) -> None:
    """Everyone who wrote, looked up at once."""
    wrote = [one for one in batch if isinstance(one, Envelope) and one.private]
    for channel in {one.channel for one in wrote}:
        people.hold_all(tx, channel, {one.chat for one in wrote if one.channel == channel})


def _together(tx: Session, house: House, batch: Sequence[Arrived], now: datetime) -> tuple[Taken, Exception | None]:
    """As many as can be handled; with an error, all of that is undone."""
    taken = Taken()
    try:
        with tx.begin_nested():
            for arrived in batch:
                outcome = _one(tx, house, arrived, now, taken)
                tx.flush()  # what the database refuses is refused here, where it is known whose it is
                taken.outcomes.append(outcome)
                if outcome is Outcome.FAILED:
                    break
    except Exception as error:
        if isinstance(error, DBAPIError) and not isinstance(error, IntegrityError | DataError):
            raise
        people.let_go(tx)
        return taken, error
    return taken, None


def _broke(tx: Session, arrived: Arrived, error: Exception, now: datetime) -> Outcome:
    if not isinstance(arrived, Envelope):
        raise error
    kind = type(error).__name__
    log.error("update %s failed: %s at %s", arrived.update_id, kind, _where(error))
    return _failed(tx, arrived.channel, arrived.update_id, arrived.chat if arrived.private else "", kind, now)


def _one(tx: Session, house: House, arrived: Arrived, now: datetime, taken: Taken) -> Outcome:
    match arrived:
        case Skipped():
            return Outcome.SKIPPED
        case Unreadable(channel, update_id) if claims.taken(tx, channel, update_id):
            return Outcome.AGAIN
        case Unreadable(channel, update_id, error, chat):
            log.error("update %s cannot be read: %s", update_id, error)
            return _failed(tx, channel, update_id, chat, error, now)
    handled = turn.take(tx, house, arrived, now)
    if arrived.tapped:
        taken.taps.append((arrived.tapped, handled.note))
    if handled.reached:
        taken.stages.append(handled.reached)
    return Outcome.AGAIN if handled.again else Outcome.TAKEN


def _failed(tx: Session, channel: str, update_id: int, chat: str, error: str, now: datetime) -> Outcome:
    aside = turn.failed(tx, channel, update_id, chat, error, now)
    return Outcome.SET_ASIDE if aside else Outcome.FAILED


def _where(error: Exception) -> str:
    """File and line of an error, without its words, which could hold people."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}" if trace else "?"
