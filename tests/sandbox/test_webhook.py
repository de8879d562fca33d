"""Delivery to a webhook: with its secret, in order, and again until it is taken."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from sandbox.world import World
from tests.sandbox.wire import ASHA, IMRAN, Api, Hook, a_hook, until


@pytest.fixture
async def hook(world: World) -> AsyncIterator[Hook]:
    world.webhook_pace = 0.01
    async with a_hook() as one:
        yield one


async def all_taken(world: World) -> None:
    async with asyncio.timeout(5):
        while world.inbox.pending():
            await world.inbox.bell.wait()


async def test_updates_are_posted_with_the_secret(bot: Bot, world: World, hook: Hook) -> None:
    await bot.set_webhook(hook.url, secret_token="a-secret_1")

    world.says(ASHA, "hello")
    await all_taken(world)

    assert hook.texts() == ["hello"]
    assert hook.secrets == ["a-secret_1"]


async def test_without_a_secret_there_is_no_header(api: Api, world: World, hook: Hook) -> None:
    await api.result("setWebhook", url=hook.url)

    world.says(ASHA, "hello")
    await all_taken(world)

    assert hook.secrets == [None]


async def test_what_waited_before_the_webhook_was_set_is_delivered(api: Api, world: World, hook: Hook) -> None:
    world.says(ASHA, "early")

    await api.result("setWebhook", url=hook.url)
    await all_taken(world)

    assert hook.texts() == ["early"]


async def test_waiting_updates_can_be_dropped_instead(api: Api, world: World, hook: Hook) -> None:
    world.says(ASHA, "early")

    await api.result("setWebhook", url=hook.url, drop_pending_updates=True)
    world.says(ASHA, "late")
    await all_taken(world)

    assert hook.texts() == ["late"]


async def test_an_update_comes_again_until_the_answer_is_2xx(api: Api, world: World, hook: Hook) -> None:
    hook.statuses = [503, 302, 404, 201]
    await api.result("setWebhook", url=hook.url)

    world.says(ASHA, "one")
    world.says(ASHA, "two")
    await all_taken(world)

    assert hook.texts() == ["one", "one", "one", "one", "two"]


async def test_the_pauses_between_failures_grow(api: Api, world: World, hook: Hook) -> None:
    hook.statuses = [503] * 100
    world.webhook_pace = 0.2
    await api.result("setWebhook", url=hook.url)

    world.says(ASHA, "hello")
    await asyncio.sleep(1.0)

    assert 2 <= len(hook.got) <= 4  # at once, then after 0.4 s, then 0.8 s later


async def test_one_chat_keeps_its_order_while_another_goes_on(api: Api, world: World, hook: Hook) -> None:
    hook.slow = asyncio.Event()
    await api.result("setWebhook", url=hook.url)
    first = world.says(ASHA, "asha one")
    world.says(ASHA, "asha two")
    world.says(IMRAN, "imran one")
    world.taps(ASHA, first["message_id"], "a tap")

    await until(lambda: len(hook.got) == 3)
    while_waiting = [(update.get("callback_query") or update["message"])["from"]["id"] for update in hook.got]
    hook.slow.set()
    await all_taken(world)

    assert sorted(while_waiting) == [ASHA, ASHA, IMRAN]  # a message and a tap of the same person at once
    texts = [update["message"]["text"] for update in hook.got if "message" in update]
    assert [text for text in texts if text.startswith("asha")] == ["asha one", "asha two"]


async def test_the_info_tells_what_waits_and_what_went_wrong(bot: Bot, world: World, hook: Hook) -> None:
    hook.statuses = [503] * 1000
    await bot.set_webhook(hook.url, max_connections=7, allowed_updates=["message"])
    world.says(ASHA, "hello")
    await world.wait_for(lambda: world.webhook is not None and world.webhook.failed_at)

    info = await bot.get_webhook_info()

    assert info.url == hook.url
    assert info.pending_update_count == 1
    assert info.max_connections == 7
    assert info.allowed_updates == ("message",)
    assert info.last_error_message == "Wrong response from the webhook: 503 Service Unavailable"
    assert info.last_error_date is not None


async def test_nobody_at_the_address_is_an_error_like_any_other(api: Api, world: World) -> None:
    await api.result("setWebhook", url="http://127.0.0.1:9/hook")
    world.says(ASHA, "hello")

    await world.wait_for(lambda: world.webhook is not None and world.webhook.failed_at)

    assert (await api.result("getWebhookInfo"))["last_error_message"] == "Connection refused"


async def test_after_it_is_deleted_nothing_more_is_posted(bot: Bot, world: World, hook: Hook) -> None:
    await bot.set_webhook(hook.url)
    world.says(ASHA, "one")
    await all_taken(world)

    await bot.delete_webhook()
    world.says(ASHA, "two")

    assert [update.message.text for update in await bot.get_updates() if update.message] == ["two"]
    assert hook.texts() == ["one"]
    assert (await bot.get_webhook_info()).url == ""


async def test_deleting_it_can_drop_what_waits(api: Api, world: World) -> None:
    world.says(ASHA, "hello")

    await api.result("deleteWebhook", drop_pending_updates=True)

    assert await api.result("getUpdates") == []


async def test_a_new_address_takes_over(api: Api, world: World, hook: Hook) -> None:
    await api.result("setWebhook", url="http://127.0.0.1:9/hook")
    world.says(ASHA, "hello")
    await world.wait_for(lambda: world.webhook is not None and world.webhook.failed_at)

    await api.result("setWebhook", url=hook.url)
    await all_taken(world)

    assert hook.texts() == ["hello"]


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"url": "ftp://127.0.0.1/x"}, "invalid webhook URL specified"),
        ({"url": "https://example.org/x"}, "bad webhook: the sandbox delivers to this computer only"),
        ({"url": "http://127.0.0.1:x/"}, "bad webhook: Failed to resolve host"),
        ({"url": "http://[::1]/", "secret_token": "a b"}, "secret token contains unallowed characters"),
        ({"url": "http://localhost/", "secret_token": "a" * 257}, "secret token is too long"),
    ],
)
async def test_a_bad_webhook_is_refused(api: Api, world: World, params: dict[str, str], words: str) -> None:
    assert await api.refusal("setWebhook", **params) == (400, f"Bad Request: {words}")

    assert world.webhook is None


async def test_an_empty_address_takes_the_webhook_away(api: Api, world: World) -> None:
    await api.result("setWebhook", url="http://127.0.0.1:9/hook")

    await api.result("setWebhook", url="")

    assert world.webhook is None
