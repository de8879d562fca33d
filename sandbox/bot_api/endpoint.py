"""The Bot API over HTTP: token, method, ordered faults, the answer, and a record of every call."""

import asyncio
import hmac
from collections.abc import Awaitable
from email.utils import formatdate
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.bot_api.errors import ApiError
from sandbox.bot_api.given import Given
from sandbox.bot_api.methods import BY_LOWER_NAME, METHODS
from sandbox.bot_api.parse import read, typed
from sandbox.faults import Drop, DropAfter, Fault, Refuse, Slow
from sandbox.files import Upload
from sandbox.hangup import NoAnswer, hang_up, until_closing
from sandbox.state import Call
from sandbox.world import World

_UNAUTHORIZED = ApiError(401, "Unauthorized")
_NOT_FOUND = ApiError(404, "Not Found")
_STATUS = {429: "Too Many Requests", 500: "Internal Server Error", 502: "Bad Gateway", 403: "Forbidden"}


def routes(world: World) -> list[Route]:
    """What the bot's library talks to."""
    api = BotApi(world)
    return [
        Route("/bot{token}/{method}", api.call, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", api.download, methods=["GET"]),
    ]


class BotApi:
    def __init__(self, world: World) -> None:
        self.world = world

    async def call(self, request: Request) -> Response:
        if not self._knows_token(request):
            return _refused(_UNAUTHORIZED)
        named = request.path_params["method"]
        method = BY_LOWER_NAME.get(named.lower(), named)
        fault = self.world.faults.take(method)
        try:
            answer = await until_closing(request, self._answer(request, method, fault))
        except ClientDisconnect:  # the bot died while it was writing
            return NoAnswer()
        if answer is None:
            return await hang_up(request)
        return JSONResponse(answer, answer.get("error_code", 200), {"Date": formatdate(usegmt=True)})

    async def _answer(self, request: Request, method: str, fault: Fault | None) -> dict[str, Any] | None:
        """What the bot reads, or None where it reads nothing; either way the call is recorded."""
        at = self.world.clock()
        params: dict[str, Any] = {}
        files: dict[str, Upload] = {}
        try:
            params, files = await read(request)
            if method not in METHODS:
                raise _NOT_FOUND
            given = typed(params, files, METHODS[method].takes)
            params = dict(given.values)
            answer = {"ok": True, "result": await self._run(method, given, fault)}
        except ApiError as refused:
            answer = refused.answer
        dropped = isinstance(fault, Drop)
        ok = bool(answer["ok"]) and not dropped
        self.world.record(Call(method, params, at, ok, {} if dropped else answer, files))
        return None if isinstance(fault, Drop | DropAfter) else answer

    async def _run(self, method: str, given: Given, fault: Fault | None) -> object:
        match fault:
            case Refuse(status, retry_after, description):
                raise _ordered(status, retry_after, description)
            case Drop():
                return None
            case Slow(seconds):
                await asyncio.sleep(seconds)
            case DropAfter() | None:
                pass
        result = METHODS[method].run(self.world, given)
        return await result if isinstance(result, Awaitable) else result

    def _knows_token(self, request: Request) -> bool:
        return hmac.compare_digest(request.path_params["token"].encode(), self.world.token.encode())

    async def download(self, request: Request) -> Response:
        if not self._knows_token(request):
            return _refused(_UNAUTHORIZED)
        file = self.world.files.by_path(request.path_params["path"])
        if file is None:
            return _refused(_NOT_FOUND)
        return Response(file.content, media_type=file.mime)


def _ordered(status: int, retry_after: int, description: str) -> ApiError:
    said = description or _STATUS.get(status, "Bad Request")
    if retry_after:
        return ApiError(status, description or f"{said}: retry after {retry_after}", retry_after=retry_after)
    return ApiError(status, said)


def _refused(refused: ApiError) -> JSONResponse:
    return JSONResponse(refused.answer, refused.code)
