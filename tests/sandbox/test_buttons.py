"""Keyboards and taps: what a button may carry, where it may stand, and how a press is answered."""

from typing import Any

import pytest
from telegram import Bot, ForceReply, KeyboardButton, ReplyKeyboardMarkup, ReplyKeyboardRemove
from telegram.error import BadRequest

from sandbox.world import World
from tests.sandbox.wire import ASHA, GROUP, Api

_INLINE = "can't parse inline keyboard button: "
_KEY = "can't parse keyboard button: "

BAD_BUTTONS: list[tuple[Any, str]] = [
    ({"text": "x", "callback_data": "क" * 22}, "BUTTON_DATA_INVALID"),
    ({"text": "x", "callback_data": ""}, _INLINE + "Text buttons are unallowed in the inline keyboard"),
    ({"text": "x"}, _INLINE + "Text buttons are unallowed in the inline keyboard"),
    (
        {"text": "x", "callback_data": "a", "url": "https://t.me/x"},
        _INLINE + "Text buttons are unallowed in the inline keyboard",
    ),
    ({"callback_data": "a"}, _INLINE + 'Can\'t find field "text"'),
    ({"text": 5, "callback_data": "a"}, _INLINE + 'Field "text" must be of type String'),
    ({"text": " ", "callback_data": "a"}, "BUTTON_TEXT_INVALID"),
    ("x", _INLINE + "InlineKeyboardButton should be an Object"),
    ({"text": "x", "url": "not-a-url"}, "inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL"),
    ({"text": "x", "url": "https://["}, "inline keyboard button URL 'https://[' is invalid: Wrong HTTP URL"),
    (
        {"text": "x", "url": "http://localhost/"},
        "inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL",
    ),
    (
        {"text": "x", "url": "ftp://a.org"},
        "inline keyboard button URL 'ftp://a.org' is invalid: Unsupported URL protocol",
    ),
    ({"text": "x", "copy_text": {"text": ""}}, "BUTTON_COPY_TEXT_INVALID"),
    ({"text": "x", "callback_data": "a", "style": "loud"}, "BUTTON_STYLE_INVALID"),
    ({"text": "x", "callback_data": "a", "colour": "red"}, "unknown field colour"),
]
GOOD_BUTTONS: list[dict[str, Any]] = [
    {"text": "x", "callback_data": "a" * 64},
    {"text": "x", "callback_data": "क" * 21, "style": "danger"},
    {"text": "x", "url": "https://t.me/bot?start=a"},
    {"text": "x", "url": "t.me/bot"},
    {"text": "x", "url": "tg://resolve?domain=bot"},
    {"text": "x", "copy_text": {"text": "near 22.7 75.8"}},
]
BAD_KEYBOARDS: list[tuple[dict[str, Any], str]] = [
    ({"keyboard": []}, "keyboard is empty"),
    ({"keyboard": "A"}, 'field "keyboard" must be of type Array'),
    ({"keyboard": ["A"]}, 'field "keyboard" must be an Array of Arrays'),
    ({"keyboard": [[5]]}, _KEY + "KeyboardButton should be an Object"),
    ({"keyboard": [[{"request_contact": True}]]}, _KEY + 'Can\'t find field "text"'),
    (
        {"keyboard": [[{"text": "A", "request_contact": "yes"}]]},
        _KEY + 'Field "request_contact" must be of type Boolean',
    ),
    (
        {"keyboard": [[{"text": "A", "request_contact": True, "request_location": True}]]},
        _KEY + "only one kind of request can be made by a button",
    ),
    ({"keyboard": [["A"]], "one_time_keyboard": "yes"}, 'field "one_time_keyboard" must be of type Boolean'),
    ({"keyboard": [["A"]], "input_field_placeholder": "x" * 65}, "INPUT_FIELD_PLACEHOLDER_INVALID"),
    ({"keyboard": [["A"]], "inline_keyboard": [[]]}, "unknown field keyboard"),
    ({"keyboard": [["A"]], "remove_keyboard": True}, "unknown field remove_keyboard"),
    ({"keyboard": [["A"] * 9]}, "REPLY_MARKUP_TOO_LONG"),
    ({"inline_keyboard": "bad"}, 'field "inline_keyboard" must be of type Array'),
    ({"remove_keyboard": "yes"}, "object expected as reply markup"),
    ({"force_reply": True, "selective": "yes"}, 'field "selective" must be of type Boolean'),
    ({"surprise": True}, "object expected as reply markup"),
]


