"""Helpers at the wire: plain Bot API calls, a clock to turn, and a webhook to deliver to."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.server import serve

ASHA, IMRAN, OFFICER = 1001, 1002, 2001
GROUP = -100_200_300

SHORT = 5.0  # seconds in which whatever was asked has long happened


async def until(happened: Callable[[], object]) -> None:
    """Look every few milliseconds, for a short while."""
    async with asyncio.timeout(SHORT):
        while not happened():  # noqa: ASYNC110 - some of what tests wait for rings no bell
            await asyncio.sleep(0.005)


class Clock:
    """Seconds since 1970 that pass when told to."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now

    def passes(self, seconds: float) -> None:
        self.now += seconds


@dataclass(frozen=True)
class Api:
    """Calls methods with JSON and gives the whole answer."""

    http: httpx.AsyncClient
    token: str

    async def __call__(self, method: str, **params: Any) -> dict[str, Any]:
        answer: dict[str, Any] = (await self.http.post(f"/bot{self.token}/{method}", json=params)).json()
        return answer

    async def refusal(self, method: str, **params: Any) -> tuple[int, str]:
        """The code and the words of a call that is refused."""
        answer = await self(method, **params)
        assert not answer["ok"], f"{method} was not refused"
        return answer["error_code"], answer["description"]

    async def result(self, method: str, **params: Any) -> Any:
        answer = await self(method, **params)
        assert answer["ok"], answer
        return answer["result"]


@dataclass
class Hook:
    """A webhook on loopback: answers with the ordered statuses first, then 200; `slow` waits before each answer."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    slow: asyncio.Event | None = None
    secrets: list[str | None] = field(default_factory=list)
    got: list[dict[str, Any]] = field(default_factory=list)

    async def take(self, request: Request) -> Response:
        self.secrets.append(request.headers.get("x-telegram-bot-api-secret-token"))
        self.got.append(await request.json())
        if self.slow is not None and "message" in self.got[-1]:
            await self.slow.wait()
        return Response(status_code=self.statuses.pop(0) if self.statuses else 200)

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.got]


@asynccontextmanager
async def a_hook() -> AsyncIterator[Hook]:
    hook = Hook()
    async with serve(Starlette(routes=[Route("/hook", hook.take, methods=["POST"])])) as running:
        hook.url = f"{running.url}/hook"
        yield hook
