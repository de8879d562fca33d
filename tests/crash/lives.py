"""One bot's many lives: started, killed at a random moment, started again on the same register."""

import asyncio
import random
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.world import World
from tests.commands import Nursery, beside, started

FRESH_EVERY = 10  # of so many starts one is a fresh `citizen-eye run`; the others are forked after the imports
LONGEST_WORK_S, MOST_CALLS = 1.0, 40
UNCONFIRMED = 0.7  # of so many lives what was taken last cannot be confirmed for a while: it is delivered again
PATIENCE_S = 60.0


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
        endless = {"SEARCHES_PER_DAY": "1000000", "PLACES_PER_DAY": "1000000"}  # its officers search without a pause
        return {"TELEGRAM_TOKEN": self.world.token, "TELEGRAM_API_URL": self.url, **endless}

    async def torment(self, kills: int) -> None:
        """Let it live and kill it, so many times."""
        for n in range(kills):
            if n % FRESH_EVERY == 0:
                await self._fresh_life()
            else:
                await self._forked_life()

    async def _fresh_life(self) -> None:
        before = len(self.world.calls)
        async with beside(self.folder, "run", **self.settings) as bot:
            await self._works(before)
        self.ends.append(await bot.wait())

    async def _forked_life(self) -> None:
        before = len(self.world.calls)
        async with started(self.nursery, self.folder, "run", **self.settings) as bot:
            await self._works(before)
        self.ends.append(await bot.ends())

    async def _works(self, before: int) -> None:
        """From its first call on, for so many calls or so long as chance decides; now and then it gets nowhere."""
        calls = self.world.calls
        await self.world.wait_for(lambda: len(calls) > before, PATIENCE_S)
        enough = self.chance.randint(1, MOST_CALLS)
        with suppress(TimeoutError):
            await self.world.wait_for(lambda: len(calls) > before + enough // 2, LONGEST_WORK_S)
            if self.chance.random() < UNCONFIRMED:
                self.world.faults.add("getUpdates", status=500, times=2)
            await self.world.wait_for(lambda: len(calls) > before + enough, LONGEST_WORK_S)
        await asyncio.sleep(self.chance.uniform(0, 0.1))

    @asynccontextmanager
    async def last_life(self) -> AsyncIterator[None]:
        """A life that ends as it should: by SIGTERM, within five seconds."""
        self.world.faults.clear()
        async with started(self.nursery, self.folder, "run", **self.settings) as bot:
            yield
            bot.signal(signal.SIGTERM)
            self.ends.append(await bot.ends(within=5))
