"""Pictures and files on their way to a chat: one message with the words, and never instead of them."""

from typing import Any

import pytest
from telegram import Bot

from bot import texts
from bot.core.files import File, Print
from bot.core.geo import Point
from bot.core.messages import Button, Phrase, Say, phrase, say
from bot.core.picture import Bar, Bars, Picture
from bot.words import words
from handlers.delivery import Outcome, Refused, Sent
from handlers.mail import OUTGOING, Outgoing
from handlers.pictures import studio
from handlers.telegram import send
from sandbox.world import World

ASHA = 1001
CHART = Bars("By week", (Bar("1 Nov", 12, 12), Bar("8 Nov", None, "<5")), Bar("Goal", 20, 20))
YES = Button(phrase(texts.YES), "/yes")
LINE = phrase(texts.LANGUAGE_SET)
SHOWN = Say((LINE,), ((YES,),), picture=CHART, protect=True)


@pytest.fixture(autouse=True)
def _asha_has_written(world: World) -> None:
    world.says(ASHA, "/start")


async def nowhere(_point: Point, _language: str) -> str:
    return ""


async def broken(_thing: Picture | File, _language: str) -> bytes:
    raise RuntimeError("no ink")


async def sent(bot: Bot, answer: Say, *, over: str = "", make: studio.Make = studio.made) -> Outcome:
    written = OUTGOING.dump_json(Outgoing(str(ASHA), "en", answer, over))  # as the outbox keeps it
    return await send.deliver(bot, OUTGOING.validate_json(written), nowhere, make)


def newest(world: World) -> dict[str, Any]:
    return world.chat(ASHA)[-1]


def content(world: World, file: dict[str, Any]) -> bytes:
    stored = world.files.by_id(file["file_id"])
    assert stored is not None
    return stored.content


async def test_picture_words_and_buttons_are_one_message(bot: Bot, world: World) -> None:
    outcome = await sent(bot, SHOWN)

    said = newest(world)
    assert outcome == Sent()
    assert said["caption"] == words(LINE, "en")
    assert content(world, said["photo"][0]) == studio.make(CHART, "en")
    assert said["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "/yes"
    assert said["has_protected_content"]
    assert len(world.chat(ASHA)) == 2  # hers and this one


@pytest.mark.parametrize("before", [SHOWN, say(texts.ASK_KIND, buttons=((YES,),))])
async def test_turning_a_page_changes_picture_and_words_together(bot: Bot, world: World, before: Say) -> None:
    await sent(bot, before)
    there = newest(world)
    other = Bars("Another week", (Bar("15 Nov", 7, 7),))
    turned = Say((phrase(texts.CANCELLED),), ((YES,),), picture=other, replace=True)

    outcome = await sent(bot, turned, over=str(there["message_id"]))

    said = newest(world)
    assert outcome == Sent()
    assert said["message_id"] == there["message_id"]
    assert said["caption"] == words(phrase(texts.CANCELLED), "en")
    assert content(world, said["photo"][0]) == studio.make(other, "en")
    assert "text" not in said


async def test_a_page_whose_message_is_gone_comes_as_a_new_picture(bot: Bot, world: World) -> None:
    outcome = await sent(bot, SHOWN, over="4711")

    assert outcome == Sent()
    assert newest(world)["photo"]
    assert [call.ok for call in world.calls if call.method == "editMessageMedia"] == [False]


async def test_a_picture_that_cannot_be_drawn_costs_the_picture_and_not_the_answer(bot: Bot, world: World) -> None:
    outcome = await sent(bot, SHOWN, make=broken)

    assert outcome == Sent()
    assert newest(world)["text"] == words(LINE, "en")
    assert newest(world)["reply_markup"]


async def test_a_page_that_cannot_be_drawn_leaves_no_old_picture_over_new_words(bot: Bot, world: World) -> None:
    await sent(bot, SHOWN)
    old = newest(world)

    await sent(
        bot, Say((phrase(texts.CANCELLED),), picture=CHART, replace=True), over=str(old["message_id"]), make=broken
    )

    assert newest(world)["message_id"] != old["message_id"]
    assert newest(world)["text"] == words(phrase(texts.CANCELLED), "en")
    assert world.chat(ASHA)[-2]["caption"] == old["caption"]


async def test_a_picture_that_telegram_refuses_costs_the_picture_only(bot: Bot, world: World) -> None:
    world.faults.add("sendPhoto", status=400, description="Bad Request: IMAGE_PROCESS_FAILED")

    assert await sent(bot, SHOWN) == Sent()
    assert newest(world)["text"] == words(LINE, "en")


async def test_words_that_do_not_fit_under_a_picture_go_without_it(bot: Bot, world: World) -> None:
    fits, too_long = Phrase("👮" * 512), Phrase("👮" * 512 + ".")  # two of Telegram's characters each

    await sent(bot, Say((fits,), picture=CHART))
    await sent(bot, Say((too_long,), picture=CHART))

    assert [("photo" in said, "text" in said) for said in world.chat(ASHA)[-2:]] == [(True, False), (False, True)]


async def test_a_message_that_is_wrong_in_itself_is_refused_with_or_without_picture(bot: Bot) -> None:
    wrong = Say((LINE,), ((Button(phrase(texts.YES), "x" * 65),),), picture=CHART)

    assert await sent(bot, wrong) == Refused("BadRequest")


async def test_a_picture_for_printing_comes_as_a_file(bot: Bot, world: World) -> None:
    await sent(bot, Say((LINE,), ((YES,),), document=Print("chart.pdf", CHART)))

    said = newest(world)
    assert said["document"]["file_name"] == "chart.pdf"
    assert said["reply_markup"]
    assert content(world, said["document"]).startswith(b"%PDF")


async def test_a_file_that_cannot_be_made_is_said_to_be_missing(bot: Bot, world: World) -> None:
    outcome = await sent(bot, Say((LINE,), document=Print("chart.pdf", CHART)), make=broken)

    assert outcome == Sent()
    assert newest(world)["text"] == words(phrase(texts.FILE_NOT_MADE), "en")
