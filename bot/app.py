"""Wiring: the only module that knows all the others and the clock."""

import asyncio
import gc
from asyncio import Event
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot
from telegram.error import InvalidToken

from bot.client import REFUSED, say_hello, telegram_bot
from bot.core import later
from bot.core.casework.limits import Limits
from bot.core.geo import Point
from bot.settings import Settings, SettingsError
from handlers import metrics, reception
from handlers.delivery import Later, Outcome, Post, Send
from handlers.health import Health, Pulse
from handlers.mail import OUTGOING
from handlers.pictures import studio
from handlers.pictures.studio import Make
from handlers.pictures.tiles import Tiles
from handlers.reception import Arrived, Taken
from handlers.telegram import fetch, intake, introduce, send, webhook
from handlers.telegram.read import CHANNEL
from handlers.telegram.sorry import Sorry
from handlers.visit import House
from storage.engine import Store
from storage.moment import wall_clock
from storage.outage import outage
from storage.outbox import Leased
from storage.pace import Rates

if TYPE_CHECKING:
    from bot.listening import Listener

AFTER_S = 3.0  # whoever wrote before the start is answered first
Locate = Callable[[Point, str], Awaitable[str]]


def now() -> datetime:
    """The moment, in UTC, for whom no register is open."""
    return wall_clock()


async def serve(
    settings: Settings, store: Store, stop: Event, ready: Event | None = None, training: bool = False
) -> None:
    """Run the bot until `stop` is set; `training`: with made-up incidents. Raises SettingsError on a refused token."""
    async with AsyncExitStack() as stack:
        health = Health(store, store.clock)
        bot = telegram_bot(settings, health.heard)
        stack.push_async_callback(bot.shutdown)
        listener = await _listen(settings, store, bot, health, stack)
        await say_hello(bot, health.receiving, stop)
        if stop.is_set():
            return
        house = _house(settings, bot.username, training=training)
        deliver = _deliverer(bot, settings, health.sending, await _studio(stack, settings))
        post = Post(store, CHANNEL, deliver, store.clock, Rates(settings.messages_per_second))
        take = _taker(store, house, bot, post, health)
        if listener:
            listener.door.open(take)
        work = [
            asyncio.create_task(post.run()),
            asyncio.create_task(_updates(settings, store, bot, take, health.receiving)),
            asyncio.create_task(_afterwards(settings, store, bot, house, post)),
        ]
        gc.freeze()  # what the program is made of stays to the end: it is not walked through again for rubbish
        if ready:
            ready.set()
        await _until(stop, work, listener)


async def _listen(
    settings: Settings, store: Store, bot: Bot, health: Health, stack: AsyncExitStack
) -> "Listener | None":
    """The port, where one is set: for whoever watches the bot, and for Telegram's updates."""
    if not settings.listen_port:
        return None
    from bot import listening  # a web server is loaded where there is a port for it

    listener = await listening.opened(settings, store, bot, health)
    stack.push_async_callback(listener.close)
    return listener


def _updates(settings: Settings, store: Store, bot: Bot, take: intake.Take, pulse: Pulse) -> Coroutine[Any, Any, None]:
    """How updates come: Telegram posts them, or the bot asks for them."""
    if settings.webhook_url:
        return webhook.keep_set(bot, settings.webhook_url, webhook.secrets(store.seal)[0], pulse)
    return intake.poll(bot, take, pulse)


def _house(settings: Settings, username: str, *, training: bool) -> House:
    return House(
        settings.town(),
        username,
        settings.most_entries_per_person,
        search_needs_incident=settings.search_needs_incident,
        limits=Limits(settings.searches_per_day, settings.places_per_day, settings.numbers_per_day),
        messages_per_second=settings.messages_per_second,
        grant_needs_two=settings.grant_needs_two,
        training=training,
        whatsapp_number=settings.whatsapp_number.lstrip("+"),
    )


async def _afterwards(settings: Settings, store: Store, bot: Bot, house: House, post: Post) -> None:
    """What can wait until whoever wrote meanwhile is answered: to load what measures, menus, the clock's chores."""
    await asyncio.sleep(AFTER_S)
    await asyncio.to_thread(later.load)  # what is broken is said now, not to the first who pins a place
    from bot.ticking import keep_ticking

    await asyncio.gather(introduce.introduce(bot, house.town), keep_ticking(settings, store, house, post))


async def _studio(stack: AsyncExitStack, settings: Settings) -> Make:
    if not settings.tile_url:
        return studio.made
    return studio.made_on(await stack.enter_async_context(Tiles(settings.tile_url, settings.tile_credit)))


def _deliverer(bot: Bot, settings: Settings, pulse: Pulse, make: Make) -> Send:
    locate = _locator(settings)

    async def deliver(leased: Leased) -> Outcome:
        outcome = await send.deliver(bot, OUTGOING.validate_json(leased.message), locate, make, leased.kept)
        metrics.ANSWERS.labels(type(outcome).__name__.lower()).inc()
        match outcome:
            case Later(seconds, everyone=True):
                pulse.fails(f"asked us to wait {seconds or 0:.0f} s")
            case Later():
                pulse.fails("takes no messages")
            case _:
                pulse.works()
        return outcome

    return deliver


def _taker(store: Store, house: House, bot: Bot, post: Post, health: Health) -> intake.Take:
    sorry = Sorry(bot)

    async def take(batch: Sequence[Arrived]) -> Taken:
        batch = await fetch.asked_for(bot, store, house, batch, store.clock())
        try:
            with sorry.meanwhile(batch):
                taken = await store.turn(lambda tx: reception.take_all(tx, house, batch, store.clock()))
        except SQLAlchemyError as error:
            kind = outage(error)
            metrics.OUTAGES.labels(kind.name.lower()).inc()
            health.refuses(kind)
            sorry.failed(batch)
            raise
        sorry.works()
        health.takes()
        metrics.count_updates(taken.outcomes, taken.stages)
        if taken.count:
            post.ring()
        for tap_id, words in taken.taps:
            introduce.in_background(bot.answer_callback_query(tap_id, words or None))
        return taken

    return take


async def _until(stop: Event, work: list[asyncio.Task[None]], listener: "Listener | None") -> None:
    """Work until told to stop, or until something ends that never should."""
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait([stopped, *work], return_when=asyncio.FIRST_COMPLETED)
    if listener:
        await listener.close()  # no further update is taken; those under way are answered
    for task in (*work, stopped):
        task.cancel()
    ended = await asyncio.gather(*work, return_exceptions=True)
    for error in ended:
        if isinstance(error, InvalidToken):
            raise SettingsError(REFUSED)
        if isinstance(error, Exception):
            raise error


def _locator(settings: Settings) -> Locate:
    if not settings.geocoder_url:
        return _no_address
    from handlers.address import locator

    return locator(settings.geocoder_url)


async def _no_address(_point: Point, _language: str) -> str:
    return ""
