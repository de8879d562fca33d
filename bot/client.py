"""The bot's client of Telegram: its connections, and the first call, for which it waits however long that takes."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from httpx import Response
from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.settings import Settings, SettingsError
from handlers.health import Pulse

log = logging.getLogger(__name__)
REFUSED = "TELEGRAM_TOKEN was refused by Telegram; expected: the token from BotFather"


def telegram_bot(settings: Settings, heard: Callable[[datetime], None] | None = None) -> Bot:
    """PTB's bot, with room for the long poll beside the messages that leave; `heard`: Telegram's time, each time."""

    async def hears(response: Response) -> None:
        with suppress(ValueError):
            if heard and (said := response.headers.get("Date")):
                heard(parsedate_to_datetime(said).replace(tzinfo=UTC))

    request = HTTPXRequest(
        connection_pool_size=64, read_timeout=15, write_timeout=15, connect_timeout=10, pool_timeout=10,
        httpx_kwargs={"event_hooks": {"response": [hears]}},
    )  # fmt: skip
    url = settings.telegram_api_url
    return Bot(
        settings.telegram_token.get_secret_value(),
        base_url=f"{url}/bot",
        base_file_url=f"{url}/file/bot",
        request=request,
        get_updates_request=request,  # else a second one with certificates of its own, which nobody uses
    )


async def say_hello(bot: Bot, pulse: Pulse, stop: asyncio.Event) -> None:
    """Wait until Telegram answers, however long it is away; a refused token is final. Raises SettingsError."""
    delay = 0.5
    while not stop.is_set():
        try:
            await _or_stop(stop, bot.initialize())
        except InvalidToken:
            raise SettingsError(REFUSED) from None
        except TelegramError as error:
            pulse.fails(f"cannot be reached ({type(error).__name__})")
            log.warning("Telegram cannot be reached: %s; next try in %.0f s", type(error).__name__, delay)
            await _or_stop(stop, asyncio.sleep(delay))
            delay = min(delay * 2, 30)
        else:
            pulse.works()
            return


async def _or_stop(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> None:
    """Do the work, or give it up when told to stop."""
    doing, stopped = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait((doing, stopped), return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if not doing.done():
        doing.cancel()
        await asyncio.wait((doing,))
        return
    doing.result()
