"""Ends the bot when it is told to: what is under way is finished, and what does not finish in time is left undone."""

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)
LEAVE_S = 4.5  # a service manager that asks gets its answer within five seconds
LEFT = 75  # EX_TEMPFAIL of sysexits.h: it did not end by itself


def until_stopped(work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Run `work` until Ctrl-C or SIGTERM sets the event that it is given."""

    async def guarded() -> None:
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, _told, stop)
        await work(stop)

    asyncio.run(guarded())


def _told(stop: asyncio.Event) -> None:
    """The second time changes nothing: the time to finish runs from the first."""
    if not stop.is_set():
        stop.set()
        watchdog = threading.Timer(LEAVE_S, _leave)
        watchdog.daemon = True  # it ends with the process, and is still there while that waits for its threads
        watchdog.start()


def _leave() -> None:
    """A database that does not answer holds up a thread for ever. What was not committed comes again."""
    log.warning("something under way did not finish within %.1f s; it was not committed and comes again", LEAVE_S)
    logging.shutdown()
    os._exit(LEFT)
