"""Say -> one Bot API call. What Telegram answers becomes an Outcome that handlers/delivery.py acts on."""

from collections.abc import Awaitable, Callable
from io import BytesIO

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
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
from bot.core.messages import Ask, Menu, Phrase, Say, phrase
from bot.core.registration import coordinates
from bot.words import words
from handlers.delivery import Blocked, Later, Outcome, Refused, Sent
from handlers.mail import Outgoing

Locate = Callable[[Point, str], Awaitable[str]]
Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_UNCHANGED = "message is not modified"
_NO_CHAT = "chat not found"


async def deliver(bot: Bot, out: Outgoing, locate: Locate) -> Outcome:
    """Make the call, and say how it went. Never raises what Telegram or the network can cause."""
    try:
        await _call(bot, out, locate)
    except RetryAfter as wait:
        delay = wait.retry_after
        return Later(delay if isinstance(delay, int) else delay.total_seconds(), everyone=True)
    except Forbidden:
        return Blocked()
    except BadRequest as error:
        if _UNCHANGED in error.message.lower():
            return Sent()
        return Blocked() if _NO_CHAT in error.message.lower() else Refused(type(error).__name__)
    except ChatMigrated as error:
        return Refused(type(error).__name__)
    except TelegramError:  # network, server, token: no fault of the message, which waits
        return Later()
    return Sent()


async def _call(bot: Bot, out: Outgoing, locate: Locate) -> None:
    match out.answer:
        case Menu(commands):
            menu = [BotCommand(name, words(description, out.language)) for name, description in commands]
            await bot.set_my_commands(menu, scope=BotCommandScopeChat(int(out.chat)))
        case Say(document=None, pin=None) as say:
            await _text(bot, out, say, locate)
        case Say(document=None) as say:
            await _pin(bot, out, say)
        case Say() as say:
            await _document(bot, out, say)


async def _text(bot: Bot, out: Outgoing, say: Say, locate: Locate) -> None:
    text = _words(say.lines, out.language)
    if say.address_of and (address := await locate(say.address_of, out.language)):
        text = f"{words(phrase(texts.ADDRESS, address=address), out.language)}\n{text}"
    if out.over and say.ask is None and await _edited(bot, out, say, text):
        return
    await bot.send_message(
        int(out.chat),
        text,
        reply_markup=_markup(say, out.language),
        protect_content=say.protect or None,
        link_preview_options=_NO_PREVIEW,
    )


async def _edited(bot: Bot, out: Outgoing, say: Say, text: str) -> bool:
    """Put the words where the tapped button was. False where Telegram no longer lets us."""
    markup = _inline(say, out.language)
    try:
        await bot.edit_message_text(
            text, int(out.chat), int(out.over), reply_markup=markup, link_preview_options=_NO_PREVIEW
        )
    except BadRequest as error:
        return _UNCHANGED in error.message.lower()
    return True


async def _pin(bot: Bot, out: Outgoing, say: Say) -> None:
    assert say.pin is not None  # noqa: S101 - the caller matched on it
    lat, lon = say.pin.lat, say.pin.lon
    markup, protect = _markup(say, out.language), say.protect or None
    if not say.lines:
        await bot.send_location(int(out.chat), lat, lon, reply_markup=markup, protect_content=protect)
        return
    title, where = _words(say.lines, out.language), words(coordinates(say.pin), out.language)
    await bot.send_venue(int(out.chat), lat, lon, title, where, reply_markup=markup, protect_content=protect)


async def _document(bot: Bot, out: Outgoing, say: Say) -> None:
    assert say.document is not None  # noqa: S101 - the caller matched on it
    content = _words(say.document.lines, out.language).encode("utf-8-sig")
    file = InputFile(BytesIO(content), filename=say.document.name)
    await bot.send_document(
        int(out.chat), file, caption=_words(say.lines, out.language), protect_content=say.protect or None
    )


def _words(lines: tuple[Phrase, ...], language: str) -> str:
    return "\n".join(words(line, language) for line in lines)


def _markup(say: Say, language: str) -> Markup:
    def place(key: str) -> KeyboardButton:
        return KeyboardButton(words(phrase(key), language), request_location=True)

    match say.ask:
        case Ask.NUMBER:
            return _keys(
                KeyboardButton(words(phrase(texts.SHARE_NUMBER_KEY), language), request_contact=True),
                say,
                language,
            )
        case Ask.PLACE:
            return _keys(place(texts.SEND_PLACE_KEY), say, language)
        case Ask.HERE:
            return _keys(place(texts.SEND_HERE_KEY), say, language)
        case Ask.CLEAR:
            return ReplyKeyboardRemove()
    return _inline(say, language)


def _keys(key: KeyboardButton, say: Say, language: str) -> ReplyKeyboardMarkup:
    rows = [[key], [KeyboardButton(words(phrase(texts.BACK), language))]] if say.back else [[key]]
    return ReplyKeyboardMarkup(rows, resize_keyboard=True, one_time_keyboard=True)


def _inline(say: Say, language: str) -> InlineKeyboardMarkup | None:
    if not say.buttons:
        return None
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(
                    words(button.label, language), callback_data=button.data or None, url=button.url or None
                )
                for button in row
            ]
            for row in say.buttons
        ]
    )
