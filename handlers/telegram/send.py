"""Say -> one Bot API call. What Telegram answers becomes an Outcome that handlers/delivery.py acts on."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    LinkPreviewOptions,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    RetryAfter,
    TelegramError,
)

from bot import texts
from bot.core.geo import Point
from bot.core.messages import Erase, Menu, Say, phrase
from bot.core.registration import coordinates
from bot.words import in_lines, words
from handlers import menus
from handlers.delivery import Blocked, Later, Outcome, Refused, Sent
from handlers.mail import Outgoing
from handlers.pictures import studio
from handlers.pictures.studio import Make
from handlers.telegram import media
from handlers.telegram.erase import erase
from handlers.telegram.keys import inline, markup

Locate = Callable[[Point, str], Awaitable[str]]
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_NO_CHAT = "chat not found"


async def deliver(bot: Bot, out: Outgoing, locate: Locate, make: Make = studio.made, kept: str = "") -> Outcome:
    """Make the call, and say how it went. Never raises what Telegram or the network can cause.

    `kept` is the id of the message that this one changes or deletes, where the person has it.
    """
    if isinstance(out.answer, Say) and out.answer.over_kept:
        out = replace(out, over=kept)
    try:
        if isinstance(out.answer, Erase):
            return await erase(bot, out, kept)
        sent = await _call(bot, out, locate, make)
    except RetryAfter as wait:
        delay = wait.retry_after
        return Later(delay if isinstance(delay, int) else delay.total_seconds(), everyone=True)
    except Forbidden:
        return Blocked()
    except BadRequest as error:
        if media.UNCHANGED in error.message.lower():
            return Sent()
        return Blocked() if _NO_CHAT in error.message.lower() else Refused(type(error).__name__)
    except ChatMigrated as error:
        return Refused(type(error).__name__)
    except TelegramError:  # network, server, token: no fault of the message, which waits
        return Later()
    return Sent(str(sent) if isinstance(out.answer, Say) and out.answer.keep else "")


async def _call(bot: Bot, out: Outgoing, locate: Locate, make: Make) -> int:
    """The id of the message that says it now; 0 for what is no message."""
    match out.answer:
        case Menu(roles):
            menu = [BotCommand(name, words(text, out.language)) for name, text in menus.commands(roles)]
            await bot.set_my_commands(menu, scope=BotCommandScopeChat(int(out.chat)))
        case Say(document=None, pin=None) as say:
            text = await _with_address(say, out.language, locate)
            drawn = await media.picture(bot, out, say, text, make) if say.picture else 0
            return drawn or await _text(bot, out, say, text)
        case Say(document=None) as say:
            return await _pin(bot, out, say)
        case Say() as say:
            made = await media.document(bot, out, say, in_lines(say.lines, out.language), make)
            return made or await _text(bot, out, say, words(phrase(texts.FILE_NOT_MADE), out.language))
    return 0


async def _with_address(say: Say, language: str, locate: Locate) -> str:
    text = in_lines(say.lines, language)
    address = await locate(say.address_of, language) if say.address_of else ""
    return f"{words(phrase(texts.ADDRESS, address=address), language)}\n{text}" if address else text


async def _text(bot: Bot, out: Outgoing, say: Say, text: str) -> int:
    if out.over and say.ask is None and await _edited(bot, out, say, text):
        return int(out.over)
    sent = await bot.send_message(
        int(out.chat),
        text,
        reply_markup=markup(say, out.language),
        protect_content=say.protect or None,
        link_preview_options=_NO_PREVIEW,
    )
    return sent.message_id


async def _edited(bot: Bot, out: Outgoing, say: Say, text: str) -> bool:
    """Put the words where the tapped button was. False where Telegram no longer lets us."""
    under = inline(say, out.language)
    try:
        await bot.edit_message_text(
            text, int(out.chat), int(out.over), reply_markup=under, link_preview_options=_NO_PREVIEW
        )
    except BadRequest as error:
        return media.UNCHANGED in error.message.lower()
    return True


async def _pin(bot: Bot, out: Outgoing, say: Say) -> int:
    assert say.pin is not None  # noqa: S101 - the caller matched on it
    lat, lon = say.pin.lat, say.pin.lon
    under, protect = markup(say, out.language), say.protect or None
    if not say.lines:
        pin = await bot.send_location(int(out.chat), lat, lon, reply_markup=under, protect_content=protect)
        return pin.message_id
    title, where = in_lines(say.lines, out.language), words(coordinates(say.pin), out.language)
    venue = await bot.send_venue(int(out.chat), lat, lon, title, where, reply_markup=under, protect_content=protect)
    return venue.message_id
