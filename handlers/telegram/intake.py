"""Polling: asks Telegram for updates, and confirms them only after the transaction that took them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from handlers.health import Pulse
from handlers.reception import Arrived, Skipped, Taken, Unreadable
from handlers.telegram.read import ALLOWED, CHANNEL, read
from storage.outage import outage

log = logging.getLogger(__name__)
WAIT_S = 25
FIRST_DELAY_S, LONGEST_DELAY_S = 0.5, 30.0
OUR_DELAY_S = 4.0  # at most, for a database of ours
CONFLICT = (
    "another program polls with the same token, or a webhook is set: stop the one, or delete the other"
    " with `citizen-eye unhook`"
)
Take = Callable[[Sequence[Arrived]], Awaitable[Taken]]


def arrived(raw: dict[str, Any], bot: Bot) -> Arrived:
    """One raw update, read. One that cannot be read is set aside instead of stalling the rest."""
    try:
        envelope = read(Update.de_json(raw, bot), bot.username)
    except Exception as error:
        return Unreadable(CHANNEL, int(raw["update_id"]), type(error).__name__, _private_chat(raw))
    return envelope or Skipped(int(raw["update_id"]))


def _private_chat(raw: dict[str, Any]) -> str:
    """Whom to tell that their update could not be read, as far as that can be seen."""
    match raw:
        case {"message": {"chat": {"type": "private", "id": int(chat)}}}:
            return str(chat)
        case {"callback_query": {"from": {"id": int(person)}}}:
            return str(person)  # a private chat has the person's id
    return ""


async def poll(bot: Bot, take: Take, pulse: Pulse) -> None:
    """Ask, take, confirm, for ever. An outage on either side is waited out; nothing is confirmed before its commit."""
    offset, delay = 0, FIRST_DELAY_S
    while True:
        try:
            batch = await _ask(bot, offset)
            pulse.works()
            taken = await take([arrived(raw, bot) for raw in batch])
        except InvalidToken:
            raise
        except RetryAfter as wait:
            after = wait.retry_after
            seconds = after if isinstance(after, int) else after.total_seconds()
            pulse.fails(f"asked us to wait {seconds:.0f} s")
            await asyncio.sleep(seconds)
            continue
        except Exception as error:
            delay = await _wait(error, delay, pulse)
            continue
        delay = FIRST_DELAY_S
        if taken.count:
            offset = int(batch[taken.count - 1]["update_id"]) + 1
        if taken.count < len(batch):
            await asyncio.sleep(FIRST_DELAY_S)  # the next one failed: give it a moment before the next try


async def _ask(bot: Bot, offset: int) -> list[dict[str, Any]]:
    allowed = "[" + ",".join(f'"{kind}"' for kind in ALLOWED) + "]"
    query = urlencode({"offset": offset, "timeout": WAIT_S, "limit": 100, "allowed_updates": allowed})
    found = await bot.request.post(f"{bot.base_url}/getUpdates?{query}", read_timeout=WAIT_S + 10)
    return found if isinstance(found, list) else []


async def _wait(error: Exception, delay: float, pulse: Pulse) -> float:
    if isinstance(error, Conflict):
        pulse.fails(CONFLICT)
        log.warning(CONFLICT)
    elif isinstance(error, TelegramError):
        pulse.fails(f"cannot be reached ({type(error).__name__})")
        log.warning("Telegram cannot be reached: %s; next try in %.0f s", type(error).__name__, delay)
    else:
        kind = f"the database {outage(error)}" if isinstance(error, SQLAlchemyError) else type(error).__name__
        log.error("updates cannot be taken: %s; next try in %.0f s", kind, delay)
    await asyncio.sleep(delay)
    return min(delay * 2, LONGEST_DELAY_S if isinstance(error, TelegramError) else OUR_DELAY_S)
