"""Several workers on one PostgreSQL, one of them killed every moment: any takes any update, and none is lost."""

import asyncio
import os
import random
import signal
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from bot import opening
from bot.commands import keeper
from bot.core.access import Role
from bot.settings import load
from handlers.delivery import AT_ONCE
from sandbox.server import create_app, serve
from sandbox.world import World
from storage import outbox
from storage.engine import Store
from tests.commands import KEY, Nursery, Running
from tests.crash.crowd import Crowd
from tests.crash.front import front_door
from tests.crash.reckoning import (
    every_message_was_delivered,
    every_resident_has_exactly_what_they_answered,
    every_search_left_one_trace,
    every_update_was_taken_and_none_set_aside,
)
from tests.nursery import ERRORS
from tests.ports import free_port

KILLS = int(os.environ.get("KILLS", "12"))
WORKERS = 3
EVERY_S = 1.0
OFFICER = 90_001

pytestmark = [pytest.mark.xdist_group("crash"), pytest.mark.timeout(240 + KILLS * 6)]


def unsent(tx: Session) -> int:
    return outbox.waiting(tx)


def opened(url: str) -> Store:
    return opening.register(load(_env_file=None, database_url=url, citizen_eye_key=KEY))


class Workers:
    """Processes of the bot that share one register; whichever was killed is started again."""

    def __init__(self, nursery: Nursery, folder: Path, ports: list[int], settings: dict[str, str]) -> None:
        self.nursery, self.folder, self.ports, self.settings = nursery, folder, ports, settings
        self.running: dict[int, Running] = {}
        self.ends: list[int] = []

    def start(self, port: int) -> None:
        folder = self.folder / str(port)
        folder.mkdir(exist_ok=True)
        self.running[port] = self.nursery.start(folder, "run", LISTEN_PORT=str(port), **self.settings)

    async def kill(self, port: int) -> None:
        self.running[port].signal(signal.SIGKILL)
        self.ends.append(await self.running[port].ends())

    async def torment(self, chance: random.Random) -> None:
        for _ in range(KILLS):
            await asyncio.sleep(chance.uniform(0.5, 1.5) * EVERY_S)
            port = chance.choice(self.ports)
            await self.kill(port)
            self.start(port)

    async def end(self) -> None:
        """By SIGTERM, all at once, within five seconds."""
        for one in self.running.values():
            one.signal(signal.SIGTERM)
        self.ends += [await one.ends(within=6) for one in self.running.values()]

    @property
    def printed(self) -> str:
        return "".join((self.folder / str(port) / ERRORS).read_text() for port in self.ports)


async def test_workers_that_die_in_the_middle_cost_nothing(tmp_path: Path, nursery: Nursery, postgres_url: str) -> None:
    seed = random.randrange(10**6)
    chance, world = random.Random(seed), World([])
    world.webhook_pace = 0.05
    door, ports = free_port(), [free_port() for _ in range(WORKERS)]
    crowd, first = Crowd(world, chance), world.inbox.next_id
    store = opened(postgres_url)
    link = keeper.invite(store, Role.OFFICER, "Palasia", "SI", timedelta(days=365)).payload

    async with serve(create_app(world)) as server, front_door(door, ports):
        hook = f"http://127.0.0.1:{door}/updates"
        telegram = {"TELEGRAM_TOKEN": world.token, "TELEGRAM_API_URL": server.url, "WEBHOOK_URL": hook}
        workers = Workers(nursery, tmp_path, ports, telegram | {"DATABASE_URL": postgres_url, "CITIZEN_EYE_KEY": KEY})
        for port in ports:
            workers.start(port)
        people = asyncio.create_task(crowd.lives({OFFICER: link}))
        try:
            await workers.torment(chance)
            crowd.enough.set()
            await people
            async with asyncio.timeout(150):  # a message that a killed worker had taken waits a minute for its lease
                while world.inbox.pending() or store.run(unsent) > 0:  # noqa: ASYNC110 - rings no bell
                    await asyncio.sleep(0.2)
            await workers.end()
        finally:
            people.cancel()
            for port, one in workers.running.items():
                if one.end() is None:
                    await workers.kill(port)

    def reckon(tx: Session) -> int:
        every_resident_has_exactly_what_they_answered(tx, crowd)
        every_search_left_one_trace(tx, crowd)
        every_update_was_taken_and_none_set_aside(tx, world, first)
        return every_message_was_delivered(tx, world).again

    again = store.run(reckon)
    store.close()
    print(f"seed {seed}: {KILLS} kills, {len(crowd.registered)} registered, {again} messages sent again")  # noqa: T201
    assert workers.ends == [-9] * KILLS + [0] * WORKERS
    assert len(crowd.registered) > 0
    assert again <= AT_ONCE * KILLS
    assert "Traceback" not in workers.printed
