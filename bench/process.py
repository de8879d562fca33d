"""The bot as a process of its own: `citizen-eye run` on a register, against the sandbox's Bot API on loopback."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import psutil

from bench.stage import KEY
from sandbox.server import create_app, serve
from sandbox.world import World

PERSON = 1001
PATIENCE_S = 60.0
COMMAND = (str(Path(sys.executable).with_name("citizen-eye")), "run")
ERRORS = "errors.txt"  # what the process says beside its answers


class Serving(NamedTuple):
    """A bot that serves: seconds from the command to its first answer, and what it had said beside it by then."""

    world: World
    process: psutil.Process
    seconds: float
    said: str


@asynccontextmanager
async def serving(database: str, folder: Path, command: Sequence[str] = COMMAND) -> AsyncIterator[Serving]:
    """From its first answer on, to a `/help` that waits for it; at the end it is stopped."""
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
        begun = time.monotonic()
        with (folder / ERRORS).open("wb") as errors:
            bot = subprocess.Popen(command, cwd=folder, env=settings, stdout=subprocess.DEVNULL, stderr=errors)  # noqa: S603, ASYNC220 - our own words
        try:
            await _until_answered(world)
            seconds = time.monotonic() - begun
            yield Serving(world, psutil.Process(bot.pid), seconds, (folder / ERRORS).read_text(encoding="utf-8"))
        finally:
            bot.terminate()
            await asyncio.to_thread(bot.wait, 20)


async def _until_answered(world: World) -> None:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if any(not said["out"] for said in world.chat(PERSON)):
            return
        await asyncio.sleep(0.01)
    raise TimeoutError(f"no answer after {PATIENCE_S:.0f} s")
