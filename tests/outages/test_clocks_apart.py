"""Workers whose machines disagree by a day on what time it is, and a bot that begins again on a clock put back."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import timedelta
from functools import partial
from pathlib import Path

import httpx
import pytest
from sqlmodel import col, func, select

from bot import app, texts
from bot.core.messages import phrase
from bot.words import words
from sandbox.people import Person
from sandbox.server import create_app, serve
from sandbox.world import World
from storage import claims, ids, outbox
from storage.engine import Store, open_engine
from storage.keycheck import key_fits
from storage.moment import Clock, wall_clock
from storage.seal import Seal
from storage.tables.register import Claim, Job, Outbox
from tests.crash.front import front_door
from tests.handlers.channel import Channel
from tests.live import Live, alive, bot_running, live_settings
from tests.ports import free_port
from tests.postgres import Cluster

ASHA, IMRAN = "1001", "1002"
DAY = timedelta(days=1)
CROWD = [Person(5000 + n, f"Neighbour {n}", language_code="en") for n in range(12)]
SAYS = ("/cancel", "/mine", "/language")
ANSWERS = [words(phrase(text), "en") for text in (texts.NOTHING_TO_CANCEL, texts.MINE_NONE, texts.CHOOSE_NOW)]


@pytest.fixture
def workers(postgres: Cluster) -> Iterator[list[Store]]:
    """Three on one register: yesterday, today and tomorrow, as their machines have it."""
    url = postgres.fresh()
    stores = [Store(open_engine(url), Seal([bytes(range(32))])) for _ in range(3)]
    for n, store in enumerate(stores):
        store.clock = Clock(follows=True, wall=partial(lambda n: wall_clock() + (n - 1) * DAY, n))
        store.run(key_fits)
    yield stores
    for store in stores:
        store.close()
    postgres.drop(url)


def test_workers_whose_machines_disagree_agree_on_the_moment(workers: list[Store]) -> None:
    said = [store.clock() for store in workers]

    assert max(said) - min(said) < timedelta(seconds=5)


async def test_answers_keep_their_order_and_leave_once_whichever_worker_took_the_message(
    workers: list[Store], tmp_path: Path
) -> None:
    began = today()
    world, door, ports = World(list(CROWD)), free_port(), [free_port() for _ in workers]
    world.faults.add("sendMessage", times=40, status=500)  # so that answers of several workers wait at once
    async with serve(create_app(world)) as server, AsyncExitStack() as stack:
        await stack.enter_async_context(front_door(door, ports))
        hook = f"http://127.0.0.1:{door}/updates"
        for store, port in zip(workers, ports, strict=True):
            settings = live_settings(
                world.token, server.url, tmp_path / "unused.db", webhook_url=hook, listen_port=port
            )
            await stack.enter_async_context(bot_running(settings, store))
        for command in SAYS:
            for person in CROWD:
                world.says(person.id, command)
        live = Live(world, workers[0], settings)
        await live.until(lambda: not world.inbox.pending(1))
        world.faults.clear()
        await live.settles()
        ready = await said_by(ports)

    assert workers[0].run(claims.set_aside) == 0
    assert count(workers[0], Claim) == len(CROWD) * len(SAYS)
    assert {person.id: live.hands(person.id).texts for person in CROWD} == {person.id: ANSWERS for person in CROWD}
    assert jobs_done_on(workers[0]) in ({began}, {today()}, {began, today()})
    assert [line[:14] for lines in ready for line in lines if "clock" in line] == ["ok   clock    "] * len(workers)


async def said_by(ports: list[int]) -> list[list[str]]:
    async with httpx.AsyncClient(trust_env=False) as keeper:
        asked = [keeper.get(f"http://127.0.0.1:{port}/health/ready") for port in ports]
        return [answer.text.splitlines() for answer in await asyncio.gather(*asked)]


def count(store: Store, table: type[Claim]) -> int:
    return store.run(lambda tx: tx.exec(select(func.count()).select_from(table)).one())


def today() -> int:
    return int(wall_clock().timestamp() // DAY.total_seconds())


def jobs_done_on(store: Store) -> set[int]:
    """The days of which the daily slot was taken: none of yesterday's or tomorrow's."""
    return store.run(lambda tx: set(tx.exec(select(Job.slot).where(Job.name == "put unused accounts to sleep"))))


@pytest.mark.parametrize("days", [1, -1], ids=["ahead", "behind"])
async def test_a_machine_whose_clock_is_a_day_off_says_so_while_everybody_is_answered(
    store: Store, tmp_path: Path, days: int
) -> None:
    store.clock = Clock(follows=False, wall=lambda: wall_clock() + days * DAY)
    async with alive(World(list(CROWD)), store, tmp_path / "unused.db", listen_port=free_port()) as live:
        for person in CROWD:
            live.world.says(person.id, "/cancel")
        await live.settles()
        [ready] = await said_by([live.settings.listen_port])

    assert [line for line in ready if line.startswith("BAD")] == [line for line in ready if "clock" in line]
    assert any("86,400 s" in line or "86,401 s" in line or "86,399 s" in line for line in ready), ready
    assert all(live.hands(person.id).texts == ANSWERS[:1] for person in CROWD)
    assert count(store, Claim) == len(CROWD)


async def test_what_waited_before_a_restart_on_a_clock_put_back_leaves_first(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = Channel(store)
    channel.later(DAY.total_seconds())
    channel.queue(ASHA, "a1", "a2")
    monkeypatch.setattr(ids, "_last", 0)  # a new process

    channel.later(-DAY.total_seconds())
    store.run(outbox.go_on)
    channel.queue(ASHA, "a3")
    channel.queue(IMRAN, "i1")
    async with channel.working():
        await channel.delivered()

    assert [tried for tried in channel.tried if tried.startswith(b"a")] == [b"a1", b"a2", b"a3"]
    assert store.run(lambda tx: tx.exec(select(func.count()).where(col(Outbox.outcome) == "sent")).one()) == 4


def test_the_moment_of_whoever_has_no_register_open_is_this_machines() -> None:
    assert abs(app.now() - wall_clock()) < timedelta(seconds=5)
