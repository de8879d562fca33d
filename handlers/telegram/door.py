"""Where Telegram posts each update: 200 means committed, 503 means that it has to come again."""

import asyncio
import hmac
import json
import logging
from collections.abc import Sequence
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from telegram import Bot

from handlers.reception import Arrived
from handlers.telegram.intake import Take, arrived

log = logging.getLogger(__name__)
HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 256 * 1024  # bytes; Telegram's own updates are a few thousand
BODY_S = 10.0


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
