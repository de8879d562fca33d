"""SIGTERM while the database does not answer: the bot leaves in time all the same, and nothing is lost."""

import asyncio
import signal
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import make_url
from sqlmodel import Session, func, select

from bot import opening, texts
from bot.settings import load
from bot.stopping import LEFT
from sandbox.server import create_app, serve
from sandbox.world import World
from storage.tables.register import Claim, Outbox
from tests.commands import KEY, Nursery, started
from tests.live import Hands
from tests.relay import wire
from tests.test_life import IMRAN, ends, telegram

pytestmark = pytest.mark.xdist_group("commands")


def taken(url: str) -> tuple[int, int]:
    """How many updates were taken, and how many answers were ever queued."""

    def count(tx: Session) -> tuple[int, int]:
        found = [tx.exec(select(func.count()).select_from(table)).one() for table in (Claim, Outbox)]
        return found[0], found[1]

    store = opening.register(load(_env_file=None, database_url=url, citizen_eye_key=KEY))
    try:
        return store.run(count)
    finally:
        store.close()


async def test_a_server_that_falls_silent_in_the_middle_of_a_transaction_holds_nobody_up(
    tmp_path: Path, nursery: Nursery, postgres_url: str
) -> None:
    world = World()
    imran = Hands(world, world.people[IMRAN])
    async with serve(create_app(world)) as server:
        settings = telegram(world, server.port) | {"CITIZEN_EYE_KEY": KEY}
        with wire(make_url(postgres_url).port or 0) as line:
            through = make_url(postgres_url).set(port=line.port).render_as_string(hide_password=False)
            async with started(nursery, tmp_path, "run", DATABASE_URL=through, **settings) as bot:
                await world.wait_for(lambda: world.profile.short_descriptions.get("hi"), 30)
                line.flows.clear()
                world.says(IMRAN, "/cancel")
                assert await asyncio.to_thread(line.held.wait, 30)
                code = await ends(bot)
        undone = taken(postgres_url)
        async with started(nursery, tmp_path, "run", DATABASE_URL=postgres_url, **settings) as next_one:
            await imran.reads(texts.NOTHING_TO_CANCEL)
            again = await ends(next_one)

    assert (code, undone) == (LEFT, (0, 0))
    assert "it was not committed and comes again" in bot.errors
    assert again == 0
    assert taken(postgres_url) == (1, 1)
    assert len(imran.texts) == 1


async def test_a_register_that_another_program_holds_holds_nobody_up_and_a_second_signal_changes_nothing(
    tmp_path: Path, nursery: Nursery
) -> None:
    world = World()
    imran = Hands(world, world.people[IMRAN])
    async with serve(create_app(world)) as server:
        settings = telegram(world, server.port)
        async with started(nursery, tmp_path, "run", **settings) as bot:
            await world.wait_for(lambda: world.profile.short_descriptions.get("hi"), 30)
            other = sqlite3.connect(tmp_path / "register.db", isolation_level=None)
            other.execute("PRAGMA busy_timeout=5000")
            other.execute("BEGIN EXCLUSIVE")
            world.says(IMRAN, "/cancel")
            bot.signal(signal.SIGTERM)
            code = await ends(bot)
            other.execute("ROLLBACK")
            other.close()
        async with started(nursery, tmp_path, "run", **settings) as bot:
            await imran.reads(texts.NOTHING_TO_CANCEL)
            await ends(bot)

    assert code in (0, LEFT)
    assert len(imran.texts) == 1
    assert taken(f"sqlite:///{tmp_path / 'register.db'}") == (1, 1)
