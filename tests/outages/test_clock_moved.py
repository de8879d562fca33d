"""The computer's clock is put forward or back by a day: nobody is forgotten, nothing is sent twice, nothing waits."""

from datetime import timedelta
from functools import partial

import pytest
from sqlmodel import Session, func, select

from bot import texts
from bot.core.messages import Text
from handlers.delivery import Later
from storage import outbox
from storage.engine import Store
from storage.tables.register import Outbox, Registration
from tests.chat import PALASIA, RAJWADA, Chat, Phone
from tests.every_stage import brought_to
from tests.handlers.channel import Channel
from tests.handlers.test_near import lines

ASHA, IMRAN = "1001", "1002"
DAY = 24 * 3600.0
BOTH_WAYS = pytest.mark.parametrize("seconds", [DAY, -DAY], ids=["forward", "back"])


@BOTH_WAYS
def test_a_sign_up_goes_on_where_it_was(chat: Chat, resident: Phone, tx: Session, seconds: float) -> None:
    brought_to("count", resident)

    chat.later(seconds=seconds)
    chat.ticks()
    resident.says("4")
    resident.taps(texts.SAVE)

    assert texts.SAVED in resident.reads
    assert tx.exec(select(func.count()).select_from(Registration)).one() == 1


@BOTH_WAYS
def test_an_update_that_comes_again_afterwards_is_known(chat: Chat, resident: Phone, seconds: float) -> None:
    resident.sends(Text("hello"), update=77)

    chat.later(seconds=seconds)
    chat.ticks()

    assert resident.sends(Text("hello"), update=77) == []


@BOTH_WAYS
def test_chores_go_on(chat: Chat, seconds: float) -> None:
    chat.ticks()

    chat.later(seconds=seconds)

    assert chat.ticks()


@BOTH_WAYS
async def test_what_waits_is_sent_at_once_and_once(store: Store, seconds: float) -> None:
    channel = Channel(store)
    channel.queue(ASHA, "a1", "a2")
    channel.queue(IMRAN, "i1")

    channel.later(seconds)
    channel.queue(IMRAN, "i2")
    async with channel.working():
        await channel.delivered()

    assert sorted(channel.tried) == [b"a1", b"a2", b"i1", b"i2"]
    assert channel.tried.index(b"a1") < channel.tried.index(b"a2")


async def test_what_a_worker_took_that_then_died_is_sent_though_its_clock_was_a_day_ahead(store: Store) -> None:
    channel = Channel(store)
    channel.queue(ASHA, "a1", "a2")
    tomorrow = channel.at + timedelta(days=1)
    leased = store.run(partial(outbox.lease, channel="telegram", most=9, now=tomorrow))

    async with channel.working():
        await channel.delivered()

    assert len(leased) == 1
    assert channel.tried == [b"a1", b"a2"]


async def test_what_failed_before_the_clock_was_put_back_is_tried_again(store: Store) -> None:
    channel = Channel(store)
    channel.orders[b"a1"] = [Later()]
    channel.queue(ASHA, "a1", "a2")

    async with channel.working():
        await channel.until(lambda: channel.tried)
        await channel.until(lambda: store.run(lambda tx: tx.exec(select(func.max(Outbox.attempts))).one()))
        channel.later(-DAY)
        await channel.delivered()

    assert channel.tried == [b"a1", b"a1", b"a2"]


async def test_what_fails_after_the_clock_was_put_forward_is_not_given_up(store: Store) -> None:
    channel = Channel(store)
    channel.queue(ASHA, "a1")
    channel.orders[b"a1"] = [Later()]
    channel.later(DAY + 3600)

    async with channel.working():
        await channel.until(lambda: channel.tried)
        await channel.until(lambda: store.run(lambda tx: tx.exec(select(func.max(Outbox.attempts))).one()))
        channel.later(60)
        await channel.delivered()

    assert channel.outcomes() == ["sent"]


@BOTH_WAYS
def test_officers_find_what_was_registered_before_and_after(
    chat: Chat, officer: Phone, resident: Phone, tx: Session, seconds: float
) -> None:
    resident.registers(RAJWADA)
    chat.later(seconds=seconds)
    chat.phone(1002, number="+919876543211").registers(PALASIA)

    chat.ticks()

    for place in (RAJWADA, PALASIA):
        officer.says(f"/near {place.lat} {place.lon} 100")
        assert len(lines(officer, texts.FOUND_LINE)) == 1
    assert tx.exec(select(func.count()).select_from(Registration)).one() == 2
