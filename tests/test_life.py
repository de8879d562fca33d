"""How the bot begins and ends, as a real process: a Telegram that is away, a refused token, SIGTERM."""

import asyncio
import signal
import socket
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import texts
from bot.stopping import LEAVE_S
from sandbox.server import create_app, serve
from sandbox.state import Webhook
from sandbox.world import World
from tests.commands import Nursery, Running, started
from tests.live import Hands, hooked
from tests.ports import free_port

pytestmark = pytest.mark.xdist_group("commands")
IMRAN = 1002
LONGEST_END_S = 5.0


def telegram(world: World, port: int) -> dict[str, str]:
    return {"TELEGRAM_TOKEN": world.token, "TELEGRAM_API_URL": f"http://127.0.0.1:{port}"}


async def until_printed(bot: Running, words: str) -> None:
    async with asyncio.timeout(30):
        while words not in bot.errors + bot.output:  # noqa: ASYNC110 - a file rings no bell
            await asyncio.sleep(0.02)


async def ends(bot: Running) -> int:
    """Ask it to end, as a service manager does: its exit code; `LEFT` where the watchdog had to end it."""
    bot.signal(signal.SIGTERM)
    return await bot.ends()


def test_the_watchdog_ends_it_before_a_service_manager_loses_patience() -> None:
    assert LEAVE_S < LONGEST_END_S


async def test_a_telegram_that_is_away_at_the_start_is_waited_for(tmp_path: Path, nursery: Nursery) -> None:
    world, port = World(), free_port()
    imran = Hands(world, world.people[IMRAN])

    async with started(nursery, tmp_path, "run", **telegram(world, port)) as bot:
        await until_printed(bot, "Telegram cannot be reached: NetworkError")
        async with serve(create_app(world), port):
            world.says(IMRAN, "/cancel")
            await imran.reads(texts.NOTHING_TO_CANCEL)
            code = await ends(bot)

    assert code == 0
    assert "Traceback" not in bot.errors


async def test_it_can_be_stopped_while_telegram_is_away(tmp_path: Path, nursery: Nursery) -> None:
    world = World()

    async with started(nursery, tmp_path, "run", **telegram(world, free_port())) as bot:
        await until_printed(bot, "Telegram cannot be reached")
        code = await ends(bot)

    assert code == 0


async def test_it_can_be_stopped_while_telegram_takes_its_time_to_answer(tmp_path: Path, nursery: Nursery) -> None:
    world = World()
    world.faults.add("getMe", status="slow", seconds=60)

    async with (
        serve(create_app(world)) as server,
        started(nursery, tmp_path, "run", **telegram(world, server.port)) as bot,
    ):
        await until_printed(bot, "The register of Indore is open")
        await asyncio.sleep(1)
        code = await ends(bot)

    assert code == 0


async def test_a_refused_token_is_said_in_a_sentence_without_the_token(tmp_path: Path, nursery: Nursery) -> None:
    world = World()
    wrong = {"TELEGRAM_TOKEN": f"{world.bot_id}:wrong-but-well-formed"}

    async with serve(create_app(world)) as server:
        settings = telegram(world, server.port) | wrong
        async with started(nursery, tmp_path, "run", **settings) as bot:
            code = await bot.ends()

    assert code == 2
    assert "TELEGRAM_TOKEN was refused by Telegram; expected: the token from BotFather" in bot.errors
    assert "wrong-but-well-formed" not in bot.errors
    assert "Traceback" not in bot.errors


async def test_a_token_that_is_revoked_while_the_bot_runs_ends_it_with_the_same_sentence(
    tmp_path: Path, nursery: Nursery
) -> None:
    world = World()
    async with (
        serve(create_app(world)) as server,
        started(nursery, tmp_path, "run", **telegram(world, server.port)) as bot,
    ):
        await world.wait_for(lambda: [call for call in world.calls if call.method == "setMyCommands"], 30)

        world.token = f"{world.bot_id}:a-new-one-from-botfather"
        world.says(IMRAN, "/start")
        code = await bot.ends()

    assert code == 2
    assert "TELEGRAM_TOKEN was refused" in bot.errors


