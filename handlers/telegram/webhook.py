"""Webhook: that Telegram posts updates to it, and with which secret. Where they come in: door.py."""

import asyncio
import logging
from base64 import urlsafe_b64encode

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from handlers.health import Pulse
from handlers.telegram.read import ALLOWED
from storage.seal import Seal

log = logging.getLogger(__name__)
AT_ONCE = 40  # updates that Telegram may have under way; of one chat never more than one
LOOK_S, FIRST_DELAY_S, LONGEST_DELAY_S = 60.0, 0.5, 30.0


def secrets(seal: Seal) -> list[str]:
    """The secret tokens that are accepted, the newest key's first: every worker with the same ring makes the same."""
    return [urlsafe_b64encode(token).rstrip(b"=").decode() for token in seal.tokens("webhook", b"telegram")]


async def keep_set(bot: Bot, url: str, secret: str, pulse: Pulse) -> None:
    """Set the webhook, and look after it for ever: one that was deleted is set again, one of others is said."""
    delay, done = FIRST_DELAY_S, False
    while True:
        try:
            if not done:
                await bot.set_webhook(url, secret_token=secret, allowed_updates=ALLOWED, max_connections=AT_ONCE)
            done = await _is_ours(bot, url, pulse)
        except InvalidToken:
            raise
        except TelegramError as error:
            pulse.fails(f"cannot be reached ({type(error).__name__})")
            log.warning("Telegram cannot be reached: %s; next try in %.0f s", type(error).__name__, delay)
            await asyncio.sleep(delay)
            delay = min(delay * 2, LONGEST_DELAY_S)
        else:
            delay = FIRST_DELAY_S
            await asyncio.sleep(LOOK_S if done else FIRST_DELAY_S)


async def _is_ours(bot: Bot, url: str, pulse: Pulse) -> bool:
    """Whether nothing needs to be set anew."""
    found = (await bot.get_webhook_info()).url
    if found and found != url:
        pulse.fails("delivers to another webhook: another program uses the same token")
        log.warning("another program set a webhook of its own with the same token: stop one of the two")
        return True
    pulse.works()
    return bool(found)
