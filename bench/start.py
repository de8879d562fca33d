"""Start and memory: from the command to the first answer, and what the process takes, with a large register."""

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil

from bench.section import Goal, Section, Table
from bench.stage import KEY, SQLITE, Bench
from sandbox.server import create_app, serve
from sandbox.world import World

PERSON, HELPS = 1001, 50
START_S, MEMORY_MB = 1.5, 150.0
PATIENCE_S = 60.0
ABOUT = (
    "The command `citizen-eye run` as a process of its own, against a Bot API server on loopback, with the largest"
    " register of this run on SQLite; one person's `/help` waits for it. Memory is what the process alone holds"
    " (USS) after {helps} more updates."
)


def measure(bench: Bench) -> Section:
    size = max(bench.settings.sizes)
    built = bench.register(SQLITE, size)
    database = built.ours.store.engine.url.render_as_string(hide_password=False)
    seconds, megabytes = asyncio.run(_first_answer(database, bench.folder))
    bench.say("start")
    rows = ((f"{size:,} registrations", f"{seconds:.2f}", f"{megabytes:.0f}"),)
    goals = (
        Goal("start to the first answer, s", seconds, START_S),
        Goal("memory of the process, MB", megabytes, MEMORY_MB),
    )
    table = Table(("", "first answer after, s", "memory, MB"), rows)
    return Section("Start and memory", (ABOUT.format(helps=HELPS), table), goals)


async def _first_answer(database: str, folder: Path) -> tuple[float, float]:
    world = World()
    async with serve(create_app(world)) as server:
        world.says(PERSON, "/help")
        settings = {
            "DATABASE_URL": database,
            "CITIZEN_EYE_KEY": KEY.hex(),
            "TELEGRAM_TOKEN": world.token,
            "TELEGRAM_API_URL": server.url,
            "PATH": os.environ["PATH"],
        }
        command = [str(Path(sys.executable).with_name("citizen-eye")), "run"]
        begun = time.monotonic()
        bot = subprocess.Popen(command, cwd=folder, env=settings, stdout=subprocess.DEVNULL)  # noqa: S603, ASYNC220 - our own words
        try:
            await _until_answered(world, 1)
            seconds = time.monotonic() - begun
            for _ in range(HELPS):
                world.says(PERSON, "/language")
            await asyncio.sleep(5)
            return seconds, psutil.Process(bot.pid).memory_full_info().uss / 2**20
        finally:
            bot.terminate()
            await asyncio.to_thread(bot.wait, 20)


async def _until_answered(world: World, many: int) -> None:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if sum(not said["out"] for said in world.chat(PERSON)) >= many:
            return
        await asyncio.sleep(0.01)
    raise TimeoutError(f"no answer after {PATIENCE_S:.0f} s")
