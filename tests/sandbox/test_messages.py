"""What the bot sends: lengths, places, replies, formatting, and to whom it may write."""

from typing import Any

import pytest
from telegram import Bot, InputMediaDocument, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden

from sandbox.world import World
from tests.sandbox.schema import check_message
from tests.sandbox.wire import ASHA, GROUP, IMRAN, Api

WORDS: list[tuple[dict[str, Any], str]] = [
    ({"chat_id": ASHA}, "message text is empty"),
    ({"chat_id": ASHA, "text": ""}, "message text is empty"),
    ({"chat_id": ASHA, "text": " \n "}, "text must be non-empty"),
    ({"chat_id": ASHA, "text": "x" * 4097}, "message is too long"),
    ({"text": "x"}, "chat_id is empty"),
    ({"chat_id": "", "text": "x"}, "chat_id is empty"),
    ({"chat_id": 0, "text": "x"}, "chat not found"),
    ({"chat_id": "@nobody_here", "text": "x"}, "chat not found"),
    ({"chat_id": ASHA, "text": "x", "parse_mode": "INVALID"}, "unsupported parse_mode"),
    ({"chat_id": ASHA, "text": "x", "parse_mode": "Markdown"}, "the sandbox reads plain text and HTML only"),
    ({"chat_id": ASHA, "text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ({"chat_id": ASHA, "text": "x", "reply_parameters": {}}, 'can\'t find field "message_id"'),
]
HTML = [
    ("<b>unclosed", 'Can\'t find end tag corresponding to start tag "b"'),
    ("नमस्ते <script>x</script>", 'Unsupported start tag "script" at byte offset 19'),
    ("<b><i>test</b></i>", 'Unmatched end tag at byte offset 10, expected "</i>", found "</b>"'),
    ("test</b>", "Unexpected end tag at byte offset 4"),
]
ENTITIES: list[tuple[dict[str, Any], str]] = [
    ({"type": "bold", "offset": 100, "length": 1}, "entity begins after the end of the text at UTF-16 offset 100"),
    (
        {"type": "bold", "offset": 0, "length": 100},
        "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 100",
    ),
    ({"type": "bold", "offset": -1, "length": 1}, "receive an entity with incorrect offset -1"),
    ({"type": "pigeon", "offset": 0, "length": 1}, "can't parse MessageEntity: Unsupported type specified"),
]


@pytest.fixture(autouse=True)
def asha_has_started(world: World) -> None:
    world.starts(ASHA)


async def test_a_message_of_4096_characters_fits_in_any_script(bot: Bot, world: World) -> None:
    sent = await bot.send_message(ASHA, "क" * 4096)

    assert sent.text == "क" * 4096
    assert world.chat(ASHA)[-1]["text"] == sent.text
    check_message(world.calls[-1].answer["result"])


@pytest.mark.parametrize(("params", "words"), WORDS)
async def test_a_message_that_telegram_refuses_is_refused_in_its_words(
    api: Api, world: World, params: dict[str, Any], words: str
) -> None:
    assert await api.refusal("sendMessage", **params) == (400, f"Bad Request: {words}")

    assert len(world.chat(ASHA)) == 1


async def test_a_bot_cannot_write_first(bot: Bot, world: World) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(IMRAN, "hello")

    world.starts(IMRAN)
    assert (await bot.send_message(IMRAN, "hello")).text == "hello"


async def test_who_blocked_the_bot_is_not_reached_until_they_let_it_in(bot: Bot, api: Api, world: World) -> None:
    world.blocks(ASHA)

    for method in ("sendMessage", "sendChatAction"):
        refusal = await api.refusal(
            method, chat_id=ASHA, **{"text": "x"} if method == "sendMessage" else {"action": "typing"}
        )
        assert refusal == (403, "Forbidden: bot was blocked by the user")
    with pytest.raises(Forbidden):
        await bot.send_message(ASHA, "x")
    world.starts(ASHA)
    assert (await bot.send_message(ASHA, "x")).text == "x"


async def test_who_blocked_the_bot_before_ever_writing_is_known_to_have_blocked_it(api: Api, world: World) -> None:
    world.blocks(IMRAN)

    refusal = await api.refusal("sendMessage", chat_id=IMRAN, text="x")

    assert refusal == (403, "Forbidden: bot was blocked by the user")


async def test_protected_messages_say_so(bot: Bot, world: World) -> None:
    await bot.send_message(ASHA, "police only", protect_content=True)
    await bot.send_message(ASHA, "for all")

    assert [message.get("has_protected_content") for message in world.chat(ASHA)[-2:]] == [True, None]


async def test_a_reply_carries_what_it_replies_to(bot: Bot, world: World) -> None:
    question = world.says(ASHA, "where?")

    answer = await bot.send_message(ASHA, "here", reply_parameters=ReplyParameters(question["message_id"]))
    lost = await bot.send_message(ASHA, "here", reply_parameters=ReplyParameters(999, allow_sending_without_reply=True))

    assert answer.reply_to_message is not None
    assert answer.reply_to_message.text == "where?"
    assert lost.reply_to_message is None
    check_message(world.calls[-2].answer["result"])


async def test_html_becomes_plain_text_with_entities_counted_in_utf16(bot: Bot) -> None:
    source = '😀 <b>bold <i>both</i></b> &lt;tag&gt; <a href="https://example.org/">link</a>'

    sent = await bot.send_message(ASHA, source, parse_mode=ParseMode.HTML)

    assert sent.text == "😀 bold both <tag> link"
    assert {entity.type: text for entity, text in sent.parse_entities().items()} == {
        "bold": "bold both",
        "italic": "both",
        "text_link": "link",
    }


@pytest.mark.parametrize(("source", "words"), HTML)
async def test_broken_html_is_refused(api: Api, source: str, words: str) -> None:
    refusal = await api.refusal("sendMessage", chat_id=ASHA, text=source, parse_mode="HTML")

    assert refusal == (400, f"Bad Request: can't parse entities: {words}")


async def test_the_length_counts_after_the_tags_are_read(api: Api) -> None:
    text = "<b>" + "x" * 4096 + "</b>"

    assert (await api.result("sendMessage", chat_id=ASHA, text=text, parse_mode="HTML"))["text"] == "x" * 4096
    assert (await api.refusal("sendMessage", chat_id=ASHA, text=text))[1] == "Bad Request: message is too long"


@pytest.mark.parametrize(("entity", "words"), ENTITIES)
async def test_an_entity_outside_the_text_is_refused(api: Api, entity: dict[str, Any], words: str) -> None:
    refusal = await api.refusal("sendMessage", chat_id=ASHA, text="hello", entities=[entity])

    assert refusal == (400, f"Bad Request: {words}")


async def test_places_and_venues_arrive(bot: Bot, world: World) -> None:
    pin = await bot.send_location(ASHA, 22.7185, 75.8550, horizontal_accuracy=9)
    venue = await bot.send_venue(ASHA, 22.7185, 75.8550, "Blue gate", "Rajwada")

    assert pin.location is not None
    assert (pin.location.latitude, pin.location.longitude) == (22.7185, 75.8550)
    assert venue.venue is not None
    assert (venue.venue.title, venue.venue.location) == ("Blue gate", venue.location)
    for message in world.calls[-2:]:
        check_message(message.answer["result"])


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        ("sendLocation", {"latitude": 1}, "longitude is empty"),
        ("sendLocation", {"latitude": 90.1, "longitude": 1}, "wrong location specified"),
        ("sendLocation", {"latitude": "NaN", "longitude": 1}, "wrong location specified"),
        ("sendVenue", {"latitude": 1, "longitude": 1, "address": "x"}, "venue title must be non-empty"),
        ("sendVenue", {"latitude": 1, "longitude": 1, "title": "x"}, "venue address must be non-empty"),
        ("sendChatAction", {"action": "dancing"}, "wrong parameter action in request"),
    ],
)
async def test_a_place_that_is_none_is_refused(api: Api, method: str, params: dict[str, Any], words: str) -> None:
    assert await api.refusal(method, chat_id=ASHA, **params) == (400, f"Bad Request: {words}")


async def test_typing_is_shown_and_leaves_no_message(bot: Bot, world: World) -> None:
    assert await bot.send_chat_action(ASHA, "typing")

    assert len(world.chat(ASHA)) == 1


async def test_the_bot_answers_in_a_group(bot: Bot, world: World) -> None:
    world.says_in_group(ASHA, GROUP, "/help")

    sent = await bot.send_message(GROUP, "Write to me privately.")

    assert sent.chat.type == "supergroup"
    assert [message["text"] for message in world.chat(GROUP)] == ["/help", "Write to me privately."]


async def test_a_caption_has_1024_characters_at_most(api: Api, bot: Bot) -> None:
    sent = await bot.send_document(ASHA, b"x", caption="क" * 1024)

    refusal = await api.refusal("sendDocument", chat_id=ASHA, document="x", caption="x" * 1025)
    assert sent.caption == "क" * 1024
    assert refusal == (400, "Bad Request: message caption is too long")
    with pytest.raises(BadRequest, match="caption is too long"):
        await bot.edit_message_media(InputMediaDocument(b"y", caption="x" * 1025), ASHA, sent.message_id)
