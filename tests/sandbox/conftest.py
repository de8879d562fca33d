"""A running sandbox for each test, with a real python-telegram-bot and a plain HTTP client in front of it."""

from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser
from telegram import Bot

from sandbox.server import Running, create_app, serve
from sandbox.world import World
from tests.browser import chromium
from tests.sandbox.page_desk import Desk, a_desk
from tests.sandbox.wire import Api, Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> World:
    return World(clock=clock)


@pytest.fixture
async def server(world: World) -> AsyncIterator[Running]:
    async with serve(create_app(world)) as running:
        yield running


@pytest.fixture
async def http(server: Running) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=server.url, trust_env=False) as client:
        yield client


@pytest.fixture
def api(http: httpx.AsyncClient, world: World) -> Api:
    return Api(http, world.token)


@pytest.fixture
async def bot(server: Running, world: World) -> AsyncIterator[Bot]:
    async with Bot(world.token, base_url=f"{server.url}/bot", base_file_url=f"{server.url}/file/bot") as one:
        yield one


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    """One for all the tests of a file that look at the page."""
    async with chromium() as one:
        yield one


@pytest_asyncio.fixture(loop_scope="module")
async def desk(browser: Browser) -> AsyncIterator[Desk]:
    async with a_desk(browser) as one:
        yield one
