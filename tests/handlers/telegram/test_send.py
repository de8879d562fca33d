"""What each answer becomes in a chat."""

from typing import Any

import pytest
from telegram import Bot

from bot import texts
from bot.core.access import Role
from bot.core.geo import Point
from bot.core.messages import Ask, Button, Document, Menu, Say, phrase, say
from bot.core.registration import coordinates
from bot.words import words
from handlers.delivery import Outcome, Sent
from handlers.mail import Outgoing
from handlers.telegram import send
from sandbox.world import World
from tests.chat import RAJWADA

ASHA = 1001
YES, NO = Button(phrase(texts.YES), "s|yes"), Button(phrase(texts.NO), "s|no")


@pytest.fixture(autouse=True)
def _asha_has_written(world: World) -> None:
    world.says(ASHA, "/start")


async def nowhere(_point: Point, _language: str) -> str:
    return ""


async def sent(bot: Bot, answer: Say | Menu, *, language: str = "en", over: str = "") -> Outcome:
    return await send.deliver(bot, Outgoing(str(ASHA), language, answer, over), nowhere)


def newest(world: World) -> dict[str, Any]:
    return world.chat(ASHA)[-1]


async def test_words_become_a_message_in_the_persons_language(bot: Bot, world: World) -> None:
    outcome = await sent(bot, say(texts.ASK_COUNT), language="hi")

    assert outcome == Sent()
    assert newest(world)["text"] == words(phrase(texts.ASK_COUNT), "hi")
    assert "has_protected_content" not in newest(world)
    assert newest(world)["link_preview_options"] == {"is_disabled": True}


async def test_buttons_stand_in_rows_under_the_words(bot: Bot, world: World) -> None:
    link = Button(phrase(texts.WRITE_TO_ME), url="https://t.me/citizen_eye_bot")

    await sent(bot, say(texts.ASK_KIND, buttons=((YES, NO), (link,))))

    rows = newest(world)["reply_markup"]["inline_keyboard"]
    assert [[key.get("callback_data") for key in row] for row in rows] == [["s|yes", "s|no"], [None]]
    assert rows[1][0]["url"] == "https://t.me/citizen_eye_bot"


@pytest.mark.parametrize(
    ("ask", "label", "asks"),
    [
        (Ask.NUMBER, texts.SHARE_NUMBER_KEY, "request_contact"),
        (Ask.PLACE, texts.SEND_PLACE_KEY, "request_location"),
    ],
)
async def test_asking_for_number_or_place_shows_one_big_key_and_back(
    bot: Bot, world: World, ask: Ask, label: str, asks: str
) -> None:
    await sent(bot, say(texts.ASK_NUMBER, ask=ask, back=True), language="hi")

    keyboard = world.keyboard(ASHA)
    assert keyboard is not None
    assert keyboard["keyboard"][0][0] == {"text": words(phrase(label), "hi"), asks: True}
    assert keyboard["keyboard"][1][0]["text"] == words(phrase(texts.BACK), "hi")


async def test_clearing_takes_the_keys_away(bot: Bot, world: World) -> None:
    await sent(bot, say(texts.ASK_NUMBER, ask=Ask.NUMBER))

    await sent(bot, say(texts.CANCELLED, ask=Ask.CLEAR))

    assert world.keyboard(ASHA) is None


async def test_a_place_without_words_is_a_pin_and_with_words_a_named_one(bot: Bot, world: World) -> None:
    await sent(bot, Say((), pin=RAJWADA, ask=Ask.CLEAR))
    await sent(bot, Say((phrase(texts.YES),), pin=RAJWADA, protect=True))

    pin, venue = world.chat(ASHA)[-2:]
    assert pin["location"] == venue["location"] == {"latitude": RAJWADA.lat, "longitude": RAJWADA.lon}
    assert "venue" not in pin
    assert venue["venue"]["title"] == words(phrase(texts.YES), "en")
    assert venue["venue"]["address"] == words(coordinates(RAJWADA), "en")
    assert venue["has_protected_content"]


