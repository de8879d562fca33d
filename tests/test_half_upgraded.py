"""A library that no longer loads while the bot already serves: said at once, not to the first who pins a place."""

import asyncio
import sys
import threading
from pathlib import Path

import pytest

from bot import app, texts
from bot.core import later
from sandbox.server import create_app, serve
from sandbox.world import World
from storage.engine import Store
from tests.live import PATIENCE_S, Hands, live_settings

IMRAN = 1002


async def test_the_bot_ends_with_the_library_s_name_once_those_who_wrote_are_answered(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World()
    imran = Hands(world, world.people[IMRAN])
    world.says(IMRAN, "/cancel")
    answered, load = threading.Event(), later.load

    def loads_then() -> None:
        assert answered.wait(PATIENCE_S)
        load()

    async def reads() -> None:
        await imran.reads(texts.NOTHING_TO_CANCEL)
        answered.set()

    monkeypatch.setattr(app, "AFTER_S", 0)
    monkeypatch.setattr(later, "load", loads_then)
    monkeypatch.setitem(sys.modules, "shapely", None)

    async with serve(create_app(world)) as server:
        settings = live_settings(world.token, server.url, tmp_path / "none.db")
        reading = asyncio.create_task(reads())
        with pytest.raises(ImportError, match="shapely"):
            async with asyncio.timeout(3 * PATIENCE_S):
                await app.serve(settings, store, asyncio.Event())
        await reading
