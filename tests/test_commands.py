"""The command line as its keeper meets it: real processes, and what they print."""

import asyncio
import re
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from sandbox.server import create_app, serve
from sandbox.state import USERNAME
from sandbox.world import World
from tests.commands import KEY, run

pytestmark = pytest.mark.xdist_group("commands")
COMMANDS = ("start", "run", "sandbox", "migrate", "check", "invite", "roles", "revoke")
NOWHERE = "http://127.0.0.1:9"


def test_help_names_every_command_in_a_line(tmp_path: Path) -> None:
    said = run(tmp_path, "--help")

    assert said.returncode == 0
    lines = {line.split()[0]: line for line in said.stdout.split("Commands:")[1].splitlines() if line.strip()}
    assert set(COMMANDS) <= set(lines)
    assert all(len(line) <= 100 for line in said.stdout.splitlines())


def test_the_help_of_a_command_says_what_to_give_it(tmp_path: Path) -> None:
    said = run(tmp_path, "invite", "--help").stdout

    assert "officer or admin" in said
    assert "--station" in said
    assert "--name" in said


def test_an_officer_is_invited_listed_and_a_stranger_cannot_be_revoked(tmp_path: Path) -> None:
    made = run(tmp_path, "invite", "officer", "--station", "Palasia", "--name", "SI, Palasia 1")
    listed = run(tmp_path, "roles")
    revoked = run(tmp_path, "revoke", "12345")

    assert made.returncode == 0
    payload = re.search(r"^payload: (i_[\w-]{22})$", made.stdout, re.MULTILINE)
    assert payload is not None
    assert payload[1].encode() not in (tmp_path / "register.db").read_bytes()
    assert "nobody holds a role yet" in listed.stdout
    assert (revoked.returncode, "no grant has that number" in revoked.stdout) == (1, True)


@pytest.mark.parametrize("role", ["resident", "mayor"])
def test_an_unknown_role_is_refused_with_those_that_there_are(tmp_path: Path, role: str) -> None:
    said = run(tmp_path, "invite", role, "--station", "Palasia", "--name", "SI")

    assert said.returncode == 2
    assert "officer, admin" in said.stderr
    assert not (tmp_path / "register.db").exists()


def test_migrate_makes_the_schema_once(tmp_path: Path) -> None:
    first, second = run(tmp_path, "migrate"), run(tmp_path, "migrate")

    assert first.stdout.startswith("schema (none) -> ")
    assert second.stdout.endswith("nothing to do\n")


def test_check_without_a_token_says_what_to_do_and_shows_no_secret(tmp_path: Path) -> None:
    run(tmp_path, "migrate")

    said = run(tmp_path, "check")

    assert said.returncode == 1
    lines = {line.split()[1]: line for line in said.stdout.splitlines()}
    assert lines["settings"].startswith("ok")
    assert lines["key"].startswith("ok")
    assert lines["database"].startswith("ok")
    assert lines["token"].startswith("BAD")
    assert "TELEGRAM_TOKEN" in lines["token"]
    assert KEY not in said.stdout + said.stderr


async def test_check_with_a_telegram_that_answers_is_all_fine(tmp_path: Path) -> None:
    world = World()
    run(tmp_path, "migrate")
    async with serve(create_app(world)) as server:
        said = await in_a_thread(tmp_path, "check", TELEGRAM_TOKEN=world.token, TELEGRAM_API_URL=server.url)

    assert (said.returncode, said.stderr) == (0, "")
    assert [line.split()[:2] for line in said.stdout.splitlines()] == [
        ["ok", name] for name in ("settings", "key", "database", "token", "webhook")
    ]
    assert f"@{USERNAME}" in said.stdout
    assert world.token.partition(":")[2] not in said.stdout


async def test_check_tells_a_refused_token_from_a_telegram_that_is_away(tmp_path: Path) -> None:
    world = World()
    wrong = f"{world.bot_id}:wrong-but-well-formed"
    async with serve(create_app(world)) as server:
        refused = await in_a_thread(tmp_path, "check", TELEGRAM_TOKEN=wrong, TELEGRAM_API_URL=server.url)
    away = await in_a_thread(tmp_path, "check", TELEGRAM_TOKEN=world.token, TELEGRAM_API_URL=NOWHERE)

    assert (refused.returncode, away.returncode) == (1, 1)
    assert "Telegram refuses it" in refused.stdout
    assert "cannot be reached" in away.stdout
    assert "wrong-but-well-formed" not in refused.stdout + refused.stderr


async def test_an_invitation_is_a_whole_link_when_telegram_says_the_bots_name(tmp_path: Path) -> None:
    world = World()
    words = ("invite", "admin", "--station", "HQ", "--name", "Keeper")
    async with serve(create_app(world)) as server:
        said = await in_a_thread(tmp_path, *words, TELEGRAM_TOKEN=world.token, TELEGRAM_API_URL=server.url)

    assert re.match(rf"https://t\.me/{USERNAME}\?start=i_[\w-]{{22}}\n", said.stdout)
    assert "It works once" in said.stdout


def test_run_without_a_token_points_to_botfather_and_the_sandbox(tmp_path: Path) -> None:
    said = run(tmp_path, "run")

    assert said.returncode == 2
    assert "TELEGRAM_TOKEN is missing" in said.stderr
    assert "citizen-eye sandbox" in said.stderr
    assert "Traceback" not in said.stderr


WRONG = {
    "CITIZEN_EYE_KEY is not the key of this database": {"CITIZEN_EYE_KEY": "17" * 32},
    "CITIZEN_EYE_KEY is wrong; expected: 32 random bytes": {"CITIZEN_EYE_KEY": "17" * 5},
    "DATABASE_URL cannot be opened": {"DATABASE_URL": "sqlite:////proc/nowhere/register.db"},
    "TIMEZONE is wrong; expected: a time zone's name": {"LOG_LEVEL": "loud", "TIMEZONE": "Indore"},
}


def test_what_keeps_it_from_starting_is_said_in_a_sentence(tmp_path: Path) -> None:
    run(tmp_path, "roles")

    said = {words: run(tmp_path, "roles", **settings) for words, settings in WRONG.items()}

    for words, result in said.items():
        assert result.returncode == 2
        assert words in result.stderr
        assert "Traceback" not in result.stderr


def test_migrate_too_says_in_a_sentence_that_the_database_cannot_be_opened(tmp_path: Path) -> None:
    said = run(tmp_path, "migrate", DATABASE_URL="sqlite:////proc/nowhere/register.db")

    assert (said.returncode, "DATABASE_URL cannot be opened" in said.stderr) == (2, True)
    assert "Traceback" not in said.stderr


async def in_a_thread(folder: Path, *words: str, **settings: str) -> CompletedProcess[str]:
    return await asyncio.to_thread(run, folder, *words, **settings)
