"""The outbox is delivered: in order for each chat, answers before bulk, nothing lost, nobody pestered."""

from functools import partial

import pytest
from sqlmodel import select

from handlers.delivery import Later
from storage.engine import Store
from storage.outbox import BULK
from storage.tables.register import Outbox
from tests.handlers.channel import Channel

ASHA, IMRAN = "1001", "1002"
PATIENCE_S = 5.0


@pytest.fixture
async def channel(store: Store) -> Channel:
    return Channel(store)


async def test_messages_to_one_chat_leave_in_their_order_each_once(channel: Channel) -> None:
    words = [f"word {n}" for n in range(20)]
    channel.queue(ASHA, *words)

    async with channel.working():
        await channel.delivered()

    assert channel.tried == [word.encode() for word in words]


async def test_what_was_sent_is_marked_and_its_words_are_wiped(channel: Channel) -> None:
    channel.queue(ASHA, "a", "b")

    async with channel.working():
        await channel.delivered()

    rows = channel.store.run(lambda tx: list(tx.exec(select(Outbox))))
    assert [(row.outcome, row.message_sealed, row.leased_until) for row in rows] == [("sent", b"", None)] * 2


async def test_a_postponed_message_holds_those_behind_it_but_no_other_chat(channel: Channel) -> None:
    channel.orders[b"a1"] = [Later()]
    channel.queue(ASHA, "a1", "a2")
    channel.queue(IMRAN, "i1", "i2")

    async with channel.working():
        await channel.until(lambda: channel.outcomes().count("sent") == 2)
        assert channel.tried.count(b"a2") == 0
        channel.later(1)
        await channel.delivered()

    assert [word for word in channel.tried if word.startswith(b"a")] == [b"a1", b"a1", b"a2"]
    assert [word for word in channel.tried if word.startswith(b"i")] == [b"i1", b"i2"]


async def test_each_failed_try_waits_twice_as_long_up_to_a_minute(channel: Channel) -> None:
    channel.orders[b"a"] = [Later()] * 8
    channel.queue(ASHA, "a")
    waits = []

    async with channel.working():
        for n in range(1, 9):
            await channel.until(partial(postponed_times, channel, n))
            due = channel.store.run(lambda tx: tx.exec(select(Outbox.due_at)).one())
            waits.append((due - channel.at).total_seconds())
            channel.later(waits[-1])
        await channel.delivered()

    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]


def postponed_times(channel: Channel, n: int) -> bool:
    return postponed(channel) == n


async def test_answers_go_before_bulk_even_if_they_came_later(channel: Channel) -> None:
    for n in range(30):
        channel.queue(f"20{n}", f"bulk {n}", priority=BULK)
    channel.queue(ASHA, "bulk to Asha", priority=BULK)
    channel.queue(ASHA, "answer to Asha")

    async with channel.working():
        await channel.delivered()

    assert channel.tried[0] == b"answer to Asha"
    assert channel.tried.index(b"bulk to Asha") > 0


async def test_an_answer_that_comes_while_bulk_is_on_its_way_is_next(channel: Channel) -> None:
    channel.gate.clear()
    for n in range(60):
        channel.queue(f"20{n}", f"bulk {n}", priority=BULK)

    async with channel.working():
        await channel.until(lambda: len(channel.tried) == 20)
        channel.queue(ASHA, "answer")
        channel.gate.set()
        await channel.delivered()

    assert channel.tried.index(b"answer") <= 21


def postponed(channel: Channel) -> int:
    return channel.store.run(lambda tx: tx.exec(select(Outbox.attempts)).one())
