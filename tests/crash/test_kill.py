"""kill -9: real processes of the bot die at random moments; nothing confirmed is lost, nothing happens twice."""

import asyncio
import os
import random
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
from tests.commands import KEY, Nursery
from tests.crash.crowd import Crowd
from tests.crash.lives import Lives
from tests.crash.reckoning import Delivered, reckon
from tests.nursery import ERRORS

KILLS = int(os.environ.get("KILLS", "50"))
REGISTERS = 3  # bots that live and die side by side, each with a register and a city of its own
SLACK_S = 60 + KILLS * 6

pytestmark = [pytest.mark.xdist_group("crash"), pytest.mark.timeout(SLACK_S)]


def shares(kills: int) -> list[int]:
    return [kills // REGISTERS + (n < kills % REGISTERS) for n in range(REGISTERS)]


def open_register(folder: Path) -> Store:
    return opening.register(
        load(_env_file=None, database_url=f"sqlite:///{folder / 'register.db'}", citizen_eye_key=KEY)
    )


def officers(folder: Path) -> dict[int, str]:
    """Ids and one-time links, made by the keeper before the bot ever ran."""
    store = open_register(folder)
    year = timedelta(days=365)
    links = {
        person: keeper.invite(store, Role.OFFICER, "Palasia", f"SI {person}", year).payload
        for person in (90_001, 90_002)
    }
    store.close()
    return links


async def one_city(folder: Path, kills: int, seed: int, bots: Nursery) -> tuple[Delivered, list[int]]:
    """A crowd at work while its bot is killed so many times; then peace, and the reckoning."""
    chance, world = random.Random(seed), World([])
    patience = float(SLACK_S)  # on a busy computer a bot that dies every second makes no picture before there is peace
    crowd, first = Crowd(world, chance, patience), world.inbox.next_id
    async with serve(create_app(world)) as server:
        lives = Lives(world, folder, server.url, bots, chance)
        people = asyncio.create_task(crowd.lives(officers(folder)))
        try:
            await lives.torment(kills)
            crowd.enough.set()
            async with lives.last_life():
                await people
                await comes_to_rest(folder, world)
        finally:
            people.cancel()
    store = open_register(folder)
    try:
        return reckon(store, world, crowd, first), lives.ends
    finally:
        store.close()


def unsent(tx: Session) -> int:
    return outbox.waiting(tx)


async def comes_to_rest(folder: Path, world: World) -> None:
    store = open_register(folder)
    try:
        async with asyncio.timeout(60):
            while world.inbox.pending() or store.run(unsent) > 0:  # noqa: ASYNC110 - rings no bell
                await asyncio.sleep(0.1)
    finally:
        store.close()


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    """One for each city."""
    made = [tmp_path / f"city-{n}" for n in range(REGISTERS)]
    for folder in made:
        folder.mkdir()
    return made


async def test_nothing_is_lost_and_nothing_happens_twice_however_often_the_bot_is_killed(
    folders: list[Path], nursery: Nursery
) -> None:
    seed = random.randrange(10**6)

    cities = zip(folders, shares(KILLS), strict=True)
    results = await asyncio.gather(*(one_city(folder, kills, seed, nursery) for folder, kills in cities))

    ends = [end for _, city_ends in results for end in city_ends]
    queued, again = (sum(getattr(delivered, of) for delivered, _ in results) for of in ("queued", "again"))
    print(f"seed {seed}: {ends.count(-9)} kills, {queued} messages, {again} of them sent again")  # noqa: T201 - the report
    assert ends.count(-9) == KILLS
    assert ends.count(0) == REGISTERS
    assert again <= AT_ONCE * KILLS
    printed = "".join((folder / ERRORS).read_text() for folder in folders)
    assert "Traceback" not in printed
    assert " ERROR " not in printed