async def test_a_document_is_a_text_file_that_windows_reads_too(bot: Bot, world: World) -> None:
    paper = Document("my-data.txt", (phrase(texts.MYDATA_NO_PHONE), phrase(texts.MYDATA_NO_CONSENT)))

    await sent(bot, Say((phrase(texts.MYDATA),), document=paper), language="hi")

    said = newest(world)
    file = world.files.by_id(said["document"]["file_id"])
    assert file is not None
    assert file.content.startswith(b"\xef\xbb\xbf")
    lines = [words(line, "hi") for line in paper.lines]
    assert file.content.decode("utf-8-sig").split("\n") == lines
    assert said["caption"] == words(phrase(texts.MYDATA), "hi")


async def test_what_must_not_be_passed_on_is_protected(bot: Bot, world: World) -> None:
    await sent(bot, Say((phrase(texts.NOTHING_FOUND),), protect=True))

    assert newest(world)["has_protected_content"]


async def test_a_menu_is_set_for_that_chat_only(bot: Bot, world: World) -> None:
    outcome = await sent(bot, Menu(frozenset({Role.OFFICER})), language="hi")

    assert outcome == Sent()
    menu = world.profile.menu(ASHA, "hi")
    assert menu[0] == {"command": "near", "description": words(phrase(texts.MENU_NEAR), "hi")}
    assert "officers" not in [command["command"] for command in menu]
    assert world.profile.menu(1002, "en") == []


async def test_an_address_stands_above_the_question_where_one_is_known(bot: Bot, world: World) -> None:
    async def palasia(_point: Point, language: str) -> str:
        return f"MG Road ({language})"

    asked = Say((phrase(texts.ASK_HERE, place="here"),), address_of=RAJWADA)

    await send.deliver(bot, Outgoing(str(ASHA), "en", asked), palasia)

    lines = newest(world)["text"].split("\n")
    assert lines[0] == words(phrase(texts.ADDRESS, address="MG Road (en)"), "en")
    assert "\n".join(lines[1:]) == words(asked.lines[0], "en")


async def test_an_answer_takes_the_place_of_the_question_that_was_tapped(bot: Bot, world: World) -> None:
    await sent(bot, say(texts.ASK_KIND, buttons=((YES, NO),)))
    asked = newest(world)["message_id"]

    outcome = await sent(bot, say(texts.LANGUAGE_SET, replace=True), over=str(asked))

    assert outcome == Sent()
    assert newest(world)["message_id"] == asked
    assert newest(world)["text"] == words(phrase(texts.LANGUAGE_SET), "en")
    assert "reply_markup" not in newest(world)


async def test_where_the_question_is_gone_the_answer_is_a_new_message(bot: Bot, world: World) -> None:
    outcome = await sent(bot, say(texts.LANGUAGE_SET, replace=True), over="4711")

    assert outcome == Sent()
    assert newest(world)["text"] == words(phrase(texts.LANGUAGE_SET), "en")
    assert [call.ok for call in world.calls if call.method == "editMessageText"] == [False]


async def test_a_pin_cannot_turn_into_words_so_a_new_message_comes(bot: Bot, world: World) -> None:
    await sent(bot, Say((), pin=RAJWADA))
    pin = newest(world)["message_id"]

    outcome = await sent(bot, say(texts.LANGUAGE_SET, replace=True), over=str(pin))

    assert outcome == Sent()
    assert newest(world)["message_id"] != pin


async def test_an_answer_that_is_there_already_counts_as_sent_and_is_not_repeated(bot: Bot, world: World) -> None:
    await sent(bot, say(texts.LANGUAGE_SET, buttons=((YES,),)))
    there, before = newest(world)["message_id"], len(world.chat(ASHA))

    outcome = await sent(bot, say(texts.LANGUAGE_SET, buttons=((YES,),), replace=True), over=str(there))

    assert outcome == Sent()
    assert len(world.chat(ASHA)) == before
    assert "message is not modified" in world.calls[-1].answer["description"]
