"""One bot's many lives: started, killed at a random moment, started again on the same register."""

import asyncio
import json
import os
import random
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.world import World
from tests.commands import process, surroundings

FRESH_EVERY = 10  # of so many starts one is a fresh `citizen-eye run`; the others are forked after the imports
LONGEST_WORK_S, MOST_CALLS = 2.0, 40
PATIENCE_S = 60.0


@dataclass
class Nursery:
    """The process that forks bots; one order at a time."""

    process: asyncio.subprocess.Process
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def order(self, **said: object) -> int:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        async with self.turn:
            self.process.stdin.write(json.dumps(said).encode() + b"\n")
            return int(await asyncio.wait_for(self.process.stdout.readline(), PATIENCE_S))


@asynccontextmanager
async def nursery() -> AsyncIterator[Nursery]:
    pipe = asyncio.subprocess.PIPE
    made = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.crash.nursery", stdin=pipe, stdout=pipe, cwd=Path(__file__).parents[2]
    )
    assert made.stdin is not None
    assert made.stdout is not None
    try:
        assert await asyncio.wait_for(made.stdout.readline(), PATIENCE_S) == b"ready\n"
        yield Nursery(made)
    finally:
        made.stdin.close()
        await made.wait()


@dataclass
class Lives:
    """The lives of the bot of one register."""

    world: World
    folder: Path
    url: str
    nursery: Nursery
    chance: random.Random
    ends: list[int] = field(default_factory=list)

    @property
    def settings(self) -> dict[str, str]:
        return surroundings(self.folder, TELEGRAM_TOKEN=self.world.token, TELEGRAM_API_URL=self.url)

    async def torment(self, kills: int) -> None:
        """Let it live and kill it, so many times."""
        for n in range(kills):
            if n % FRESH_EVERY == 0:
                await self._fresh_life()
            else:
                await self._forked_life()

    async def _fresh_life(self) -> None:
        before = len(self.world.calls)
        token = {"TELEGRAM_TOKEN": self.world.token, "TELEGRAM_API_URL": self.url}
        async with process(self.folder, "run", **token) as running:
            await self._works(before)
            running.kill()
            self.ends.append(await running.wait())

    async def _forked_life(self) -> None:
        before = len(self.world.calls)
        pid = await self.nursery.order(folder=str(self.folder), settings=self.settings)
        try:
            await self._works(before)
        finally:
            os.kill(pid, signal.SIGKILL)
            self.ends.append(await self.nursery.order(wait=pid))

    async def _works(self, before: int) -> None:
        """From its first call on, for so many calls or so long as chance decides; now and then it gets nowhere."""
        calls = self.world.calls
        await self.world.wait_for(lambda: len(calls) > before, PATIENCE_S)
        enough = before + self.chance.randint(1, MOST_CALLS)
        with suppress(TimeoutError):
            await self.world.wait_for(lambda: len(calls) > enough, LONGEST_WORK_S)
        await asyncio.sleep(self.chance.uniform(0, 0.1))

    @asynccontextmanager
    async def last_life(self) -> AsyncIterator[None]:
        """A life that ends as it should: by SIGTERM, within five seconds."""
        pid = await self.nursery.order(folder=str(self.folder), settings=self.settings)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGTERM)
            began = asyncio.get_running_loop().time()
            self.ends.append(await self.nursery.order(wait=pid))
            assert asyncio.get_running_loop().time() - began < 5
