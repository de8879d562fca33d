"""Taps: how a pressed button reaches the bot, and how it is answered."""

import pytest
from telegram import Bot, Update

from sandbox.state import Toast
from sandbox.world import World
from tests.sandbox.schema import check_update
from tests.sandbox.wire import ASHA, IMRAN, Api, Clock


@pytest.fixture(autouse=True)
def asha_has_started(world: World) -> None:
    world.starts(ASHA)


TOO_OLD = (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")


async def test_a_tap_reaches_the_bot_with_the_message_it_was_under(bot: Bot, api: Api, world: World) -> None:
    keys = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}
    sent = await api.result("sendMessage", chat_id=ASHA, text="Sure?", reply_markup=keys)

    world.taps(ASHA, sent["message_id"], "yes")

    query = (await bot.get_updates(offset=-1))[0].callback_query
    assert query is not None
    assert (query.data, query.from_user.id) == ("yes", ASHA)
    assert query.message is not None
    assert query.message.is_accessible
    assert query.message.message_id == sent["message_id"]
    check_update(world.calls[-1].answer["result"][0])


async def test_a_tap_under_a_deleted_message_still_arrives(bot: Bot, api: Api, world: World) -> None:
    sent = await bot.send_message(ASHA, "Sure?")
    await sent.delete()

    world.taps(ASHA, sent.message_id, "yes")

    raw = (await api.result("getUpdates", offset=-1))[0]
    query = Update.de_json(raw, bot).callback_query
    assert query is not None
    assert query.message is not None
    assert not query.message.is_accessible
    check_update(raw)


async def test_an_answer_ends_the_waiting_and_shows_its_words_once(bot: Bot, world: World) -> None:
    query = world.taps(ASHA, 1, "yes")

    await bot.answer_callback_query(query["id"], "Saved", show_alert=True)
    await bot.answer_callback_query(query["id"], "Saved again")

    assert world.toasts == [Toast(ASHA, "Saved", alert=True)]


async def test_an_unknown_or_old_tap_cannot_be_answered(api: Api, world: World, clock: Clock) -> None:
    query = world.taps(ASHA, 1, "yes")
    clock.passes(15 * 60 + 1)

    assert await api.refusal("answerCallbackQuery", callback_query_id=query["id"]) == TOO_OLD
    assert await api.refusal("answerCallbackQuery", callback_query_id="999") == TOO_OLD
    assert await api.refusal("answerCallbackQuery") == TOO_OLD


async def test_an_answer_has_200_characters_at_most(api: Api, world: World) -> None:
    query = world.taps(ASHA, 1, "yes")["id"]

    refusal = await api.refusal("answerCallbackQuery", callback_query_id=query, text="x" * 201)

    assert refusal == (400, "Bad Request: MESSAGE_TOO_LONG")
    assert await api.result("answerCallbackQuery", callback_query_id=query, text="क" * 200)


def test_every_tap_has_an_id_of_its_own_even_after_a_reset(world: World) -> None:
    world.starts(IMRAN)
    ids = [world.taps(ASHA, 1, "yes")["id"], world.taps(IMRAN, 1, "yes")["id"]]
    world.reset()

    ids.append(world.taps(ASHA, 1, "yes")["id"])

    assert len(set(ids)) == 3
