"""The clock: what APScheduler sets going, from the first answers to the end."""

import asyncio
import logging
from asyncio import Event
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.exc import SQLAlchemyError

from bot import backup
from bot.settings import Settings
from handlers import clock
from handlers.delivery import Post
from handlers.visit import House
from storage.engine import Store
from storage.moment import wall_clock

log = logging.getLogger(__name__)


async def keep_ticking(settings: Settings, store: Store, house: House, post: Post) -> None:
    """Do every minute what is due, and back up, until cancelled."""
    scheduler = AsyncIOScheduler(timezone=UTC)
    at = {"seconds": clock.TICK_S, "next_run_time": wall_clock(), "coalesce": True}
    scheduler.add_job(_until_cancelled, "interval", args=(tick, store, house, post), name="tick", **at)
    backing_up = (backup.every_tick, settings, store, store.clock)
    scheduler.add_job(_until_cancelled, "interval", args=backing_up, name="backup", **at)
    scheduler.start()
    try:
        await Event().wait()
    finally:
        scheduler.shutdown(wait=False)


async def _until_cancelled(job: Callable[..., Awaitable[None]], *args: object) -> None:
    """The scheduler cancels what runs when the bot stops, and would log that as an error."""
    with suppress(asyncio.CancelledError):
        await job(*args)


async def tick(store: Store, house: House, post: Post) -> None:
    """Whatever is due by now."""
    try:
        done = await store.turn(lambda tx: clock.tick(tx, house, store.clock()))
    except SQLAlchemyError as error:
        log.warning("scheduled work waits: %s", type(error).__name__)
        return
    for name, rows in done.items():
        log.debug("%s: %s rows", name, rows)
    post.ring()