@pytest.fixture(autouse=True)
def asha_has_started(world: World) -> None:
    world.starts(ASHA)


@pytest.mark.parametrize("button", GOOD_BUTTONS)
async def test_a_good_inline_button_stands_under_the_message(api: Api, world: World, button: dict[str, Any]) -> None:
    keys = {"inline_keyboard": [[button]]}

    sent = await api.result("sendMessage", chat_id=ASHA, text="x", reply_markup=keys)

    assert sent["reply_markup"] == keys
    assert world.chat(ASHA)[-1]["reply_markup"] == keys


@pytest.mark.parametrize(("button", "words"), BAD_BUTTONS)
async def test_a_bad_inline_button_is_refused(api: Api, world: World, button: Any, words: str) -> None:
    keys = {"inline_keyboard": [[button]]}

    refusal = await api.refusal("sendMessage", chat_id=ASHA, text="x", reply_markup=keys)

    assert refusal == (400, f"Bad Request: {words}")
    assert len(world.chat(ASHA)) == 1


async def test_a_hundred_inline_buttons_are_the_most(api: Api) -> None:
    button = {"text": "x", "callback_data": "a"}
    most = {"inline_keyboard": [[button] * 8] * 12 + [[button] * 4]}
    more = {"inline_keyboard": [[button] * 8] * 12 + [[button] * 5]}

    assert await api.result("sendMessage", chat_id=ASHA, text="x", reply_markup=most)

    assert (await api.refusal("sendMessage", chat_id=ASHA, text="x", reply_markup=more))[1].endswith("TOO_LONG")


@pytest.mark.parametrize(("keys", "words"), BAD_KEYBOARDS)
async def test_a_bad_keyboard_is_refused(api: Api, world: World, keys: dict[str, Any], words: str) -> None:
    refusal = await api.refusal("sendMessage", chat_id=ASHA, text="x", reply_markup=keys)

    assert refusal == (400, f"Bad Request: {words}")
    assert world.keyboard(ASHA) is None


async def test_the_keyboard_in_force_is_the_last_one_sent_until_it_is_removed(bot: Bot, world: World) -> None:
    keys = ReplyKeyboardMarkup(
        [[KeyboardButton("Number", request_contact=True)], ["Back"]],
        resize_keyboard=True,
        input_field_placeholder="Press",
    )

    await bot.send_message(ASHA, "Number?", reply_markup=keys)
    await bot.send_message(ASHA, "Press the key.")
    in_force = world.keyboard(ASHA)
    await bot.send_message(ASHA, "Thanks.", reply_markup=ReplyKeyboardRemove())

    assert in_force == keys.to_dict()
    assert "reply_markup" not in world.chat(ASHA)[1]
    assert world.keyboard(ASHA) is None


async def test_a_forced_reply_takes_the_place_of_the_keyboard(bot: Bot, world: World) -> None:
    await bot.send_message(ASHA, "Which?", reply_markup=ReplyKeyboardMarkup([["A"]]))

    await bot.send_message(ASHA, "Or type it.", reply_markup=ForceReply(input_field_placeholder="blue gate"))

    assert world.keyboard(ASHA) is None


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ("request_contact", "Phone number can be requested in private chats only"),
        ("request_location", "Location can be requested in private chats only"),
    ],
)
async def test_a_number_or_place_is_asked_for_in_private_only(bot: Bot, world: World, wish: str, words: str) -> None:
    world.says_in_group(ASHA, GROUP, "/start")
    keys = ReplyKeyboardMarkup([[KeyboardButton("Mine", **{wish: True})]])  # type: ignore[arg-type] # one of two flags

    with pytest.raises(BadRequest, match=words):
        await bot.send_message(GROUP, "x", reply_markup=keys)

    assert await bot.send_message(ASHA, "x", reply_markup=keys)
