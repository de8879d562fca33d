"""The desk API: what the page reads, and what people do by it."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from sandbox import city, page_files
from sandbox.deeds import DEEDS
from sandbox.hangup import first
from sandbox.state import USERNAME
from sandbox.world import World

OnReset = Callable[[], Awaitable[None]]

_HEARTBEAT = 15.0  # seconds
_SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp", "text/plain", "application/pdf")


def routes(world: World, on_reset: OnReset | None) -> list[Route]:
    desk = Desk(world, on_reset)
    return [
        Route("/desk/state", desk.state),
        Route("/desk/events", desk.events),
        Route("/desk/chats/{person:int}", desk.chat),
        Route("/desk/people/{person:int}/{deed}", desk.does, methods=["POST"]),
        Route("/desk/files/{file_id}", desk.file),
        Route("/desk/reset", desk.reset, methods=["POST"]),
    ]


class Desk:
    def __init__(self, world: World, on_reset: OnReset | None) -> None:
        self.world = world
        self.on_reset = on_reset

    async def state(self, _request: Request) -> Response:
        world = self.world
        people = [
            {"id": one.id, "name": one.name, "role": one.role, "language": one.language_code}
            | {"colour": one.colour, "phone": one.phone, "of": one.of, "codes": one.id in world.generators}
            for one in world.people.values()
        ]
        bot = {"name": world.bot["first_name"], "username": USERNAME}
        chats = {str(person_id): self._chat(person_id) for person_id in world.people}
        shown = {"people": people, "bot": bot, "city": city.as_json(), "chats": chats, "tour": world.tour}
        era = {"run": world.run, "page": page_files.edition(), "timezone": world.timezone}
        return JSONResponse(shown | era)

    def _chat(self, person_id: int) -> dict[str, Any]:
        chat = self.world.chat_with(person_id)
        language = self.world.people[person_id].language_code
        return {
            "messages": self.world.chat(person_id),
            "keyboard": chat.keyboard,
            "keyboard_of": chat.keyboard_of,
            "commands": self.world.profile.menu(person_id, language),
            "welcome": self.world.profile.welcome(language),
            "started": chat.started and not chat.blocked,
            "version": chat.version,
        }

    async def chat(self, request: Request) -> Response:
        person_id = request.path_params["person"]
        if person_id not in self.world.people:
            return _no("nobody here has this id", 404)
        return JSONResponse(self._chat(person_id))

    async def does(self, request: Request) -> Response:
        person_id, deed = request.path_params["person"], DEEDS.get(request.path_params["deed"])
        if person_id not in self.world.people or deed is None:
            return _no("nobody here can do this", 404)
        try:
            given = json.loads(await request.body() or b"{}")
            deed(self.world, person_id, given)
        except (ValueError, OverflowError) as wrong:
            return _no(str(wrong), 400)
        return JSONResponse({"ok": True})

    async def reset(self, _request: Request) -> Response:
        self.world.inbox.clear()  # so that nothing old reaches a register that has just been emptied
        if self.on_reset is not None:
            await self.on_reset()
        self.world.reset()
        return JSONResponse({"ok": True})

    async def file(self, request: Request) -> Response:
        """Shown where that is harmless; anything that could run script is only handed over."""
        file = self.world.files.by_id(request.path_params["file_id"])
        if file is None:
            return _no("this file is no longer here", 404)
        shown = file.mime.partition(";")[0].strip().lower() in _SHOWN
        how = "inline" if shown else "attachment"
        headers = {"Content-Disposition": f"{how}; filename*=UTF-8''{quote(file.name, safe='')}"}
        if not shown:
            headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return Response(file.content, media_type=file.mime, headers=headers)

    async def events(self, request: Request) -> Response:
        closing: asyncio.Event = request.app.state.closing
        headers = {"Cache-Control": "no-store"}
        return StreamingResponse(self._stream(closing), media_type="text/event-stream", headers=headers)

    async def _stream(self, closing: asyncio.Event) -> AsyncIterator[str]:
        listener = self.world.events.join()
        try:
            yield ": here\n\n"
            while not closing.is_set():
                event = await first(_next(listener), closing.wait())
                yield f"data: {json.dumps(event)}\n\n" if event else ": still here\n\n"
        finally:
            self.world.events.leave(listener)


async def _next(listener: asyncio.Queue[dict[str, Any]]) -> dict[str, Any] | None:
    try:
        return await asyncio.wait_for(listener.get(), _HEARTBEAT)
    except TimeoutError:
        return None


def _no(why: str, status: int) -> JSONResponse:
    return JSONResponse({"ok": False, "description": why}, status)
