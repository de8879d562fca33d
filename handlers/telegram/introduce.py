"""What Telegram shows of the bot before anyone writes: its descriptions and command menus, in both languages."""

import asyncio
import logging
from collections.abc import Awaitable
from typing import Any

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

from bot import texts
from bot.core.messages import phrase
from bot.core.town import Town
from bot.words import LANGUAGES, words
from handlers import menus

log = logging.getLogger(__name__)
_running: set[asyncio.Future[Any]] = set()


async def introduce(bot: Bot, town: Town) -> None:
    """Set menus and descriptions. English is also what every other language sees. A failure is not fatal."""
    try:
        for language in LANGUAGES:
            await _in(bot, town, language)
    except TelegramError as error:
        log.warning("menus and descriptions were not set: %s", type(error).__name__)


async def _in(bot: Bot, town: Town, language: str) -> None:
    code = None if language == "en" else language
    menu = [BotCommand(name, words(text, language)) for name, text in menus.commands(frozenset())]
    await bot.set_my_commands(menu, scope=BotCommandScopeAllPrivateChats(), language_code=code)
    long = phrase(texts.BOT_DESCRIPTION, city=town.name, police=town.police)
    await bot.set_my_description(words(long, language), language_code=code)
    short = phrase(texts.BOT_SHORT_DESCRIPTION, police=town.police)
    await bot.set_my_short_description(words(short, language), language_code=code)


def in_background(call: Awaitable[Any]) -> None:
    """Make a call whose loss costs nothing, such as ending the spinner on a tapped button."""
    task = asyncio.ensure_future(_forgiving(call))
    _running.add(task)
    task.add_done_callback(_running.discard)


async def _forgiving(call: Awaitable[Any]) -> None:
    try:
        await call
    except TelegramError as error:
        log.debug("not acknowledged: %s", type(error).__name__)
