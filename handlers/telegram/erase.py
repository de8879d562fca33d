"""Takes a message of the bot's back: deleted where Telegram still lets us, and emptied where it is too old for that."""

from telegram import Bot
from telegram.error import BadRequest

from bot import texts
from bot.core.messages import phrase
from bot.words import words
from handlers.delivery import Erased
from handlers.mail import Outgoing

_GONE = ("message to delete not found", "message to edit not found", "message is not modified")
_TOO_OLD = "can't be deleted"  # older than 48 hours


async def erase(bot: Bot, out: Outgoing, kept: str) -> Erased:
    """Take a message back. Raises TelegramError when it may still be there."""
    if not kept:
        return Erased()
    try:
        await bot.delete_message(int(out.chat), int(kept))
    except BadRequest as error:
        if _TOO_OLD in error.message.lower():
            return await _empty(bot, out, kept)
        if not _is_gone(error):
            raise
    return Erased()


async def _empty(bot: Bot, out: Outgoing, kept: str) -> Erased:
    try:
        await bot.edit_message_text(words(phrase(texts.ERASED), out.language), int(out.chat), int(kept))
    except BadRequest as error:
        if not _is_gone(error):
            raise
    return Erased()


def _is_gone(error: BadRequest) -> bool:
    return any(words_ in error.message.lower() for words_ in _GONE)
