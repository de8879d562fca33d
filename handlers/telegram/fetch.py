"""Fetches a document from Telegram: only one that answers an open question, and only where it is small enough."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from telegram import Bot
from telegram.error import TelegramError

from bot.core.casework.areas import LARGEST_BYTES
from bot.core.messages import Envelope, Media, Upload
from handlers.casework.areas import wants_file
from handlers.reception import Arrived
from handlers.visit import House
from storage.engine import Store

log = logging.getLogger(__name__)


async def asked_for(bot: Bot, store: Store, house: House, batch: Sequence[Arrived], now: datetime) -> Sequence[Arrived]:
    """The batch, with the documents in it that were asked for; all others stay unread."""
    documents = [one for one in batch if isinstance(one, Envelope) and isinstance(one.got, Media) and one.got.document]
    if not documents:
        return batch
    wanted = await store.turn(lambda tx: [one for one in documents if wants_file(tx, house, one, now)])
    return [await _fetched(bot, one) if isinstance(one, Envelope) and one in wanted else one for one in batch]


async def _fetched(bot: Bot, envelope: Envelope) -> Envelope:
    match envelope.got:
        case Media(document, size) if size <= LARGEST_BYTES:
            return replace(envelope, got=await _content(bot, document))
    return replace(envelope, got=Upload(large=True))


async def _content(bot: Bot, document: str) -> Upload:
    try:
        file = await bot.get_file(document)
        if (file.file_size or 0) > LARGEST_BYTES:
            return Upload(large=True)
        return Upload(bytes(await file.download_as_bytearray()))
    except TelegramError as error:
        log.warning("a document did not come: %s", type(error).__name__)
        return Upload()
