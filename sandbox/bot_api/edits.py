"""Changing and taking back the bot's own messages."""

from typing import Any

from sandbox.bot_api import markup, media, words
from sandbox.bot_api.errors import bad
from sandbox.bot_api.given import Given
from sandbox.bot_api.sending import keep_pace, open_chat, own_message
from sandbox.chats import Chat, Kept, Message
from sandbox.world import World

DELETABLE_FOR = 48 * 3600  # seconds

_TEXT = ("text", "entities", "link_preview_options")
_CAPTION = ("caption", "caption_entities")
_MEDIA = ("photo", "document")
_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def edit_text(world: World, given: Given) -> Message:
    content = words.text(given)
    chat, kept = own_message(world, given)
    if "text" not in kept.message:
        raise bad("there is no text in the message to edit")
    return _change(world, given, chat, kept, _TEXT, content)


def edit_caption(world: World, given: Given) -> Message:
    content = words.caption(given)
    chat, kept = own_message(world, given)
    if not any(kind in kept.message for kind in _MEDIA):
        raise bad("there is no caption in the message to edit")
    return _change(world, given, chat, kept, _CAPTION, content)


def edit_media(world: World, given: Given) -> Message:
    chat, kept = own_message(world, given)
    if not any(kind in kept.message for kind in (*_MEDIA, "text")):
        raise bad("there is no media in the message to edit")
    content = _new_media(world, given, given.object("media") or {})
    return _change(world, given, chat, kept, (*_TEXT, *_MEDIA, *_CAPTION), content)


def _new_media(world: World, given: Given, wanted: dict[str, Any]) -> dict[str, Any]:
    if set(wanted) - {"type", "media", "caption", "parse_mode", "caption_entities"}:
        raise bad("the sandbox knows type, media, caption, parse_mode and caption_entities of an InputMedia")
    caption = words.caption(Given(wanted, {}))
    match wanted:
        case {"type": "photo", "media": str(value)}:
            return media.photo(world, given, value) | caption
        case {"type": "document", "media": str(value)}:
            return media.document(world, given, value) | caption
    raise bad("can't parse InputMedia: the sandbox knows photo and document")


def edit_markup(world: World, given: Given) -> Message:
    chat, kept = own_message(world, given)
    return _change(world, given, chat, kept, (), {})


def _change(
    world: World, given: Given, chat: Chat, kept: Kept, replaced: tuple[str, ...], content: dict[str, Any]
) -> Message:
    keys = markup.inline_only(given, private=chat.private)
    rest = {k: v for k, v in kept.message.items() if k not in (*replaced, "reply_markup", "edit_date")}
    new = rest | content | ({"reply_markup": keys} if keys else {})
    if new == {k: v for k, v in kept.message.items() if k != "edit_date"}:
        raise bad(_SAME)
    keep_pace(world, chat)
    kept.message = new | {"edit_date": world.now}
    kept.edited = kept.edited or bool(content)
    world.touch(chat)
    return kept.message


def delete_message(world: World, given: Given) -> bool:
    chat = open_chat(world, given)
    message_id = given.whole("message_id")
    if not message_id:
        raise bad("message identifier is not specified")
    kept = chat.find(message_id)
    if kept is None:
        raise bad("message to delete not found")
    foreign = not (chat.private or kept.by_bot)
    if foreign or world.now - kept.message["date"] > DELETABLE_FOR:
        raise bad("message can't be deleted for everyone")
    chat.delete(message_id)
    world.touch(chat)
    return True
