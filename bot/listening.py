"""The one port the bot may listen on: uvicorn without its logs, its signal handlers and its name."""

import socket
from collections.abc import Sequence
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route
from telegram import Bot

from bot.settings import Settings, SettingsError
from handlers import watching
from handlers.health import Health
from handlers.telegram import webhook
from handlers.telegram.door import Door
from storage.engine import Store

LAST_WORDS_S = 1  # for requests under way when the bot is told to stop
AT_ONCE = 200  # connections; what is beyond is told to come again


async def opened(settings: Settings, store: Store, bot: Bot, health: Health) -> "Listener":
    """For whoever watches the bot and, with a webhook, for Telegram's updates."""
    door = Door(bot, webhook.secrets(store.seal))
    routes = watching.routes(health)
    if settings.webhook_url:
        routes.append(Route(urlsplit(settings.webhook_url).path, door.update, methods=["POST"]))
    listener = Listener(routes, door, settings.listen_host, settings.listen_port)
    await listener.open()
    return listener


class Listener:
    """A server on host and port, from `open` to `close`; it may be closed twice."""

    def __init__(self, routes: Sequence[BaseRoute], door: Door, host: str, port: int) -> None:
        self.door = door
        self._socket = _bound(host, port)
        config = uvicorn.Config(
            Starlette(routes=routes), http="h11", ws="none", lifespan="off", log_config=None, log_level="warning",
            access_log=False, server_header=False, date_header=False, proxy_headers=False,
            limit_concurrency=AT_ONCE, timeout_graceful_shutdown=LAST_WORDS_S, timeout_keep_alive=75,
        )  # fmt: skip
        config.load()
        self._server = uvicorn.Server(config)
        self._server.lifespan = config.lifespan_class(config)
        self._open = False

    @property
    def port(self) -> int:
        return int(self._socket.getsockname()[1])

    async def open(self) -> None:
        await self._server.startup(sockets=[self._socket])
        self._open = True

    async def close(self) -> None:
        """Take no new request; those under way are answered, or given up after a second."""
        if self._open:
            self._open = False
            await self._server.shutdown(sockets=[self._socket])


def _bound(host: str, port: int) -> socket.socket:
    """A listening socket. Raises SettingsError where the place is taken or is not this computer's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # the protocol is named because asyncio sends without delay only on sockets that say they are TCP
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise SettingsError(f"nothing can listen on {host} port {port} ({error.strerror}); set LISTEN_PORT") from None
    return listening
