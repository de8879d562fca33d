"""The bot at work for a long time: its memory, its files and its threads stay what they were, and nothing is lost."""

import asyncio
import os
import random
import signal
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import psutil
import pytest

from bot import opening
from bot.settings import load
from sandbox.server import create_app, serve
from sandbox.world import World
from tests.commands import KEY, beside, fresh
from tests.crash.crowd import Crowd
from tests.crash.reckoning import reckon
from tests.crash.test_kill import comes_to_rest

MINUTES = float(os.environ.get("SOAK_MINUTES", "0.5"))
LOOKS = 60
FLAT_MB = 12.0  # what caches may still grow after the first third
MOST_MB = 150.0  # that nobody else has a share in, at the end; a fork of the nursery shares what that has loaded

pytestmark = [pytest.mark.xdist_group("crash"), pytest.mark.timeout(int(120 + MINUTES * 90))]


async def watched(process: psutil.Process, seconds: float) -> list[tuple[float, int, int]]:
    """Megabytes, open files and threads, looked at in equal steps of time."""
    seen = []
    for _ in range(LOOKS):
        await asyncio.sleep(seconds / LOOKS)
        seen.append((process.memory_info().rss / 2**20, process.num_fds(), process.num_threads()))
    return seen


def thirds(values: Sequence[float]) -> tuple[float, float]:
    """The middle value of the second third of the time, and of the last."""
    third = len(values) // 3
    return median(values[third : 2 * third]), median(values[-third:])


async def test_a_bot_that_works_for_a_long_time_needs_no_more_than_at_its_beginning(tmp_path: Path) -> None:
    world, folder = World([]), tmp_path
    crowd, first = Crowd(world, random.Random(30)), world.inbox.next_id
    assert fresh(folder, "migrate").returncode == 0  # what this takes, only a first start loads
    async with (
        serve(create_app(world)) as server,
        beside(folder, "run", TELEGRAM_TOKEN=world.token, TELEGRAM_API_URL=server.url) as bot,
    ):
        people = asyncio.create_task(crowd.lives({}))
        await world.wait_for(lambda: len(crowd.registered) > 1, 60)
        process = psutil.Process(bot.pid)
        seen = await watched(process, MINUTES * 60)
        own = process.memory_full_info().uss / 2**20
        crowd.enough.set()
        await people
        await comes_to_rest(folder, world)
        bot.send_signal(signal.SIGTERM)
        async with asyncio.timeout(6):
            code = await bot.wait()

    before, after = thirds([memory for memory, _, _ in seen])
    held = f"{before:.1f} MB, then {after:.1f} MB, {own:.1f} MB of them its own"
    print(f"{MINUTES} minutes, {len(crowd.registered)} registered: {held}")  # noqa: T201
    assert code == 0
    assert own < MOST_MB
    assert after - before < FLAT_MB
    for at in (1, 2):
        early, late = thirds([float(one[at]) for one in seen])
        assert late <= early + 3
    store = opening.register(
        load(_env_file=None, database_url=f"sqlite:///{folder / 'register.db'}", citizen_eye_key=KEY)
    )
    reckon(store, world, crowd, first)
    store.close()
