"""Updates as Telegram sends them, in its own JSON."""

from typing import Any

from telegram import Bot, Update

from bot.core.messages import Envelope
from handlers.telegram.read import read

ASHA = {"id": 1001, "is_bot": False, "first_name": "Asha", "language_code": "hi-IN"}
PRIVATE = {"id": 1001, "type": "private", "first_name": "Asha"}
GROUP = {"id": -100200, "type": "supergroup", "title": "Neighbours"}
DATE = 1_800_000_000
FORWARDED = {"forward_origin": {"type": "hidden_user", "sender_user_name": "A neighbour", "date": DATE}}
FILE = {"file_id": "f", "file_unique_id": "u"}
BOT = {"id": 7, "is_bot": True, "first_name": "Bot", "username": "citizen_eye_bot"}


def message(chat: dict[str, Any] = PRIVATE, sender: dict[str, Any] | None = ASHA, **content: Any) -> dict[str, Any]:
    """A Message; `sender` None for a channel's own."""
    head = {"message_id": 5, "date": DATE, "chat": chat}
    return head | ({"from": sender} if sender else {}) | content


def update(kind: str = "message", **body: Any) -> Update:
    return Update.de_json({"update_id": 42, kind: body}, Bot("7:made-up-and-never-used"))


def reading(**content: Any) -> Envelope | None:
    """What the bot makes of a private message with this content."""
    return read(update(**message(**content)))


def tap(data: str | None, said: dict[str, Any] | None) -> Update:
    query: dict[str, Any] = {"id": "q1", "from": ASHA, "chat_instance": "c"}
    query |= {} if data is None else {"data": data}
    return update("callback_query", **query, **({"message": said} if said else {}))


def member(status: str, chat: dict[str, Any] = PRIVATE) -> Update:
    until = {"until_date": 0} if status == "kicked" else {}
    old, new = {"user": BOT, "status": "member"}, {"user": BOT, "status": status} | until
    return update(
        "my_chat_member", **{"chat": chat, "from": ASHA, "date": DATE, "old_chat_member": old, "new_chat_member": new}
    )
