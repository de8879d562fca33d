"""What every message of the bot goes through: the chat, the keyboard, the reply, the pace."""

from typing import Any

from sandbox.bot_api import markup
from sandbox.bot_api.errors import ApiError, bad, too_many
from sandbox.bot_api.given import Given
from sandbox.chats import Chat, Kept, Message
from sandbox.world import World


def open_chat(world: World, given: Given) -> Chat:
    """The chat of the call; a bot can write only to who wrote first and has not blocked it."""
    if not given.has("chat_id") or given.values["chat_id"] == "":
        raise bad("chat_id is empty")
    chat = world.chats.get(given.values["chat_id"])
    if chat is None or not (chat.started or chat.blocked):
        raise bad("chat not found")
    if chat.blocked:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    return chat


def keep_pace(world: World, chat: Chat) -> None:
    """Refuse with retry_after what is too fast, when the limits are on."""
    if world.limits_on and (seconds := world.limits.retry_after(chat.id)):
        raise too_many(seconds)


def post(world: World, given: Given, content: dict[str, Any]) -> Message:
    """Put a message of the bot into the chat."""
    chat = open_chat(world, given)
    keys = markup.read(given, private=chat.private)
    reply = _reply(chat, given.object("reply_parameters"))
    keep_pace(world, chat)
    message_id = world.next_message_id()
    head = {"message_id": message_id, "from": world.bot, "chat": chat.about, "date": world.now}
    message = head | content | reply
    if given.flag("protect_content"):
        message["has_protected_content"] = True
    inline = keys is not None and "inline_keyboard" in keys
    if keys is not None and inline:
        message["reply_markup"] = keys
    chat.keep(message, by_bot=True, fixed=keys is not None and not inline)
    if keys is not None and not inline:
        chat.follow(keys, message_id)
    world.touch(chat)
    return message


def _reply(chat: Chat, wanted: dict[str, Any] | None) -> dict[str, Any]:
    if wanted is None:
        return {}
    if set(wanted) - {"message_id", "chat_id", "allow_sending_without_reply"}:
        raise bad("the sandbox knows message_id, chat_id and allow_sending_without_reply of reply_parameters")
    if not isinstance(wanted.get("message_id"), int):
        raise bad('can\'t find field "message_id"')
    kept = chat.find(wanted["message_id"]) if wanted.get("chat_id", chat.id) == chat.id else None
    if kept is not None:
        return {"reply_to_message": {k: v for k, v in kept.message.items() if k != "reply_to_message"}}
    if wanted.get("allow_sending_without_reply"):
        return {}
    raise bad("message to be replied not found")


def own_message(world: World, given: Given) -> tuple[Chat, Kept]:
    """The message that an edit means: the bot's own, still there, and not one that brought a keyboard."""
    chat = open_chat(world, given)
    if not given.whole("message_id"):
        raise bad("message identifier is not specified")
    kept = chat.find(given.whole("message_id"))
    if kept is None:
        raise bad("message to edit not found")
    if not kept.by_bot or kept.fixed:
        raise bad("message can't be edited")
    return chat, kept
