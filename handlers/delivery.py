"""Delivers the outbox: at least once, in order for each chat, answers before bulk, within the channel's limits."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from handlers.pace import Pace
from storage import kept, outbox, people
from storage.engine import Store
from storage.outbox import Leased

log = logging.getLogger(__name__)
AT_ONCE = 20
FIRST_DELAY_S, LONGEST_DELAY_S = 1.0, 60.0
IDLE_S, SOON_S, RESTING_S = 5.0, 0.05, 0.2
TOO_OLD = timedelta(hours=24)  # what could not be sent for so long is of no use any more
MUST, MUST_TOO_OLD = timedelta(hours=1), timedelta(days=90)  # what must be done is tried so often, for so long
LAST_WORDS_S = 3.0


@dataclass(frozen=True, slots=True)
class Sent:
    """Delivered; with the id it got where it is to be kept."""

    message: str = ""


@dataclass(frozen=True, slots=True)
class Erased:
    """What was to be deleted is gone."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """The person does not want messages from the bot, or their chat is gone."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The channel will never take this message."""

    error: str


@dataclass(frozen=True, slots=True)
class Later:
    """Try again: after `seconds` if the channel named them; `everyone` when it asked us all to wait."""

    seconds: float | None = None
    everyone: bool = False


Outcome = Sent | Erased | Blocked | Refused | Later
Send = Callable[[Leased], Awaitable[Outcome]]


class Post:
    """Takes messages from the outbox and sends them, until it is stopped."""

    def __init__(self, store: Store, channel: str, send: Send, clock: Callable[[], datetime], pace: Pace) -> None:
        self._store, self._channel, self._send, self._clock, self._pace = store, channel, send, clock, pace
        self._bell = asyncio.Event()
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._began = False

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
        try:
            leased = await self._store.turn(lambda tx: self._lease(tx, room))
        except SQLAlchemyError as error:
            log.warning("outbox cannot be read: %s", type(error).__name__)
            await asyncio.sleep(FIRST_DELAY_S)
            return
        self._began = True
        for message in leased:
            if message.id in self._under_way:  # a slow one: its lease was renewed just now
                continue
            task = asyncio.create_task(self._one(message))
            self._under_way[message.id] = task
            task.add_done_callback(partial(self._finished, message.id))

    def _lease(self, tx: Session, room: int) -> list[Leased]:
        if not self._began and self._store.engine.dialect.name == "sqlite":  # else another worker may be at it
            outbox.take_over(tx, self._channel)
        return outbox.lease(tx, self._channel, room, self._clock(), self._pace.resting())

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
            due = await self._store.turn(lambda tx: outbox.next_due(tx, self._channel, self._clock()))
        except SQLAlchemyError:
            return FIRST_DELAY_S
        if due is None:
            return IDLE_S
        soonest = RESTING_S if self._pace.resting() else SOON_S
        return min(IDLE_S, max(soonest, (due - self._clock()).total_seconds()))

    async def _one(self, message: Leased) -> None:
        await self._pace.turn(message.lane)
        outcome = await self._attempt(message)
        if isinstance(outcome, Later) and outcome.everyone:
            self._pace.pause(time.monotonic() + (outcome.seconds or FIRST_DELAY_S))
        await self._noted(message, outcome)

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
            case Later() if now - message.since > (MUST_TOO_OLD if message.must else TOO_OLD):
                log.error("message %s was given up after %s tries", message.id, message.attempts + 1)
                outbox.done(tx, message.id, "refused", now)
            case Later(seconds):
                wait = (
                    seconds
                    if seconds is not None
                    else min(FIRST_DELAY_S * 2 ** min(message.attempts, 6), LONGEST_DELAY_S)
                )
                outbox.postpone(tx, message.id, now + timedelta(seconds=wait))

    def _blocked(self, tx: Session, message: Leased, now: datetime) -> None:
        outbox.drop_lane(tx, message.lane, "blocked", now)
        if message.must:
            outbox.try_aside(tx, message.id, now + MUST)
        person = people.get(tx, message.person_id) if message.person_id else None
        if person:
            person.reachable = False
