"""Webhook: Telegram posts each update here; 200 means committed, 503 means that it has to come again."""

import asyncio
import hmac
import json
import logging
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from handlers.health import Pulse
from handlers.reception import Arrived
from handlers.telegram.intake import Take, arrived
from handlers.telegram.read import ALLOWED
from storage.seal import Seal

log = logging.getLogger(__name__)
HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 256 * 1024  # bytes; Telegram's own updates are a few thousand
BODY_S = 10.0
AT_ONCE = 40  # updates that Telegram may have under way; of one chat never more than one
LOOK_S, FIRST_DELAY_S, LONGEST_DELAY_S = 60.0, 0.5, 30.0


def secrets(seal: Seal) -> list[str]:
    """The secret tokens that are accepted, the newest key's first: every worker with the same ring makes the same."""
    return [urlsafe_b64encode(token).rstrip(b"=").decode() for token in seal.tokens("webhook", b"telegram")]


class Door:
    """Where updates come in. It opens when the bot has met Telegram; until then they are to come again."""

    def __init__(self, bot: Bot, accepted: Sequence[str]) -> None:
        self._bot, self._accepted = bot, [secret.encode() for secret in accepted]
        self._take: Take | None = None

    def open(self, take: Take) -> None:
        self._take = take

    async def update(self, request: Request) -> Response:
        """One POST of Telegram's."""
        if not self._knows_secret(request):
            return Response(status_code=403)
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        read = self._read(body)
        return Response(status_code=400 if read is None else await self._taken(read))

    def _knows_secret(self, request: Request) -> bool:
        given = request.headers.get(HEADER, "").encode()
        return any(hmac.compare_digest(given, secret) for secret in self._accepted)

    def _read(self, body: bytes) -> Arrived | None:
        try:
            raw: Any = json.loads(body)
            return arrived(raw, self._bot)
        except (ValueError, TypeError, KeyError, RecursionError):
            return None  # no update at all: not even its number can be read

    async def _taken(self, read: Arrived) -> int:
        if self._take is None:
            return 503
        try:
            taken = await self._take([read])
        except Exception as error:  # whatever it was, it was not committed
            log.error("an update cannot be taken: %s", type(error).__name__)
            return 503
        return 200 if taken.count else 503


async def _body(request: Request) -> bytes | None:
    """The body, read no further than the limit and no longer than its time; None where it is too much."""
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_S):
            async for part in request.stream():
                body += part
                if len(body) > LARGEST:
                    return None
    except (TimeoutError, ClientDisconnect):
        return None
    return bytes(body)


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
