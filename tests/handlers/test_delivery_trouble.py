"""Delivery when something goes wrong: blocked, refused, slow, a pause, a database away, a stop."""

import asyncio
import logging
import threading
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from handlers.delivery import Blocked, Later, Outcome, Refused
from storage import outbox, people
from storage.engine import Store
from storage.tables.register import Outbox
from tests.handlers.channel import Channel
from tests.statements import listen

ASHA, IMRAN = "1001", "1002"
PATIENCE_S = 5.0


@pytest.fixture
async def channel(store: Store) -> Channel:
    return Channel(store)


async def test_who_blocked_the_bot_is_unreachable_and_what_waited_is_dropped(channel: Channel) -> None:
    channel.orders[b"a1"] = [Blocked()]
    channel.queue(ASHA, "a1", "a2", "a3")
    channel.queue(IMRAN, "i1")

    async with channel.working():
        await channel.delivered()

    assert channel.tried.count(b"a2") == 0
    assert sorted(channel.outcomes()) == ["blocked", "blocked", "blocked", "sent"]
    reach = channel.store.run(lambda tx: [people.find(tx, "telegram", chat).reachable for chat in (ASHA, IMRAN)])  # type: ignore[union-attr]  # both were met above
    assert reach == [False, True]


@pytest.mark.parametrize("trouble", [Refused("BadRequest"), ValueError("words of a person")])
async def test_a_message_that_can_never_be_sent_is_given_up_and_the_next_goes_on(
    channel: Channel, trouble: Outcome | Exception, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    channel.orders[b"a1"] = [trouble]
    channel.queue(ASHA, "a1", "a2")

    async with channel.working():
        await channel.delivered()

    assert channel.outcomes() == ["refused", "sent"]
    assert "words of a person" not in caplog.text
    assert "a1" not in caplog.text
    assert [record.levelname for record in caplog.records].count("ERROR") >= 1


async def test_when_the_channel_asks_for_a_pause_everybody_waits(channel: Channel) -> None:
    channel.orders[b"a1"] = [Later(30, everyone=True)]
    channel.queue(ASHA, "a1")

    async with channel.working():
        await channel.until(lambda: postponed(channel) == 1)
        channel.queue(IMRAN, "i1")
        channel.later(29)
        await asyncio.sleep(0.4)
        during = list(channel.tried)
        channel.later(2)
        await channel.delivered()

    assert during == [b"a1"]
    assert sorted(channel.tried) == [b"a1", b"a1", b"i1"]


async def test_a_message_that_is_slow_to_leave_is_not_sent_a_second_time_meanwhile(channel: Channel) -> None:
    channel.gate.clear()
    channel.queue(ASHA, "slow", "next")

    async with channel.working():
        await channel.until(lambda: channel.tried)
        channel.later(61)
        channel.queue(IMRAN, "other")
        await channel.until(lambda: b"other" in channel.tried)
        channel.gate.set()
        await channel.delivered()

    assert channel.tried.count(b"slow") == 1
    assert channel.tried.count(b"next") == 1


@pytest.mark.sqlite  # with PostgreSQL another worker may be at it: the lease has to lapse
async def test_what_a_run_before_was_sending_when_it_died_is_sent_at_once(channel: Channel) -> None:
    channel.queue(ASHA, "a1", "a2")
    channel.store.run(lambda tx: outbox.lease(tx, "telegram", 9, channel.at))

    async with channel.working():
        await channel.delivered()

    assert channel.tried == [b"a1", b"a2"]


async def test_what_another_channel_is_sending_is_left_alone(channel: Channel) -> None:
    channel.store.run(lambda tx: outbox.put(tx, "whatsapp", b"lane", b"w", channel.at))
    channel.store.run(lambda tx: outbox.lease(tx, "whatsapp", 9, channel.at))
    channel.queue(ASHA, "a")

    async with channel.working():
        await channel.until(lambda: "sent" in channel.outcomes())

    assert channel.store.run(lambda tx: outbox.lease(tx, "whatsapp", 9, channel.at)) == []
    assert channel.tried == [b"a"]


async def test_when_the_database_is_away_for_a_moment_nothing_is_lost(channel: Channel) -> None:
    away = iter((True, True))

    def begin(*_: Any) -> None:
        if threading.current_thread().name.startswith("store") and next(away, False):
            raise OperationalError("BEGIN", {}, Exception("disk I/O error"))

    channel.queue(ASHA, "a1", "a2")
    listen(channel.store.engine, begin)

    async with channel.working():
        await channel.until(lambda: all(channel.outcomes()))

    assert channel.tried == [b"a1", b"a2"]


async def test_stopping_waits_for_what_is_just_being_sent(channel: Channel) -> None:
    channel.gate.clear()
    channel.queue(ASHA, "a1")

    async with channel.working():
        await channel.until(lambda: channel.tried)
        asyncio.get_running_loop().call_later(0.3, channel.gate.set)

    assert channel.outcomes() == ["sent"]


async def test_stopping_gives_up_after_three_seconds_and_the_next_run_sends_it(channel: Channel) -> None:
    channel.gate.clear()
    channel.queue(ASHA, "a1")
    loop = asyncio.get_running_loop()
    async with channel.working():
        await channel.until(lambda: channel.tried)
        began = loop.time()
    took = loop.time() - began

    channel.gate.set()
    again = Channel(channel.store)
    async with again.working():
        await again.delivered()

    assert took >= 3
    assert again.tried == [b"a1"]


async def test_messages_behind_a_postponed_one_do_not_keep_the_database_busy(channel: Channel) -> None:
    channel.orders[b"a1"] = [Later(30)]
    channel.queue(ASHA, "a1", "a2", "a3")
    begun: list[str] = []

    async with channel.working():
        await channel.until(lambda: postponed_first(channel))
        await asyncio.sleep(0.1)
        event.listen(channel.store.engine, "begin", lambda _: begun.append("begin"))
        await asyncio.sleep(0.6)

    assert len(begun) <= 2


def postponed(channel: Channel) -> int:
    return channel.store.run(lambda tx: tx.exec(select(Outbox.attempts)).one())


def postponed_first(channel: Channel) -> bool:
    return channel.store.run(lambda tx: 1 in tx.exec(select(Outbox.attempts)).all())
