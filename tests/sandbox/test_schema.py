"""The schema that the bot's calls are checked against."""

import re
from typing import Any

import pytest
from telegram import Bot

from sandbox.bot_api.given import Kind
from sandbox.bot_api.methods import BY_LOWER_NAME, METHODS
from tests.sandbox.schema import check_call, check_message, model_of
from tests.sources import files

KEYS = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}

GOOD: list[tuple[str, dict[str, Any]]] = [
    ("getMe", {}),
    ("getUpdates", {"offset": 5, "timeout": 10, "allowed_updates": ["message"]}),
    ("sendMessage", {"chat_id": 1, "text": "hello", "reply_markup": KEYS, "protect_content": True}),
    ("sendMessage", {"chat_id": 1, "text": "hello", "reply_markup": {"remove_keyboard": True}}),
    ("sendMessage", {"chat_id": 1, "text": "hello", "link_preview_options": {"is_disabled": True}}),
    ("sendLocation", {"chat_id": 1, "latitude": 22, "longitude": 75.5}),
    ("sendDocument", {"chat_id": 1, "document": "attach://document"}),
    ("editMessageMedia", {"chat_id": 1, "message_id": 2, "media": {"type": "photo", "media": "attach://a"}}),
    ("setMyCommands", {"commands": [{"command": "near", "description": "Look"}], "scope": {"type": "default"}}),
    ("setChatMenuButton", {"menu_button": {"type": "commands"}}),
]
BAD: list[tuple[str, dict[str, Any], str]] = [
    ("sendCarrierPigeon", {}, "the Bot API has no sendCarrierPigeon"),
    ("sendMessage", {"chat_id": 1}, "sendMessage does not fit at text"),
    ("sendMessage", {"chat_id": 1, "text": "hello", "colour": "red"}, "sendMessage takes no colour"),
    ("sendMessage", {"chat_id": 1, "text": 5}, "sendMessage does not fit at text"),
    ("deleteMessage", {"chat_id": 1, "message_id": "5"}, "deleteMessage does not fit at message_id"),
    (
        "sendMessage",
        {"chat_id": 1, "text": "hello", "reply_markup": {"inline_keyboard": [[{"text": "Yes", "data": "yes"}]]}},
        "unknown: sendMessage.reply_markup.inline_keyboard.data",
    ),
]


@pytest.mark.parametrize(("method", "params"), GOOD)
def test_a_call_that_telegram_would_take_passes(method: str, params: dict[str, Any]) -> None:
    check_call(method, params)


@pytest.mark.parametrize(("method", "params", "why"), BAD)
def test_a_call_that_telegram_would_not_take_says_where_it_is_wrong(
    method: str, params: dict[str, Any], why: str
) -> None:
    with pytest.raises(AssertionError) as wrong:
        check_call(method, params)

    assert str(wrong.value).startswith(why)


def test_the_words_of_a_message_stay_out_of_the_complaint() -> None:
    with pytest.raises(AssertionError) as wrong:
        check_message({"message_id": "an unlikely word", "date": 1, "chat": {"id": 1, "type": "private"}})

    assert "message_id" in str(wrong.value)
    assert "unlikely" not in str(wrong.value)


def test_the_sandbox_has_every_method_that_the_bot_calls() -> None:
    """Calls of the client of python-telegram-bot, as they stand in the code."""
    sources = [path.read_text("utf-8") for _, path in files("bot", "handlers")]
    named = {name for source in sources for name in re.findall(r"\bbot\.([a-z_]+)\(", source)}
    called = {name for name in named if hasattr(Bot, name)} - {"initialize", "shutdown", "lower"}

    missing = {name for name in called if name.replace("_", "") not in BY_LOWER_NAME}

    assert missing == set()
    assert {"send_message", "edit_message_media", "answer_callback_query", "delete_message", "set_webhook"} <= called


@pytest.mark.parametrize("method", METHODS)
def test_each_method_of_the_sandbox_takes_only_what_telegram_takes(method: str) -> None:
    fields = model_of(method).model_fields
    needed = {name for name, about in fields.items() if about.is_required()}

    takes = METHODS[method].takes

    assert set(takes) <= set(fields)
    assert needed <= set(takes)
    assert all(isinstance(kind, Kind) for kind in takes.values())
