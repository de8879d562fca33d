"""The pace of sending, in real time: overall, to one chat, when the channel asks for a pause, and of two workers."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from sqlmodel import Session

from handlers.delivery import Later, Outcome, Post, Sent
from storage import outbox
from storage.engine import Store
from storage.outbox import BULK, Leased
from storage.pace import Rates
from tests.town import another, is_sqlite

PATIENCE_S = 15.0


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(params=[1, 2], ids=["one worker", "two workers"])
def workers(request: pytest.FixtureRequest, store: Store) -> int:
    many: int = request.param
    if many > 1 and is_sqlite(store):
        pytest.skip("a SQLite register has one worker")
    return many


@dataclass(frozen=True, slots=True)
class Slot:
    """When a message was taken from the outbox, and from when on it may leave."""

    taken: datetime
    wait: float

    @property
    def begins(self) -> datetime:
        return self.taken + timedelta(seconds=self.wait)


class Recorded(Post):
    """Writes down the slot that each message was given last: a busy computer may be late, the slots are right."""

    def __init__(self, wire: "Wire", store: Store) -> None:
        super().__init__(store, "telegram", wire.send, now, wire.rates)
        self.given, self.noted = wire.given, wire.noted

    def _lease(self, tx: Session, room: int, now: datetime) -> tuple[list[tuple[Leased, float]], float]:
        leased, idle = super()._lease(tx, room, now)
        self.given |= {message.message: Slot(now, wait) for message, wait in leased}
        return leased, idle

    async def _one(self, message: Leased, wait: float) -> None:
        await super()._one(message, wait)
        self.noted.setdefault(message.message, now())


@dataclass
class Wire:
    """A channel that takes everything, and remembers when; its first message may be refused for a while."""

    store: Store
    workers: int = 1
    rates: Rates = field(default_factory=Rates)
    refuses_s: float = 0
    sent: list[tuple[float, bytes]] = field(default_factory=list)
    given: dict[bytes, Slot] = field(default_factory=dict)
    left: dict[bytes, Slot] = field(default_factory=dict)
    noted: dict[bytes, datetime] = field(default_factory=dict)
    early: list[bytes] = field(default_factory=list)
    refused: tuple[datetime, bytes] | None = None
    stores: list[Store] = field(default_factory=list)

    def worker(self, n: int) -> Post:
        store = another(self.store) if n else self.store
        self.stores.append(store)
        return Recorded(self, store)

    async def send(self, message: Leased) -> Outcome:
        if self.refuses_s and not self.refused:
            self.refused = now(), message.message
            return Later(self.refuses_s, everyone=True)
        slot = self.given[message.message]
        self.left[message.message] = slot
        if now() < slot.begins:
            self.early.append(message.message)
        self.sent.append((time.monotonic(), message.message))
        return Sent()

    def queue(self, lane: str, *words: str, priority: int = outbox.ANSWER) -> None:
        def put(tx: Session) -> None:
            for word in words:
                outbox.put(tx, "telegram", lane.encode(), word.encode(), now(), priority=priority)

        self.store.run(put)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[list[Post]]:
        posts = [self.worker(n) for n in range(self.workers)]
        running = [asyncio.create_task(post.run()) for post in posts]
        try:
            yield posts
        finally:
            for task in running:
                task.cancel()
            await asyncio.wait(running)
            for store in self.stores[1:]:
                store.close()

    async def delivers(self, many: int) -> list[Slot]:
        """The slots in which so many messages left, the earliest first."""
        async with self.working(), asyncio.timeout(PATIENCE_S):
            while len(self.sent) < many:  # noqa: ASYNC110 - the wire rings no bell
                await asyncio.sleep(0.01)
        assert self.early == []
        return sorted(self.left.values(), key=lambda slot: slot.begins)


def crowd(wire: Wire, size: int) -> None:
    for n in range(size):
        wire.queue(f"person {n}", f"words {n}", priority=BULK)


def seconds(one: Slot, other: Slot) -> float:
    return (other.begins - one.begins).total_seconds()


async def test_a_crowd_is_written_to_at_25_a_second_by_all_workers_together(store: Store, workers: int) -> None:
    wire = Wire(store, workers)
    crowd(wire, 55)

    left = await wire.delivers(55)

    assert seconds(left[0], left[-1]) >= 2.0  # five at once, then fifty at 25 a second
    assert all(seconds(*pair) <= 0.04 for pair in pairwise(left) if pair[1].wait)  # no slot is left out
    busiest = max(sum(1 for other in left if 0 <= seconds(slot, other) < 1) for slot in left)
    assert busiest <= 30
    assert len({words for _, words in wire.sent}) == len(wire.sent)


async def test_one_chat_gets_three_at_once_and_then_one_a_second(store: Store) -> None:
    wire = Wire(store)
    wire.queue("asha", *(f"words {n}" for n in range(5)))

    left = await wire.delivers(5)

    assert seconds(left[0], left[2]) < 1.0
    assert 2.0 <= seconds(left[0], left[4]) < 4.0  # at 2.0, and what a busy computer takes
    assert [words for _, words in wire.sent] == [f"words {n}".encode() for n in range(5)]


async def test_one_busy_chat_does_not_hold_up_another(store: Store) -> None:
    wire = Wire(store)
    wire.queue("asha", *(f"to asha {n}" for n in range(5)))
    wire.queue("imran", "to imran")

    await wire.delivers(6)

    assert b"to imran" in [words for _, words in wire.sent[:4]]


async def test_a_pause_holds_all_workers(store: Store, workers: int) -> None:
    wire = Wire(store, workers, refuses_s=1.5)
    crowd(wire, 40)

    left = await wire.delivers(40)

    assert wire.refused
    refused_at, words = wire.refused
    noted = (wire.noted[words] - refused_at).total_seconds()
    began = [(slot.begins - refused_at).total_seconds() for slot in left]
    assert noted < 1.0
    assert [moment for moment in began if noted < moment < 1.5] == []
    assert max(began) >= 1.5


async def test_an_answer_overtakes_bulk_that_waits_for_its_turn(store: Store, workers: int) -> None:
    wire = Wire(store, workers)
    crowd(wire, 80)

    async with wire.working() as (post, *_), asyncio.timeout(PATIENCE_S):
        await asyncio.sleep(0.7)
        asked = time.monotonic()
        wire.queue("asha", "answer")
        post.ring()
        while b"answer" not in [words for _, words in wire.sent]:  # noqa: ASYNC110 - the wire rings no bell
            await asyncio.sleep(0.01)

    assert next(moment for moment, words in wire.sent if words == b"answer") - asked < 1.0
    assert len(wire.sent) < 60
