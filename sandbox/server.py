"""The sandbox's server: Bot API, desk and page on one loopback port."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from uvicorn.protocols.http.h11_impl import H11Protocol

from sandbox import desk, page_files
from sandbox.bot_api import courier, endpoint
from sandbox.desk import OnReset
from sandbox.guard import Guard
from sandbox.world import World

HOST = "127.0.0.1"
LAST_WORDS = 2  # seconds for answers under way when the server closes


@dataclass(frozen=True, slots=True)
class Running:
    """Where the server listens."""

    port: int

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"


def create_app(world: World, *, on_reset: OnReset | None = None) -> Starlette:
    """Everything the sandbox serves, to be run by `serve`; `on_reset` runs before the world is emptied."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        delivering = asyncio.create_task(courier.deliver(world))
        yield
        delivering.cancel()
        with suppress(asyncio.CancelledError):
            await delivering

    routes = [*endpoint.routes(world), *desk.routes(world, on_reset), *page_files.routes()]
    app = Starlette(routes=routes, middleware=[Middleware(Guard)], lifespan=lifespan)
    app.state.closing = asyncio.Event()
    return app


@asynccontextmanager
async def serve(app: Starlette, port: int = 0) -> AsyncIterator[Running]:
    """Run the app on 127.0.0.1; port 0 takes a free one. OSError when the port is taken."""
    # the protocol is named because asyncio sends without delay only on sockets that say they are TCP
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
        server = _server(app)
        await server.startup(sockets=[listening])
        try:
            yield Running(listening.getsockname()[1])
        finally:
            app.state.closing.set()
            await server.shutdown(sockets=[listening])


def _server(app: Starlette) -> uvicorn.Server:
    """Uvicorn without its signal handlers, its access log (addresses carry the token) and its log set-up."""
    app.state.closing = asyncio.Event()
    config = uvicorn.Config(
        app, http="h11", ws="none", lifespan="on", log_config=None, log_level="warning", access_log=False,
        server_header=False, timeout_graceful_shutdown=LAST_WORDS, timeout_keep_alive=75,
    )  # fmt: skip
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)

    def hang_up(client: tuple[str, int]) -> None:
        for connection in list(server.server_state.connections):
            if isinstance(connection, H11Protocol) and connection.client == client:
                connection.transport.abort()

    app.state.hang_up = hang_up
    return server
