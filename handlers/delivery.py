"""Delivers the outbox: at least once, in order for each chat, answers before bulk, within the channel's limits."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from functools import partial

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from handlers.noting import FIRST_DELAY_S, Notes
from handlers.outcome import Blocked as Blocked
from handlers.outcome import Erased as Erased
from handlers.outcome import Later as Later
from handlers.outcome import Outcome as Outcome
from handlers.outcome import Refused as Refused
from handlers.outcome import Sent as Sent
from storage import leases, outbox, pace
from storage.engine import Store
from storage.outbox import Leased
from storage.pace import Rates

log = logging.getLogger(__name__)
AT_ONCE = 20
IDLE_S, SOON_S, RESTING_S = 5.0, 0.05, 0.2
LAST_WORDS_S, GIVING_BACK_S = 3.0, 1.0


Send = Callable[[Leased], Awaitable[Outcome]]


class Post:
    """Takes messages from the outbox and sends them, until it is stopped."""

    def __init__(self, store: Store, channel: str, send: Send, clock: Callable[[], datetime], rates: Rates) -> None:
        self._store, self._channel, self._send, self._clock, self._rates = store, channel, send, clock, rates
        self._bell = asyncio.Event()
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._notes = Notes(store, channel, clock)
        self._began = False
        self._looked_at, self._idle_s = -SOON_S, IDLE_S
        self._in_doubt: list[datetime] = []  # when messages were taken, if they were: the database went away

    def ring(self) -> None:
        """There may be something to send."""
        self._bell.set()

    async def run(self) -> None:
        """Send until cancelled; what is under way then has three seconds to finish, or is sent by another run."""
        try:
            while True:
                self._bell.clear()
                await self._send_what_is_due()
                await self._wait()
        finally:
            if self._under_way:
                await self._leave()

    async def _leave(self) -> None:
        """Nobody has to wait for the leases of what could not be finished: it goes to whoever sends next, at once."""
        tasks = dict(self._under_way)
        _, late = await asyncio.wait(tasks.values(), timeout=LAST_WORDS_S)
        for task in late:
            task.cancel()
        unfinished = [message_id for message_id, task in tasks.items() if task in late]
        if unfinished:
            await asyncio.wait(late)
            with suppress(SQLAlchemyError, TimeoutError):  # then the leases lapse
                async with asyncio.timeout(GIVING_BACK_S):
                    await self._store.turn(lambda tx: leases.let_go(tx, unfinished))

    async def _send_what_is_due(self) -> None:
        room, self._idle_s = AT_ONCE - len(self._under_way), IDLE_S
        if room <= 0:
            return
        now, self._looked_at = self._clock(), asyncio.get_running_loop().time()
        try:
            leased, self._idle_s = await self._store.turn(lambda tx: self._lease(tx, room, now))
        except SQLAlchemyError as error:
            log.warning("outbox cannot be read: %s", type(error).__name__)
            self._in_doubt.append(now)
            self._idle_s = 0.0
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

    def _lease(self, tx: Session, room: int, now: datetime) -> tuple[list[tuple[Leased, float]], float]:
        """Messages, and in how many seconds each may leave: slots that no other worker has; and when to look again."""
        if not self._began and self._store.engine.dialect.name == "sqlite":  # else another worker may be at it
            leases.take_over(tx, self._channel)
        for moment in self._in_doubt:
            leases.give_back(tx, self._channel, moment)
        rates = self._rates
        slots = pace.slots(tx, self._channel, room, rates, now)
        leased = outbox.lease(tx, self._channel, len(slots), now, pace.resting(rates, now)) if slots else []
        if leased:
            pace.take(tx, self._channel, [message.lane for message in leased], rates, now)
        return list(zip(leased, slots, strict=False)), self._until_next(tx, now, busy=bool(leased))

    def _finished(self, message_id: int, task: asyncio.Task[None]) -> None:
        del self._under_way[message_id]
        self.ring()
        if not task.cancelled() and (error := task.exception()):
            log.error("a message could not be finished: %s", type(error).__name__)

    async def _wait(self) -> None:
        """Until the bell rings or something is due; never so short that others' messages cannot gather meanwhile."""
        loop = asyncio.get_running_loop()
        with suppress(TimeoutError):
            async with asyncio.timeout(self._idle_s):
                await self._bell.wait()
        await asyncio.sleep(self._looked_at + SOON_S - loop.time())

    def _until_next(self, tx: Session, now: datetime, *, busy: bool) -> float:
        due = outbox.next_due(tx, self._channel, now)
        if due is None:
            return IDLE_S
        slot = pace.wait(tx, self._channel, self._rates, now)
        rests = not (slot or busy or self._under_way)  # what is due and was not leased: its chat had its share
        soonest = RESTING_S if rests else SOON_S
        return min(IDLE_S, max(soonest, slot, (due - now).total_seconds()))

    async def _one(self, message: Leased, wait: float) -> None:
        await asyncio.sleep(wait)
        paused = await self._paused() if wait else 0.0
        await self._notes.write(message, Later(paused) if paused else await self._attempt(message))

    async def _paused(self) -> float:
        """Seconds of a pause that the channel asked for since the message was taken from the outbox."""
        try:
            return await self._store.turn(lambda tx: pace.paused(tx, self._channel, self._clock()))
        except SQLAlchemyError:
            return FIRST_DELAY_S

    async def _attempt(self, message: Leased) -> Outcome:
        try:
            return await self._send(message)
        except Exception as error:
            log.error("message %s cannot be sent: %s", message.id, type(error).__name__)
            return Refused(type(error).__name__)
