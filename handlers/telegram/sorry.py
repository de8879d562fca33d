"""While nothing can be saved: tells each person once, outside the outbox, that their message waits and is not lost."""

import asyncio
import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from telegram import Bot
from telegram.error import TelegramError

from bot import texts
from bot.core.messages import Envelope, phrase
from bot.words import language_of, words
from handlers.reception import Arrived

log = logging.getLogger(__name__)
AFTER_S = 5.0  # a hiccup needs no words
SLOW_S = 5.0  # nor does a database that takes its time
BETWEEN_S = 0.2  # far below what Telegram allows: no register is there to share its limits
MOST = 1000  # people who are told in one outage


class Sorry:
    """Of one process: of several workers each may say it once."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._since = 0.0
        self._told: set[str] = set()
        self._next = 0.0
        self._telling: set[asyncio.Task[None]] = set()

    def works(self) -> None:
        """Something was saved: the outage is over."""
        self._since = 0.0
        self._told.clear()

    def failed(self, batch: Sequence[Arrived]) -> None:
        """These updates could not be taken, and come again."""
        now = time.monotonic()
        self._since = self._since or now
        if now - self._since >= AFTER_S:
            self._tell_all(batch)

    @contextmanager
    def meanwhile(self, batch: Sequence[Arrived]) -> Iterator[None]:
        """While these are being taken: where that does not end, people are told as well."""
        told_later = asyncio.get_running_loop().call_later(SLOW_S, self._tell_all, batch)
        try:
            yield
        finally:
            told_later.cancel()

    def _tell_all(self, batch: Sequence[Arrived]) -> None:
        now = time.monotonic()
        for arrived in batch:
            if isinstance(arrived, Envelope) and arrived.private and len(self._told) < MOST:
                self._tell(arrived, now)

    def _tell(self, envelope: Envelope, now: float) -> None:
        if envelope.chat in self._told:
            return
        self._told.add(envelope.chat)
        self._next = max(now, self._next + BETWEEN_S)
        said = words(phrase(texts.NOTHING_SAVED_NOW), language_of(envelope.language) or "en")
        task = asyncio.create_task(self._send(int(envelope.chat), said, self._next - now))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _send(self, chat: int, said: str, wait: float) -> None:
        await asyncio.sleep(wait)
        try:
            await self._bot.send_message(chat, said)
        except TelegramError as error:
            log.debug("nobody could be told that their message waits: %s", type(error).__name__)
