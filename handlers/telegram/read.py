"""Telegram's Update -> Envelope: what each field of a message means to us."""

import os

from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, Message, Update
from telegram.constants import ChatType

from bot.core.geo import Point
from bot.core.messages import Command, Contact, Envelope, Incoming, Media, Other, Pin, Reach, Tap, Text, Whose

CHANNEL = "telegram"
os.environ.setdefault("PTB_TIMEDELTA", "true")  # spans of time as timedelta; else PTB warns of each, even of its own
ALLOWED = ("message", "callback_query", "my_chat_member")
_MEDIA = ("photo", "video", "video_note", "voice", "audio", "document", "animation", "paid_media", "story")


def read(update: Update, username: str = "") -> Envelope | None:
    """What a person did; None for what is nobody's message to us, such as an edit or another bot's command.

    `username` is our own; where it is not given, a command in a group is ours whatever bot it names.
    """
    if update.callback_query:
        return _tap(update.update_id, update.callback_query)
    if update.my_chat_member:
        return _reach(update.update_id, update.my_chat_member)
    message = update.message
    if message is None or message.from_user is None or (message.from_user.is_bot and not _unnamed(message)):
        return None
    got = _content(message)
    if got is None or _for_another_bot(message, username):
        return None
    return Envelope(
        CHANNEL,
        update.update_id,
        str(message.chat.id),
        str(message.from_user.id),
        got,
        private=message.chat.type == ChatType.PRIVATE,
        language=message.from_user.language_code or "",
        said=str(message.message_id),
    )


def _tap(update_id: int, query: CallbackQuery) -> Envelope:
    chat = query.message.chat if query.message else None
    return Envelope(
        CHANNEL,
        update_id,
        str(chat.id if chat else query.from_user.id),
        str(query.from_user.id),
        Tap(query.data or ""),
        private=chat is None or chat.type == ChatType.PRIVATE,
        language=query.from_user.language_code or "",
        tapped=query.id,
        message=str(query.message.message_id) if query.message else "",
    )


def _reach(update_id: int, change: ChatMemberUpdated) -> Envelope:
    return Envelope(
        CHANNEL,
        update_id,
        str(change.chat.id),
        str(change.from_user.id),
        Reach(change.new_chat_member.status not in (ChatMember.BANNED, ChatMember.LEFT)),
        private=change.chat.type == ChatType.PRIVATE,
        language=change.from_user.language_code or "",
    )


def _content(message: Message) -> Incoming | None:
    if message.text is not None:
        return _words(message.text)
    if message.contact:
        return Contact(message.contact.phone_number, _whose(message))
    if message.venue:
        return Pin(Point(message.venue.location.latitude, message.venue.location.longitude), message.venue.title)
    if message.location:
        return Pin(Point(message.location.latitude, message.location.longitude))
    if message.document and not message.animation:
        return Media(message.document.file_id, message.document.file_size or 0)
    if any(getattr(message, field) for field in _MEDIA):
        return Media()
    return Other() if message.effective_attachment or message.checklist else None


def _words(text: str) -> Incoming:
    if not text.startswith("/"):
        return Text(text)
    first, *rest = text[1:].split(maxsplit=1) if text[1:2].strip() else ("", text[1:])
    name, _, _bot = first.partition("@")
    return Command(name.lower(), "".join(rest).strip())


def _for_another_bot(message: Message, username: str) -> bool:
    """`/help@SomeOtherBot` in a group that both are in; in a private chat whatever is said is said to us."""
    text = message.text or ""
    if message.chat.type == ChatType.PRIVATE or not text.startswith("/"):
        return False
    bot = text.split(maxsplit=1)[0].partition("@")[2]
    return bool(bot and username) and bot.lower() != username.lower()


def _unnamed(message: Message) -> bool:
    """An administrator of a group who writes in the group's name: a person, whom Telegram shows as a bot of its own."""
    return message.sender_chat is not None and message.sender_chat.id == message.chat.id


def _whose(message: Message) -> Whose:
    if message.forward_origin:
        return Whose.FORWARDED
    sender, contact = message.from_user, message.contact
    if contact is None or contact.user_id is None:
        return Whose.UNKNOWN
    return Whose.OWN if sender and contact.user_id == sender.id else Whose.SOMEONE_ELSES
