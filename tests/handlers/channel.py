"""A channel in memory, for the tests of delivery: notes what was sent, and fails to order."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import select

from handlers.delivery import Outcome, Post, Sent
from storage import outbox, people
from storage.engine import Store
from storage.outbox import Leased
from storage.pace import Rates
from storage.tables.register import Outbox
from tests.chat import NOON

ASHA, IMRAN = "1001", "1002"
PATIENCE_S = 20.0


@dataclass
class Channel:
    """A channel in memory: notes what was sent and how it went, as ordered. `at` is the clock of the sender."""

    store: Store
    at: datetime = NOON
    orders: dict[bytes, list[Outcome | Exception]] = field(default_factory=dict)
    tried: list[bytes] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.gate.set()
        self.post = Post(self.store, "telegram", self.send, lambda: self.at, Rates(1e6, 1e6, 1e6))

    async def send(self, message: Leased) -> Outcome:
        self.tried.append(message.message)
        await self.gate.wait()
        ordered = self.orders.get(message.message, [])
        outcome = ordered.pop(0) if ordered else Sent(str(message.id) if message.kept_id else "")
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def queue(self, chat: str, *words: str, priority: int = outbox.ANSWER) -> None:
        def put(tx: Any) -> None:
            person = people.meet(tx, "telegram", chat, "en", self.at)
            for word in words:
                lane = person.chat_token
                outbox.put(tx, "telegram", lane, word.encode(), self.at, person_id=person.id, priority=priority)

        self.store.run(put)
        self.post.ring()

    def later(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self.post.ring()

    def outcomes(self) -> list[str]:
        return self.store.run(lambda tx: [row.outcome for row in tx.exec(select(Outbox).order_by("id"))])

    async def until(self, happened: Callable[[], object]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not happened():  # noqa: ASYNC110 - the register rings no bell
                await asyncio.sleep(0.01)

    async def delivered(self) -> None:
        """Wait for the last note, in line with the sender's own work instead of beside it."""
        async with asyncio.timeout(PATIENCE_S):
            while await self.store.turn(lambda tx: outbox.waiting(tx)):  # noqa: ASYNC110 - the register rings no bell
                await asyncio.sleep(0.01)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        running = asyncio.create_task(self.post.run())
        try:
            yield
        finally:
            running.cancel()
            await asyncio.wait((running,))
