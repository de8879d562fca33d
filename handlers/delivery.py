"""Delivers the outbox: at least once, in order for each chat, answers before bulk, within the channel's limits."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from handlers.outcome import Blocked as Blocked
from handlers.outcome import Erased as Erased
from handlers.outcome import Later as Later
from handlers.outcome import Outcome as Outcome
from handlers.outcome import Refused as Refused
from handlers.outcome import Sent as Sent
from storage import kept, outbox, pace, people
from storage.engine import Store
from storage.outbox import Leased
from storage.pace import Rates

log = logging.getLogger(__name__)
AT_ONCE = 20
FIRST_DELAY_S, LONGEST_DELAY_S = 1.0, 60.0
IDLE_S, SOON_S, RESTING_S = 5.0, 0.05, 0.2
TOO_OLD = timedelta(hours=24)  # what could not be sent for so long is of no use any more
MUST, MUST_TOO_OLD = timedelta(hours=1), timedelta(days=90)  # what must be done is tried so often, for so long
ENOUGH_TRIES = 60  # an hour of them at least
LAST_WORDS_S = 3.0


Send = Callable[[Leased], Awaitable[Outcome]]


class Post:
    """Takes messages from the outbox and sends them, until it is stopped."""

    def __init__(self, store: Store, channel: str, send: Send, clock: Callable[[], datetime], rates: Rates) -> None:
        self._store, self._channel, self._send, self._clock, self._rates = store, channel, send, clock, rates
        self._bell = asyncio.Event()
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._began = False
        self._in_doubt: list[datetime] = []  # when messages were taken, if they were: the database went away

    def ring(self) -> None:
        """There may be something to send."""
        self._bell.set()

    async def run(self) -> None:
        """Send until cancelled; what is under way then has three seconds to finish, or is sent by the next run."""
        try:
            while True:
                self._bell.clear()
                await self._send_what_is_due()
                await self._wait()
        finally:
            if under_way := list(self._under_way.values()):
                await asyncio.wait(under_way, timeout=LAST_WORDS_S)
                for task in under_way:
                    task.cancel()
                await asyncio.wait(under_way)

    async def _send_what_is_due(self) -> None:
        room = AT_ONCE - len(self._under_way)
        if room <= 0:
            return
        now = self._clock()
        try:
            leased = await self._store.turn(lambda tx: self._lease(tx, room, now))
        except SQLAlchemyError as error:
            log.warning("outbox cannot be read: %s", type(error).__name__)
            self._in_doubt.append(now)
            await asyncio.sleep(FIRST_DELAY_S)
            return
        self._began = True
        self._in_doubt.clear()
        for message, wait in leased:
            if message.id in self._under_way:  # a slow one: its lease was renewed just now
                continue
            task = asyncio.create_task(self._one(message, wait))
            self._under_way[message.id] = task
            task.add_done_callback(partial(self._finished, message.id))

    def _lease(self, tx: Session, room: int, now: datetime) -> list[tuple[Leased, float]]:
        """Messages, and in how many seconds each may leave: slots that no other worker has."""
        if not self._began and self._store.engine.dialect.name == "sqlite":  # else another worker may be at it
            outbox.take_over(tx, self._channel)
        for moment in self._in_doubt:
            outbox.give_back(tx, self._channel, moment)
        rates = self._rates
        slots = pace.slots(tx, self._channel, room, rates, now)
        leased = outbox.lease(tx, self._channel, len(slots), now, pace.resting(rates, now)) if slots else []
        if leased:
            pace.take(tx, self._channel, [message.lane for message in leased], rates, now)
        return list(zip(leased, slots, strict=False))

    def _finished(self, message_id: int, task: asyncio.Task[None]) -> None:
        del self._under_way[message_id]
        self.ring()
        if not task.cancelled() and (error := task.exception()):
            log.error("a message could not be finished: %s", type(error).__name__)

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(await self._idle_seconds()):
                await self._bell.wait()
        except TimeoutError:
            return

    async def _idle_seconds(self) -> float:
        try:
            return await self._store.turn(self._until_next)
        except SQLAlchemyError:
            return FIRST_DELAY_S

    def _until_next(self, tx: Session) -> float:
        now = self._clock()
        due = outbox.next_due(tx, self._channel, now)
        if due is None:
            return IDLE_S
        slot = pace.wait(tx, self._channel, self._rates, now)
        soonest = SOON_S if slot or self._under_way else RESTING_S  # what is due and was not leased: its chat rests
        return min(IDLE_S, max(soonest, slot, (due - now).total_seconds()))

    async def _one(self, message: Leased, wait: float) -> None:
        await asyncio.sleep(wait)
        paused = await self._paused() if wait else 0.0
        await self._noted(message, Later(paused) if paused else await self._attempt(message))

    async def _paused(self) -> float:
        """Seconds of a pause that the channel asked for since the message was taken from the outbox."""
        try:
            return await self._store.turn(lambda tx: pace.paused(tx, self._channel, self._clock()))
        except SQLAlchemyError:
            return FIRST_DELAY_S

    async def _noted(self, message: Leased, outcome: Outcome) -> None:
        """Write down how it went, however long the database is away: else it would be sent again."""
        while True:
            try:
                return await self._store.turn(lambda tx: self._note(tx, message, outcome))
            except SQLAlchemyError as error:
                log.warning("message %s cannot be noted: %s", message.id, type(error).__name__)
                await asyncio.sleep(FIRST_DELAY_S)

    async def _attempt(self, message: Leased) -> Outcome:
        try:
            return await self._send(message)
        except Exception as error:
            log.error("message %s cannot be sent: %s", message.id, type(error).__name__)
            return Refused(type(error).__name__)

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
                self._blocked(tx, message, now)
            case Later() if self._is_hopeless(message, now):
                log.error("message %s was given up after %s tries", message.id, message.attempts + 1)
                outbox.done(tx, message.id, "refused", now)
            case Later(seconds, everyone):
                if everyone:
                    pace.pause(tx, self._channel, seconds or FIRST_DELAY_S, now)
                wait = (
                    seconds
                    if seconds is not None
                    else min(FIRST_DELAY_S * 2 ** min(message.attempts, 6), LONGEST_DELAY_S)
                )
                outbox.postpone(tx, message.id, now + timedelta(seconds=wait))

    def _is_hopeless(self, message: Leased, now: datetime) -> bool:
        """Too old, and tried so often that it is not only a clock that was put forward."""
        too_old = now - message.since > (MUST_TOO_OLD if message.must else TOO_OLD)
        return too_old and message.attempts >= (0 if message.must else ENOUGH_TRIES)

    def _blocked(self, tx: Session, message: Leased, now: datetime) -> None:
        outbox.drop_lane(tx, message.lane, "blocked", now)
        if message.must:
            outbox.try_aside(tx, message.id, now + MUST)
        person = people.get(tx, message.person_id) if message.person_id else None
        if person:
            person.reachable = False
