"""Taking messages back: which can be, and what goes with them."""

import pytest
from telegram import (
    Bot,
    ReplyKeyboardMarkup,
)

from sandbox.world import World
from tests.sandbox.wire import ASHA, GROUP, Api, Clock


@pytest.fixture(autouse=True)
def asha_has_started(world: World) -> None:
    world.starts(ASHA)


async def test_a_deleted_message_is_gone_for_good(bot: Bot, api: Api, world: World) -> None:
    sent = await bot.send_message(ASHA, "secret")
    target = {"chat_id": ASHA, "message_id": sent.message_id}

    assert await sent.delete()

    assert world.chat(ASHA)[-1]["deleted"]
    assert await api.refusal("deleteMessage", **target) == (400, "Bad Request: message to delete not found")
    assert await api.refusal("editMessageText", text="x", **target) == (400, "Bad Request: message to edit not found")


async def test_the_bot_may_delete_what_a_person_wrote_in_private_but_not_in_a_group(
    bot: Bot, api: Api, world: World
) -> None:
    private = world.says(ASHA, "my number")["message_id"]
    public = world.says_in_group(ASHA, GROUP, "/help")["message_id"]

    assert await bot.delete_message(ASHA, private)

    refusal = await api.refusal("deleteMessage", chat_id=GROUP, message_id=public)
    assert refusal == (400, "Bad Request: message can't be deleted for everyone")


async def test_after_48_hours_a_message_stays(bot: Bot, api: Api, clock: Clock) -> None:
    sent = await bot.send_message(ASHA, "old")
    clock.passes(48 * 3600 + 1)

    refusal = await api.refusal("deleteMessage", chat_id=ASHA, message_id=sent.message_id)

    assert refusal == (400, "Bad Request: message can't be deleted for everyone")


async def test_a_keyboard_goes_with_the_message_that_brought_it(bot: Bot, world: World) -> None:
    sent = await bot.send_message(ASHA, "Which?", reply_markup=ReplyKeyboardMarkup([["A"]]))

    await sent.delete()

    assert world.keyboard(ASHA) is None
