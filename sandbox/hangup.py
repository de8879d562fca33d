"""Ending connections: one that must get no answer, and all that still wait when the server closes."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

T = TypeVar("T")

HangUp = Callable[[tuple[str, int]], None]


class NoAnswer(Response):
    """Sends nothing: the connection is gone already."""

    async def __call__(self, _scope: Scope, receive: Receive, _send: Send) -> None:
        while (await receive())["type"] != "http.disconnect":
            continue


async def hang_up(request: Request) -> Response:
    """Close the caller's connection without an answer."""
    close: HangUp = request.app.state.hang_up
    client = request.client
    if client is None:
        raise RuntimeError("a caller without an address cannot be hung up on")
    close((client.host, client.port))
    return NoAnswer()


async def until_closing(request: Request, work: Coroutine[Any, Any, T]) -> T | None:
    """What the work gives; None, and the work given up, when the server closes first."""
    closing: asyncio.Event = request.app.state.closing
    return await first(work, closing.wait())


async def first(work: Coroutine[Any, Any, T], end: Coroutine[Any, Any, object]) -> T | None:
    """The result of `work`, unless `end` is done before it."""
    doing, ending = asyncio.ensure_future(work), asyncio.ensure_future(end)
    try:
        await asyncio.wait((doing, ending), return_when=asyncio.FIRST_COMPLETED)
        return doing.result() if doing.done() else None
    finally:
        doing.cancel()
        ending.cancel()
        await _quiet(doing)
        await _quiet(ending)


async def _quiet(task: Awaitable[object]) -> None:
    await asyncio.gather(task, return_exceptions=True)
