"""Pictures and files in messages: made when they are sent, with the words as their caption."""

import logging

from telegram import Bot, InputFile, InputMediaPhoto
from telegram.constants import FileSizeLimit, MessageLimit
from telegram.error import BadRequest

from bot.core.files import File
from bot.core.messages import Say
from bot.core.picture import Picture
from bot.words import in_lines
from handlers.mail import Outgoing
from handlers.pictures.studio import Make
from handlers.telegram.keys import inline, markup

log = logging.getLogger(__name__)
UNCHANGED = "message is not modified"
PHOTO = "picture.png"


async def picture(bot: Bot, out: Outgoing, say: Say, text: str, make: Make) -> int:
    """The picture with its words, in one message: its id. 0 where only the words can go: they must not wait for it."""
    caption = next(filter(_fits, (text, in_lines(say.brief, out.language) or text)), None)
    drawn = b"" if caption is None else await _made(say.picture, out.language, make)
    if caption is None or not drawn or len(drawn) > FileSizeLimit.PHOTOSIZE_UPLOAD:
        log.warning("a message goes without its picture")
        return 0
    try:
        if out.over and say.ask is None and await _edited(bot, out, say, caption, drawn):
            return int(out.over)
        return await _photo(bot, out, say, caption, drawn)
    except BadRequest as error:  # its picture, or the message altogether: then its words are refused as well
        log.warning("a message goes without its picture, which was refused: %s", type(error).__name__)
        return 0


async def _photo(bot: Bot, out: Outgoing, say: Say, caption: str, drawn: bytes) -> int:
    sent = await bot.send_photo(
        int(out.chat),
        InputFile(drawn, filename=PHOTO),
        caption=caption or None,
        reply_markup=markup(say, out.language),
        protect_content=say.protect or None,
    )
    return sent.message_id


async def _edited(bot: Bot, out: Outgoing, say: Say, caption: str, drawn: bytes) -> bool:
    """Put picture and words where the tapped button was. False where Telegram no longer lets us."""
    media = InputMediaPhoto(drawn, caption=caption or None, filename=PHOTO)
    try:
        await bot.edit_message_media(media, int(out.chat), int(out.over), reply_markup=inline(say, out.language))
    except BadRequest as error:
        return UNCHANGED in error.message.lower()
    return True


async def document(bot: Bot, out: Outgoing, say: Say, text: str, make: Make) -> int:
    """The file with its caption: the message's id. 0 where it could not be made."""
    content = await _made(say.document, out.language, make)
    if say.document is None or not content:
        return 0
    sent = await bot.send_document(
        int(out.chat),
        InputFile(content, filename=say.document.name),
        caption=text or None,
        reply_markup=markup(say, out.language),
        protect_content=say.protect or None,
    )
    return sent.message_id


async def _made(thing: Picture | File | None, language: str, make: Make) -> bytes:
    """Empty where it could not be made."""
    if thing is None:
        return b""
    try:
        return await make(thing, language)
    except Exception as error:  # whatever goes wrong with a picture must not cost the answer
        log.error("a %s could not be made: %s", type(thing).__name__, type(error).__name__)
        return b""


def _fits(caption: str) -> bool:
    """Telegram counts in UTF-16."""
    return len(caption.encode("utf-16-le")) // 2 <= MessageLimit.CAPTION_LENGTH
