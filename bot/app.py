"""Wiring: the only module that knows all the others and the clock."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot import backup
from bot.core.geo import Point
from bot.settings import Settings, SettingsError
from handlers import clock, reception
from handlers.delivery import Outcome, Post, Send
from handlers.mail import OUTGOING
from handlers.pace import Pace
from handlers.reception import Arrived, Taken
from handlers.telegram import intake, introduce, send
from handlers.telegram.read import CHANNEL
from handlers.visit import House
from storage.engine import Store
from storage.outbox import Leased

log = logging.getLogger(__name__)
Locate = Callable[[Point, str], Awaitable[str]]


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


def telegram_bot(settings: Settings) -> Bot:
    """PTB's bot, with room for the long poll beside the messages that leave."""
    request = HTTPXRequest(
        connection_pool_size=64, read_timeout=15, write_timeout=15, connect_timeout=10, pool_timeout=10
    )
    url = settings.telegram_api_url
    return Bot(
        settings.telegram_token.get_secret_value(),
        base_url=f"{url}/bot",
        base_file_url=f"{url}/file/bot",
        request=request,
    )


async def serve(settings: Settings, store: Store, stop: asyncio.Event, ready: asyncio.Event | None = None) -> None:
    """Run the bot until `stop` is set. Raises SettingsError when Telegram refuses the token."""
    async with AsyncExitStack() as stack:
        bot = telegram_bot(settings)
        stack.push_async_callback(bot.shutdown)
        await _say_hello(bot, stop)
        if stop.is_set():
            return
        house = House(settings.town(), bot.username, settings.most_entries_per_person)
        post = Post(store, CHANNEL, _deliverer(bot, settings), now, Pace(settings.messages_per_second))
        stack.callback(_start_clock(settings, store, house, post).shutdown, wait=False)
        work = [
            asyncio.create_task(post.run()),
            asyncio.create_task(intake.poll(bot, _taker(store, house, bot, post))),
            asyncio.create_task(introduce.introduce(bot, house.town)),
        ]
        if ready:
            ready.set()
        await _until(stop, work)


def _start_clock(settings: Settings, store: Store, house: House, post: Post) -> AsyncIOScheduler:
    scheduler = AsyncIOScheduler(timezone=UTC)
    at = {"seconds": clock.TICK_S, "next_run_time": now(), "coalesce": True}
    scheduler.add_job(_tick, "interval", args=(store, house, post), **at)
    scheduler.add_job(backup.every_tick, "interval", args=(settings, store, now), **at)
    scheduler.start()
    return scheduler


def _deliverer(bot: Bot, settings: Settings) -> Send:
    locate = _locator(settings)

    async def deliver(leased: Leased) -> Outcome:
        return await send.deliver(bot, OUTGOING.validate_json(leased.message), locate, kept=leased.kept)

    return deliver


def _taker(store: Store, house: House, bot: Bot, post: Post) -> intake.Take:
    async def take(batch: Sequence[Arrived]) -> Taken:
        taken = await store.turn(lambda tx: reception.take_all(tx, house, batch, now()))
        if taken.count:
            post.ring()
        for tap_id, words in taken.taps:
            introduce.in_background(bot.answer_callback_query(tap_id, words or None))
        return taken

    return take


async def _tick(store: Store, house: House, post: Post) -> None:
    try:
        done = await store.turn(lambda tx: clock.tick(tx, house, now()))
    except SQLAlchemyError as error:
        log.warning("scheduled work waits: %s", type(error).__name__)
        return
    for name, rows in done.items():
        log.debug("%s: %s rows", name, rows)
    post.ring()


async def _say_hello(bot: Bot, stop: asyncio.Event) -> None:
    """Wait until Telegram answers, however long it is away; a refused token is final."""
    delay = 0.5
    while not stop.is_set():
        try:
            await _or_stop(stop, bot.initialize())
        except InvalidToken:
            raise SettingsError("TELEGRAM_TOKEN was refused by Telegram; expected: the token from BotFather") from None
        except TelegramError as error:
            log.warning("Telegram cannot be reached: %s; next try in %.0f s", type(error).__name__, delay)
            await _or_stop(stop, asyncio.sleep(delay))
            delay = min(delay * 2, 30)
        else:
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


async def _until(stop: asyncio.Event, work: list[asyncio.Task[None]]) -> None:
    """Work until told to stop, or until something ends that never should."""
    stopped = asyncio.create_task(stop.wait())
    poster, poller, _ = work
    await asyncio.wait([stopped, poster, poller], return_when=asyncio.FIRST_COMPLETED)
    for task in (*work, stopped):
        task.cancel()
    ended = await asyncio.gather(*work, return_exceptions=True)
    for error in ended[:2]:
        if isinstance(error, InvalidToken):
            raise SettingsError("TELEGRAM_TOKEN was refused by Telegram; expected: the token from BotFather")
        if isinstance(error, Exception):
            raise error


def _locator(settings: Settings) -> Locate:
    if not settings.geocoder_url:
        return _no_address
    from handlers.address import locator

    return locator(settings.geocoder_url)


async def _no_address(_point: Point, _language: str) -> str:
    return ""
