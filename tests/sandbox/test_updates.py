"""Long polling: what is not confirmed comes again, what is confirmed never does, and only one may ask."""

import asyncio
import time

import pytest
from telegram import Bot
from telegram.error import Conflict

from sandbox.world import World
from tests.sandbox.wire import ASHA, GROUP, IMRAN, SHORT, Api, Clock, until


async def test_an_update_comes_again_until_a_higher_offset_confirms_it(bot: Bot, world: World) -> None:
    world.says(ASHA, "one")
    world.says(ASHA, "two")

    first = await bot.get_updates()
    again = await bot.get_updates(offset=first[0].update_id)
    rest = await bot.get_updates(offset=first[0].update_id + 1)

    assert [update.message.text for update in first if update.message] == ["one", "two"]
    assert again == first
    assert rest == first[1:]
    assert await bot.get_updates(offset=first[1].update_id + 1) == ()
    assert await bot.get_updates() == ()


async def test_a_negative_offset_keeps_only_the_newest(bot: Bot, world: World) -> None:
    for text in ("one", "two", "three"):
        world.says(ASHA, text)

    newest = await bot.get_updates(offset=-1)

    assert [update.message.text for update in newest if update.message] == ["three"]
    assert await bot.get_updates() == newest


async def test_the_limit_holds_and_is_100_at_most(api: Api, world: World) -> None:
    for number in range(105):
        world.says(ASHA, str(number))

    assert len(await api.result("getUpdates", limit=2)) == 2
    assert len(await api.result("getUpdates")) == 100
    assert len(await api.result("getUpdates", limit=1000)) == 100


async def test_a_long_poll_is_answered_the_moment_someone_writes(api: Api, world: World) -> None:
    polling = asyncio.create_task(api.result("getUpdates", timeout=30))
    await until(lambda: world.inbox.polls == 1)
    assert not polling.done()

    world.says(ASHA, "hello")

    async with asyncio.timeout(SHORT):
        assert [update["message"]["text"] for update in await polling] == ["hello"]


async def test_a_long_poll_in_silence_ends_empty_after_its_timeout(api: Api) -> None:
    began = time.monotonic()

    assert await api.result("getUpdates", timeout=1) == []

    assert 0.9 <= time.monotonic() - began < 10


async def test_of_two_pollers_the_older_is_sent_away_and_gets_nothing(bot: Bot, api: Api, world: World) -> None:
    older = asyncio.create_task(api.refusal("getUpdates", timeout=30))
    await until(lambda: world.inbox.polls == 1)
    older_ptb = asyncio.create_task(bot.get_updates(timeout=30))
    await until(lambda: world.inbox.polls == 2)
    newer = asyncio.create_task(api.result("getUpdates", timeout=30))
    await until(lambda: world.inbox.polls == 3)

    world.says(ASHA, "hello")

    assert await older == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
    with pytest.raises(Conflict):
        await older_ptb
    assert [update["message"]["text"] for update in await newer] == ["hello"]


async def test_polling_is_refused_while_a_webhook_is_set(api: Api) -> None:
    await api.result("setWebhook", url="http://127.0.0.1:9/hook")

    refusal = await api.refusal("getUpdates")

    assert refusal == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
    await api.result("deleteWebhook")
    assert await api.result("getUpdates") == []


async def test_setting_a_webhook_sends_a_waiting_poller_away(api: Api, world: World) -> None:
    polling = asyncio.create_task(api.refusal("getUpdates", timeout=30))
    await until(lambda: world.inbox.polls == 1)

    await api.result("setWebhook", url="http://127.0.0.1:9/hook")

    assert await polling == (409, "Conflict: terminated by setWebhook request")


async def test_only_the_wished_kinds_arrive_and_the_wish_holds_until_the_next(api: Api, world: World) -> None:
    await api.result("getUpdates", allowed_updates=["callback_query"])
    message = world.starts(ASHA)
    world.taps(ASHA, message["message_id"], "yes")

    got = await api.result("getUpdates")

    assert ["callback_query" in update for update in got] == [True]
    await api.result("getUpdates", offset=got[-1]["update_id"] + 1, allowed_updates=[])
    world.says(ASHA, "hello")
    assert ["message" in update for update in await api.result("getUpdates")] == [True]


async def test_a_kind_of_update_that_is_none_is_refused(api: Api) -> None:
    refusal = await api.refusal("getUpdates", allowed_updates=["message", "pigeon"])

    assert refusal == (400, "Bad Request: unknown kind of update pigeon")


async def test_updates_that_wait_longer_than_a_day_are_gone(api: Api, world: World, clock: Clock) -> None:
    world.says(ASHA, "yesterday")
    clock.passes(24 * 3600 + 1)
    world.says(IMRAN, "today")

    assert [update["message"]["text"] for update in await api.result("getUpdates")] == ["today"]


async def test_in_a_group_the_bot_sees_commands_and_its_own_name_only(api: Api, world: World) -> None:
    for text in ("good morning", "/help", "/help@other_bot", "/help@citizen_eye_sandbox_bot", "see /help"):
        world.says_in_group(ASHA, GROUP, text)

    got = await api.result("getUpdates")

    assert [update["message"]["text"] for update in got] == ["/help", "/help@citizen_eye_sandbox_bot"]
    assert got[0]["message"]["chat"] == {"id": GROUP, "type": "supergroup", "title": "Neighbours"}


def test_a_later_sandbox_never_repeats_the_ids_of_an_earlier_one(clock: Clock) -> None:
    earlier = World(clock=clock)
    for number in range(50):
        earlier.says(ASHA, str(number))
    clock.passes(60)

    later = World(clock=clock)
    later.says(ASHA, "hello")

    assert later.inbox.pending()[0]["update_id"] > earlier.inbox.pending()[-1]["update_id"]


def test_after_a_reset_ids_go_on_where_they_were(world: World) -> None:
    before = world.says(ASHA, "one")["message_id"]
    last = world.inbox.pending()[-1]["update_id"]

    world.reset()

    assert world.inbox.pending() == []
    assert world.says(ASHA, "two")["message_id"] > before
    assert world.inbox.pending()[-1]["update_id"] > last
