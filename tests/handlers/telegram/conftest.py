"""A Bot API server on loopback, and the bot's own client in front of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram import Bot

from bot.client import telegram_bot
from sandbox.server import Running, create_app, serve
from sandbox.world import World
from tests.live import live_settings
from tests.sandbox.schema import check_call


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
async def server(world: World) -> AsyncIterator[Running]:
    async with serve(create_app(world)) as running:
        yield running
    for call in world.calls:
        check_call(call.method, call.params)


@pytest.fixture
async def bot(server: Running, world: World, tmp_path: Path) -> AsyncIterator[Bot]:
    async with telegram_bot(live_settings(world.token, server.url, tmp_path / "none.db")) as bot:
        yield bot
