"""Writes down how messages went: what ends at about the same time in one transaction, each alone where that fails."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from handlers.outcome import Blocked, Erased, Later, Outcome, Refused, Sent
from storage import kept, outbox, pace, people
from storage.engine import Store
from storage.outbox import Leased

log = logging.getLogger(__name__)
FIRST_DELAY_S, LONGEST_DELAY_S = 1.0, 60.0
TOO_OLD = timedelta(hours=24)  # what could not be sent for so long is of no use any more
MUST, MUST_TOO_OLD = timedelta(hours=1), timedelta(days=90)  # what must be done is tried so often, for so long
ENOUGH_TRIES = 60  # an hour of them at least


@dataclass(slots=True)
class Note:
    """How one message went, and whether that is written down."""

    message: Leased
    outcome: Outcome
    written: bool = False


class Notes:
    """The notes of one sender."""

    def __init__(self, store: Store, channel: str, clock: Callable[[], datetime]) -> None:
        self._store, self._channel, self._clock = store, channel, clock
        self._waiting: list[Note] = []
        self._writing = asyncio.Lock()

    async def write(self, message: Leased, outcome: Outcome) -> None:
        """Write it down, however long the database is away: else it would be sent again."""
        note = Note(message, outcome)
        self._waiting.append(note)
        async with self._writing:
            if not note.written:
                waiting, self._waiting = self._waiting, []
                await self._try(waiting)
        while not note.written:
            await asyncio.sleep(FIRST_DELAY_S)
            await self._try([note])

    async def _try(self, notes: Sequence[Note]) -> None:
        try:
            await self._store.turn(lambda tx: self._put(tx, notes))
        except SQLAlchemyError as error:
            for note in notes:
                log.warning("message %s cannot be noted: %s", note.message.id, type(error).__name__)
            return
        for note in notes:
            note.written = True

    def _put(self, tx: Session, notes: Sequence[Note]) -> None:
        for note in notes:
            self._note(tx, note.message, note.outcome)

    def _note(self, tx: Session, message: Leased, outcome: Outcome) -> None:
        now = self._clock()
        match outcome:
            case Sent(kept_as):
                outbox.done(tx, message.id, "sent", now)
                if message.kept_id and kept_as:
                    kept.remember(tx, message.kept_id, kept_as, now)
            case Erased():
                outbox.done(tx, message.id, "sent", now)
                if message.kept_id:
                    kept.forget(tx, message.kept_id, now)
            case Refused(error):
                log.error("message %s was refused: %s", message.id, error)
                outbox.done(tx, message.id, "refused", now)
            case Blocked():
                _blocked(tx, message, now)
            case Later() if _is_hopeless(message, now):
                log.error("message %s was given up after %s tries", message.id, message.attempts + 1)
                outbox.done(tx, message.id, "refused", now)
            case Later(seconds, everyone):
                if everyone:
                    pace.pause(tx, self._channel, seconds or FIRST_DELAY_S, now)
                usual = min(FIRST_DELAY_S * 2 ** min(message.attempts, 6), LONGEST_DELAY_S)
                outbox.postpone(tx, message.id, now + timedelta(seconds=usual if seconds is None else seconds))


def _is_hopeless(message: Leased, now: datetime) -> bool:
    """Too old, and tried so often that it is not only a clock that was put forward."""
    too_old = now - message.since > (MUST_TOO_OLD if message.must else TOO_OLD)
    return too_old and message.attempts >= (0 if message.must else ENOUGH_TRIES)


def _blocked(tx: Session, message: Leased, now: datetime) -> None:
    outbox.drop_lane(tx, message.lane, "blocked", now)
    if message.must:
        outbox.try_aside(tx, message.id, now + MUST)
    person = people.get(tx, message.person_id) if message.person_id else None
    if person:
        person.reachable = False