def hook() -> list[str]:
    settings = hooked()
    return ["--webhook", settings["webhook_url"], "--port", str(settings["listen_port"])]


COUNT = """SELECT count(*) FROM (
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT {steps}) SELECT i FROM n)"""
SLOW = "CREATE TRIGGER slow BEFORE INSERT ON outbox BEGIN {count}; END"


def takes_a_second(register: sqlite3.Connection) -> str:
    """A query that takes about so long on this computer, as busy as it is now."""
    few, began = 200_000, time.monotonic()
    register.execute(COUNT.format(steps=few)).fetchone()
    return COUNT.format(steps=round(few / (time.monotonic() - began)))


def at_work(register: sqlite3.Connection) -> bool:
    """Whether somebody else is in the middle of a transaction."""
    try:
        register.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return True
    register.execute("ROLLBACK")
    return False


async def under_way(register: sqlite3.Connection) -> None:
    """Wait for a transaction that is there at several looks in a row: the short ones are not meant."""
    async with asyncio.timeout(30):
        looks = 0
        while looks < 5:
            await asyncio.sleep(0.02)
            looks = looks + 1 if at_work(register) else 0


@pytest.mark.parametrize("way", [list, hook], ids=["polling", "webhook"])
async def test_sigterm_finishes_the_transaction_under_way(
    tmp_path: Path, nursery: Nursery, way: Callable[[], list[str]]
) -> None:
    world = World()
    async with (
        serve(create_app(world)) as server,
        started(nursery, tmp_path, "run", *way(), **telegram(world, server.port)) as bot,
    ):
        await world.wait_for(lambda: world.profile.short_descriptions.get("hi"), 30)
        register = sqlite3.connect(tmp_path / "register.db", isolation_level=None)
        register.execute("PRAGMA busy_timeout=5000")
        register.execute(SLOW.format(count=takes_a_second(register)))
        register.execute("PRAGMA busy_timeout=0")
        world.says(IMRAN, "/start")
        await under_way(register)

        bot.signal(signal.SIGTERM)
        interrupted = at_work(register)
        code = await bot.ends()

    people, queued = register.execute("SELECT (SELECT count(*) FROM person), (SELECT count(*) FROM outbox)").fetchone()
    register.close()
    assert interrupted
    assert (code, people, queued) == (0, 1, 1)
    assert "Traceback" not in bot.errors


async def test_a_webhook_without_a_port_and_a_taken_port_are_said_in_a_sentence(
    tmp_path: Path, nursery: Nursery
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        settings = telegram(World(), free_port())

        without = nursery.run(tmp_path, "run", "--webhook", "https://bot.example.org/updates", **settings)
        on_a_taken_one = nursery.run(tmp_path, "run", "--port", str(port), **settings)

    assert (without.code, on_a_taken_one.code) == (2, 2)
    assert "LISTEN_PORT is missing" in without.errors
    assert f"nothing can listen on 127.0.0.1 port {port}" in on_a_taken_one.errors
    assert "Traceback" not in without.errors + on_a_taken_one.errors


async def test_whoever_polls_after_a_webhook_is_told_what_to_do_and_loses_nothing(
    tmp_path: Path, nursery: Nursery
) -> None:
    world = World()
    world.webhook = Webhook(f"http://127.0.0.1:{free_port()}/gone", "secret", 40)
    imran = Hands(world, world.people[IMRAN])
    async with (
        serve(create_app(world)) as server,
        started(nursery, tmp_path, "run", **telegram(world, server.port)) as bot,
    ):
        world.says(IMRAN, "/cancel")
        await until_printed(bot, "citizen-eye unhook")
        other = tmp_path / "other"
        other.mkdir()

        said = await asyncio.to_thread(nursery.run, other, "unhook", **telegram(world, server.port))
        await imran.reads(texts.NOTHING_TO_CANCEL)

    assert said.output.startswith("deleted: http://127.0.0.1")
