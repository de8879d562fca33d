"""Webhooks: Telegram posts an update; it is answered 200 after the commit, 503 when nothing was committed."""

import hmac
import json
import logging
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram import Bot

from handlers.telegram.intake import Take, arrived

log = logging.getLogger(__name__)
HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 256 * 1024  # bytes; Telegram's updates are a few thousand

Report = Callable[[], Awaitable[tuple[bool, str]]]
Measure = Callable[[], Awaitable[bytes]]


def create_app(path: str, secret: str, bot: Bot, take: Take, report: Report, measure: Measure) -> Starlette:
    """Everything that a worker serves: the webhook, `/health/live`, `/health/ready`, `/metrics`."""

    async def update(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(HEADER, "").encode(), secret.encode()):
            return Response(status_code=403)
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        try:
            raw = json.loads(body)
            batch = [arrived(raw, bot)]
        except (ValueError, TypeError, KeyError):
            return Response(status_code=400)  # not an update at all
        try:
            taken = await take(batch)
        except Exception as error:  # the database is away: Telegram keeps the update and tries again
            log.error("an update cannot be taken: %s", type(error).__name__)
            return Response(status_code=503)
        return Response(status_code=200 if taken.count else 503)

    async def ready(_request: Request) -> Response:
        fine, lines = await report()
        return PlainTextResponse(lines, status_code=200 if fine else 503)

    async def metrics(_request: Request) -> Response:
        return Response(await measure(), media_type="text/plain; version=0.0.4; charset=utf-8")

    return Starlette(
        routes=[
            Route(path, update, methods=["POST"]),
            Route("/health/live", _live),
            Route("/health/ready", ready),
            Route("/metrics", metrics),
        ]
    )


async def _live(_request: Request) -> Response:
    return PlainTextResponse("alive\n")


async def _body(request: Request) -> bytes | None:
    """The body, read no further than the limit; None where it is longer."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            return None
    return body
