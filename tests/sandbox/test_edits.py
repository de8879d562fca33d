"""Changing and taking back messages, and what Telegram says when that cannot be."""

from typing import Any

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    Message,
    ReplyKeyboardMarkup,
)
from telegram.error import BadRequest

from sandbox import pictures
from sandbox.world import World
from tests.sandbox.schema import check_message
from tests.sandbox.wire import ASHA, Api, Clock

YES = InlineKeyboardMarkup.from_button(InlineKeyboardButton("Yes", callback_data="yes"))
NO = InlineKeyboardMarkup.from_button(InlineKeyboardButton("No", callback_data="no"))
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


@pytest.fixture(autouse=True)
def asha_has_started(world: World) -> None:
    world.starts(ASHA)


async def test_a_text_changes_in_place_and_is_marked_edited(bot: Bot, world: World, clock: Clock) -> None:
    sent = await bot.send_message(ASHA, "Saving", reply_markup=YES)
    clock.passes(5)

    edited = await sent.edit_text("Saved", reply_markup=NO)

    assert isinstance(edited, Message)
    assert (edited.text, edited.reply_markup, edited.message_id) == ("Saved", NO, sent.message_id)
    last = world.chat(ASHA)[-1]
    assert (last["text"], last["edited"], last["date"], last["edit_date"]) == (
        "Saved",
        True,
        clock.now - 5,
        clock.now,
    )
    check_message(world.calls[-1].answer["result"])


async def test_an_edit_without_buttons_takes_the_buttons_away(bot: Bot, world: World) -> None:
    sent = await bot.send_message(ASHA, "Sure?", reply_markup=YES)

    await sent.edit_text("Sure.")

    assert "reply_markup" not in world.chat(ASHA)[-1]


async def test_new_buttons_alone_do_not_mark_the_text_as_edited(bot: Bot, world: World) -> None:
    sent = await bot.send_message(ASHA, "Sure?", reply_markup=YES)

    await sent.edit_reply_markup(NO)
    with_buttons = world.chat(ASHA)[-1]
    await sent.edit_reply_markup()

    assert with_buttons["reply_markup"] == NO.to_dict()
    assert "reply_markup" not in world.chat(ASHA)[-1]
    assert not world.chat(ASHA)[-1]["edited"]


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot, api: Api, world: World) -> None:
    sent = await bot.send_message(ASHA, "Saved", reply_markup=YES)
    same = {"chat_id": ASHA, "message_id": sent.message_id, "reply_markup": YES.to_dict()}

    assert await api.refusal("editMessageText", text="Saved", **same) == (400, NOT_MODIFIED)
    assert await api.refusal("editMessageReplyMarkup", **same) == (400, NOT_MODIFIED)
    assert not world.chat(ASHA)[-1]["edited"]
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_text("Saved", reply_markup=YES)


async def test_after_an_edit_the_same_edit_changes_nothing(bot: Bot) -> None:
    sent = await bot.send_message(ASHA, "Saving")
    await sent.edit_text("Saved")

    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_text("Saved")


async def test_what_cannot_be_edited_is_refused(bot: Bot, api: Api, world: World) -> None:
    theirs = world.says(ASHA, "mine")["message_id"]
    keyed = (await bot.send_message(ASHA, "Which?", reply_markup=ReplyKeyboardMarkup([["A"]]))).message_id

    for message_id, words in (
        (999, "message to edit not found"),
        (0, "message identifier is not specified"),
        (theirs, "message can't be edited"),
        (keyed, "message can't be edited"),
    ):
        refusal = await api.refusal("editMessageText", chat_id=ASHA, message_id=message_id, text="new")
        assert refusal == (400, f"Bad Request: {words}")


async def test_an_edit_must_fit_the_kind_of_message(bot: Bot, api: Api) -> None:
    pin = (await bot.send_location(ASHA, 22.7, 75.8)).message_id
    text = (await bot.send_message(ASHA, "x")).message_id
    photo = {"type": "photo", "media": "x"}
    keys = {"keyboard": [["A"]]}

    edits: list[tuple[str, int, dict[str, Any], str]] = [
        ("editMessageText", pin, {"text": "new"}, "there is no text in the message to edit"),
        ("editMessageCaption", text, {"caption": "x"}, "there is no caption in the message to edit"),
        ("editMessageMedia", pin, {"media": photo}, "there is no media in the message to edit"),
        ("editMessageText", text, {"text": "new", "reply_markup": keys}, "inline keyboard expected"),
    ]
    for method, message_id, params, words in edits:
        refusal = await api.refusal(method, chat_id=ASHA, message_id=message_id, **params)
        assert refusal == (400, f"Bad Request: {words}")


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "message text is empty"), ("  ", "text must be non-empty"), ("x" * 4097, "message is too long")],
)
async def test_an_edit_obeys_the_lengths_too(bot: Bot, api: Api, text: str, words: str) -> None:
    sent = await bot.send_message(ASHA, "x")

    refusal = await api.refusal("editMessageText", chat_id=ASHA, message_id=sent.message_id, text=text)

    assert refusal == (400, f"Bad Request: {words}")


async def test_a_document_gets_a_new_caption_and_becomes_a_photo(bot: Bot, world: World) -> None:
    sent = await bot.send_document(ASHA, b"one", filename="one.txt", caption="First")

    await sent.edit_caption("Second")
    recaptioned = world.chat(ASHA)[-1]
    await sent.edit_media(InputMediaPhoto(pictures.drawn(40, 30), caption="Third"))
    now = world.chat(ASHA)[-1]

    assert (recaptioned["caption"], recaptioned["document"]["file_name"]) == ("Second", "one.txt")
    assert (now["caption"], now["photo"][-1]["width"]) == ("Third", 40)
    assert "document" not in now
    check_message(world.calls[-1].answer["result"])


async def test_a_text_can_become_a_document(bot: Bot, world: World) -> None:
    sent = await bot.send_message(ASHA, "Working")

    await bot.edit_message_media(InputMediaDocument(b"bytes", filename="report.pdf"), ASHA, sent.message_id)

    last = world.chat(ASHA)[-1]
    assert last["document"]["file_name"] == "report.pdf"
    assert "text" not in last


@pytest.mark.parametrize(
    ("media", "words"),
    [
        ({"type": "video", "media": "x"}, "can't parse InputMedia: the sandbox knows photo and document"),
        ({"type": "photo"}, "can't parse InputMedia: the sandbox knows photo and document"),
        ({"type": "photo", "media": "attach://nowhere"}, "there is no photo in the request"),
        (
            {"type": "photo", "media": "x", "has_spoiler": True},
            "the sandbox knows type, media, caption, parse_mode and caption_entities of an InputMedia",
        ),
    ],
)
async def test_media_that_cannot_be_read_is_refused(bot: Bot, api: Api, media: dict[str, Any], words: str) -> None:
    sent = await bot.send_message(ASHA, "x")

    refusal = await api.refusal("editMessageMedia", chat_id=ASHA, message_id=sent.message_id, media=media)

    assert refusal == (400, f"Bad Request: {words}")
