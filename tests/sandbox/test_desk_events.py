"""What the page is told while it is open, and what becomes of it when the server closes."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import httpx
import pytest
from telegram import Bot

from sandbox.server import Running, create_app, serve
from sandbox.world import World
from tests.sandbox.wire import ASHA, GROUP, IMRAN, SHORT, Api, until


@asynccontextmanager
async def listening(http: httpx.AsyncClient) -> AsyncIterator[AsyncIterator[dict[str, Any]]]:
    """The events, from the moment the server has let us in."""
    async with http.stream("GET", "/desk/events") as stream:
        lines = stream.aiter_lines()
        assert (stream.status_code, await anext(lines)) == (200, ": here")
        yield (json.loads(line.removeprefix("data: ")) async for line in lines if line.startswith("data: "))


async def test_the_page_is_told_of_every_change(http: httpx.AsyncClient, bot: Bot, world: World) -> None:
    async with listening(http) as events, asyncio.timeout(5):
        world.starts(ASHA)
        first = await anext(events)
        await bot.send_message(ASHA, "Sure?")
        second = await anext(events)
        await bot.answer_callback_query(world.taps(ASHA, 2, "yes")["id"], "Saved", show_alert=True)
        toast = await anext(events)
        await bot.set_my_commands([("mine", "My cameras")])
        menu = await anext(events)
        world.reset()
        reset = await anext(events)

    assert first["chat"] == second["chat"] == menu["chat"] == ASHA
    assert first["version"] < second["version"] < menu["version"]
    assert toast == {"toast": "Saved", "chat": ASHA, "alert": True}
    assert reset == {"reset": True}


async def test_a_silent_answer_and_a_group_do_not_disturb_the_page(
    http: httpx.AsyncClient, bot: Bot, world: World
) -> None:
    async with listening(http) as events, asyncio.timeout(5):
        world.says_in_group(ASHA, GROUP, "/start")
        await bot.answer_callback_query(world.taps(ASHA, 1, "yes")["id"])
        world.starts(IMRAN)

        assert (await anext(events))["chat"] == IMRAN


async def test_every_open_page_is_told(http: httpx.AsyncClient, server: Running, world: World) -> None:
    async with (
        httpx.AsyncClient(base_url=server.url, trust_env=False) as second,
        listening(http) as here,
        listening(second) as there,
        asyncio.timeout(5),
    ):
        world.starts(ASHA)

        assert await anext(here) == await anext(there)


async def test_a_server_that_closes_lets_every_waiting_caller_go(world: World) -> None:
    async with asyncio.timeout(5), httpx.AsyncClient(trust_env=False, timeout=30) as http, AsyncExitStack() as stack:
        async with serve(create_app(world)) as server:
            api = Api(http, world.token)
            http.base_url = httpx.URL(server.url)
            polling = asyncio.create_task(api("getUpdates", timeout=50))
            events = await stack.enter_async_context(listening(http))
            await until(lambda: world.inbox.polls == 1)

        assert [event async for event in events] == []
        with pytest.raises(httpx.RemoteProtocolError):
            await polling


async def test_a_world_outlives_its_server(world: World) -> None:
    world.starts(ASHA)
    app = create_app(world)

    for _ in range(2):
        async with serve(app) as server, httpx.AsyncClient(base_url=server.url, trust_env=False) as http:
            assert len(await Api(http, world.token).result("getUpdates")) == 1


async def test_a_taken_port_says_so(server: Running, world: World) -> None:
    with pytest.raises(OSError, match="in use"):
        async with serve(create_app(world), server.port):
            await asyncio.sleep(SHORT)
