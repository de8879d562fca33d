"""Delivery: the pace of a queue as long as a broadcast, and how long an answer waits behind it."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

from sqlmodel import Session

from bench.section import Goal, Section, Table
from bench.stage import Bench
from bench.townspeople import now
from bench.turns import register
from handlers.delivery import Outcome, Post, Sent
from storage import outbox
from storage.engine import Store
from storage.outbox import ANSWER, BULK, Leased
from storage.pace import Rates

T = TypeVar("T")
RATE, QUEUED, BEHIND = 25.0, 1000, 10_000
ANSWERS, EVERY_S = 20, 0.5
OFF_PERCENT, LONGEST_S = 5.0, 1.0
ABOUT = (
    "One process, its register on SQLite. Messages to as many chats, at"
    f" MESSAGES_PER_SECOND={RATE:.0f}, to a channel that takes each at once. First {QUEUED:,} that wait; then an answer"
    f" every half second while {BEHIND:,} bulk messages wait."
)


def measure(bench: Bench) -> Section:
    pace = asyncio.run(_pace(register(bench, "delivery")))
    bench.say("delivery: pace")
    waits = asyncio.run(_waits(register(bench, "delivery-behind")))
    bench.say("delivery: answers before bulk")
    off, longest = abs(pace / RATE - 1) * 100, max(waits)
    rows = (
        (f"{QUEUED:,} queued messages", f"{pace:.2f} a second"),
        (f"an answer while {BEHIND:,} wait: half within", f"{sorted(waits)[len(waits) // 2] * 1000:.0f} ms"),
        ("the slowest of them", f"{longest * 1000:.0f} ms"),
    )
    goals = (
        Goal("off the pace of 25 a second, %", off, OFF_PERCENT, again=partial(_again, bench, _pace)),
        Goal("the longest wait of an answer, s", longest, LONGEST_S, again=partial(_again, bench, _waits)),
    )
    return Section("Delivery", (ABOUT, Table(("", ""), rows)), goals)


class InOneThread(Store):
    """A register whose transactions run in the loop's own thread, where a profile sees them."""

    async def turn(self, work: Callable[[Session], T]) -> T:
        return self.run(work)


def _again(bench: Bench, measured: Callable[[Store], Coroutine[Any, Any, object]]) -> None:
    store = register(bench, f"delivery-again-{measured.__name__}")
    asyncio.run(measured(InOneThread(store.engine, store.seal)))


def _queue(store: Store, first: int, many: int, priority: int) -> None:
    moment = now() - timedelta(seconds=1)

    def put(tx: Session) -> None:
        for n in range(first, first + many):
            outbox.put(tx, "bench", n.to_bytes(32, "big"), b"words", moment, priority=priority)

    store.run(put)


async def _pace(store: Store) -> float:
    """Messages a second, from the first to the last of them."""
    _queue(store, 0, QUEUED, BULK)
    sent: list[float] = []
    all_sent = asyncio.Event()

    async def send(_message: Leased) -> Outcome:
        sent.append(time.monotonic())
        if len(sent) == QUEUED:
            all_sent.set()
        return Sent()

    post = asyncio.create_task(Post(store, "bench", send, now, Rates(RATE)).run())
    await all_sent.wait()
    post.cancel()
    await asyncio.gather(post, return_exceptions=True)
    return (QUEUED - 1) / (sent[-1] - sent[0])


async def _waits(store: Store) -> list[float]:
    """Seconds that each answer waited, from its commit to the channel."""
    _queue(store, 0, BEHIND, BULK)
    asked: dict[int, float] = {}
    waited: list[float] = []
    all_answered = asyncio.Event()

    async def send(message: Leased) -> Outcome:
        chat = int.from_bytes(message.lane, "big")
        if chat in asked:
            waited.append(time.monotonic() - asked[chat])
        if len(waited) == ANSWERS:
            all_answered.set()
        return Sent()

    post = Post(store, "bench", send, now, Rates(RATE))
    running = asyncio.create_task(post.run())
    await asyncio.sleep(1)
    for chat in range(BEHIND, BEHIND + ANSWERS):
        asked[chat] = time.monotonic()
        await asyncio.to_thread(_queue, store, chat, 1, ANSWER)
        post.ring()
        await asyncio.sleep(EVERY_S)
    await all_answered.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    return waited
