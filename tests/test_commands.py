"""The command line as its keeper meets it: real processes, and what they print."""

import asyncio
import re
import signal
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import zxingcpp
from PIL import Image

from sandbox.server import create_app, serve
from sandbox.state import USERNAME
from sandbox.world import World
from tests.commands import KEY, Nursery, fresh

pytestmark = pytest.mark.xdist_group("commands")
INVITE = ("invite", "officer", "--station", "Palasia", "--name", "SI")
COMMANDS = ("start", "run", "sandbox", "migrate", "check", "invite", "roles", "revoke")
OWN_KEY = {"DATABASE_URL": "sqlite:///data/town.db", "CITIZEN_EYE_KEY": ""}
NOWHERE = "http://127.0.0.1:9"


def test_help_names_every_command_in_a_line(tmp_path: Path) -> None:
    said = fresh(tmp_path, "--help")

    assert said.returncode == 0
    lines = {line.split()[0]: line for line in said.stdout.split("Commands:")[1].splitlines() if line.strip()}
    assert set(COMMANDS) <= set(lines)
    assert all(len(line) <= 100 for line in said.stdout.splitlines())


@pytest.mark.parametrize("group", [(), ("keys",), ("import",), ("audit",)])
def test_every_line_of_the_help_is_whole_on_a_narrow_screen(
    tmp_path: Path, nursery: Nursery, group: tuple[str, ...]
) -> None:
    said = nursery.run(tmp_path, *group, "--help", COLUMNS="80").output

    lines = [line for line in said.split("Commands:")[1].splitlines() if line.strip()]
    assert [line for line in lines if not line.endswith(".")] == []
    assert [line for line in lines if line.endswith("...")] == []


def test_the_help_of_a_command_says_what_to_give_it(tmp_path: Path, nursery: Nursery) -> None:
    said = nursery.run(tmp_path, "invite", "--help").output

    assert "officer, senior, staff or admin" in said
    assert "--station" in said
    assert "--name" in said


def test_an_officer_is_invited_listed_and_a_stranger_cannot_be_revoked(tmp_path: Path, nursery: Nursery) -> None:
    nursery.run(tmp_path, "migrate")
    made = nursery.run(tmp_path, "invite", "officer", "--station", "Palasia", "--name", "SI, Palasia 1")
    listed = nursery.run(tmp_path, "roles")
    revoked = nursery.run(tmp_path, "revoke", "12345")

    assert made.code == 0
    payload = re.search(r"^payload: (i_[\w-]{22})$", made.output, re.MULTILINE)
    assert payload is not None
    assert payload[1].encode() not in (tmp_path / "register.db").read_bytes()
    assert "No outline of a station Palasia was imported (known: none)" in made.output
    assert "nobody holds a role yet" in listed.output
    assert (revoked.code, "no grant and no link has that number" in revoked.output) == (1, True)


def test_the_second_factor_is_shown_once_as_a_picture_that_a_phone_reads(tmp_path: Path, nursery: Nursery) -> None:
    nursery.run(tmp_path, "migrate")
    said = nursery.run(tmp_path, *INVITE, "--png", "officer.png")
    [read] = zxingcpp.read_barcodes(Image.open(tmp_path / "officer.png"))
    again = nursery.run(tmp_path, *INVITE, "--png", "officer.png")
    on_screen = nursery.run(tmp_path, *INVITE)

    seed = parse_qs(urlsplit(read.text).query)["secret"][0]
    assert read.text.startswith("otpauth://totp/Citizen-Eye%20Indore:SI?secret=")
    assert seed not in said.output
    assert seed.encode() not in (tmp_path / "register.db").read_bytes()
    assert (tmp_path / "officer.png").stat().st_mode & 0o077 == 0
    assert (again.code, "there is a file" in again.errors) == (2, True)
    assert "▀" in on_screen.output


def test_only_who_holds_a_role_with_a_second_factor_gets_one(tmp_path: Path, nursery: Nursery) -> None:
    nursery.run(tmp_path, "migrate")
    staff = nursery.run(tmp_path, "invite", "staff", "--station", "Palasia", "--name", "SI")
    nobody = nursery.run(tmp_path, "factor", "12345")

    assert "▀" not in staff.output
    assert (nobody.code, "citizen-eye roles" in nobody.errors) == (2, True)


def test_a_link_sent_to_the_wrong_person_is_listed_and_withdrawn(tmp_path: Path, nursery: Nursery) -> None:
    nursery.run(tmp_path, "migrate")
    nursery.run(tmp_path, "invite", "officer", "--station", "Palasia", "--name", "SI, Palasia 1")
    [link] = [line for line in nursery.run(tmp_path, "roles").output.splitlines() if "a link, not used yet" in line]

    withdrawn = nursery.run(tmp_path, "revoke", link.split()[0])

    assert (withdrawn.code, withdrawn.output) == (0, "withdrawn: the link for officer, Palasia\n")
    assert "link" not in nursery.run(tmp_path, "roles").output


@pytest.mark.parametrize(
    "words", [INVITE, ("roles",), ("revoke", "7"), ("check",), ("keys", "show"), ("keys", "rotate")]
)
def test_in_the_wrong_folder_a_command_says_so_and_makes_no_second_register(
    tmp_path: Path, nursery: Nursery, words: tuple[str, ...]
) -> None:
    said = nursery.run(tmp_path, *words, DATABASE_URL="sqlite:///data/town.db", CITIZEN_EYE_KEY="")

    assert said.code in (1, 2)
    assert f"there is no register at {tmp_path}/data/town.db" in said.output + said.errors
    assert "Traceback" not in said.errors
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("number", ["0", "-1", "99999999999999999999"])
def test_a_number_that_no_grant_can_have_is_refused(tmp_path: Path, nursery: Nursery, number: str) -> None:
    said = nursery.run(tmp_path, "revoke", "--", number)

    assert (said.code, "Traceback" in said.errors) == (2, False)


@pytest.mark.parametrize("role", ["resident", "mayor"])
def test_an_unknown_role_is_refused_with_those_that_there_are(tmp_path: Path, nursery: Nursery, role: str) -> None:
    said = nursery.run(tmp_path, "invite", role, "--station", "Palasia", "--name", "SI")

    assert said.code == 2
    assert "officer, senior, staff, bearer, admin" in said.errors
    assert not (tmp_path / "register.db").exists()


def test_migrate_makes_the_schema_once(tmp_path: Path, nursery: Nursery) -> None:
    first, second = nursery.run(tmp_path, "migrate"), nursery.run(tmp_path, "migrate")

    assert first.output.startswith("schema (none) -> ")
    assert second.output.endswith("nothing to do\n")


def test_check_without_a_token_says_what_to_do_and_shows_no_secret(tmp_path: Path, nursery: Nursery) -> None:
    nursery.run(tmp_path, "migrate")

    said = nursery.run(tmp_path, "check")

    assert said.code == 1
    lines = {line.split()[1]: line for line in said.output.splitlines()}
    assert lines["settings"].startswith("ok")
    assert lines["key"].startswith("ok")
    assert lines["database"].startswith("ok")
    assert lines["token"].startswith("BAD")
    assert "TELEGRAM_TOKEN" in lines["token"]
    assert KEY not in said.output + said.errors


@pytest.mark.parametrize("command", ["run", "check"])
def test_a_misspelt_setting_is_said_with_the_right_name_and_never_its_value(
    tmp_path: Path, nursery: Nursery, command: str
) -> None:
    nursery.run(tmp_path, "migrate")
    (tmp_path / ".env").write_text("TELEGRAM_TOKN=123456789:AAE-made-up\n", encoding="utf-8")

    said = nursery.run(tmp_path, command)

    assert ".env: TELEGRAM_TOKN is not a setting; did you mean TELEGRAM_TOKEN?" in said.errors
    assert "AAE-made-up" not in said.output + said.errors


async def test_a_misspelt_setting_stops_nothing(tmp_path: Path, nursery: Nursery) -> None:
    world = World()
    (tmp_path / ".env").write_text("CITY_NMAE=Ujjain\n", encoding="utf-8")
    nursery.run(tmp_path, "migrate")
    async with serve(create_app(world)) as server:
        said = await asyncio.to_thread(
            nursery.run, tmp_path, "check", TELEGRAM_TOKEN=world.token, TELEGRAM_API_URL=server.url
        )

    assert said.code == 0
    assert "did you mean CITY_NAME?" in said.errors


@pytest.mark.parametrize(
    ("key", "told"), [("11" * 32, "not the key of this database"), ("", "CITIZEN_EYE_KEY is missing")]
)
def test_check_has_a_line_for_everything_also_where_the_key_is_wrong(
    tmp_path: Path, nursery: Nursery, key: str, told: str
) -> None:
    for command in ("migrate", "roles"):  # the register is opened once with its own key
        nursery.run(tmp_path, command)

    said = nursery.run(tmp_path, "check", CITIZEN_EYE_KEY=key)

    lines = {line.split()[1]: line for line in said.output.splitlines()}
    assert list(lines) == ["settings", "key", "database", "token", "webhook", "pictures"]
    assert told in lines["key"]
    assert "the key comes first" in lines["database"]
    assert "the token comes first" in lines["webhook"]


async def test_check_of_a_webhook_without_a_port_says_that_the_command_needs_one(
    tmp_path: Path, nursery: Nursery
) -> None:
    world = World()
    nursery.run(tmp_path, "migrate")
    async with serve(create_app(world)) as server:
        settings = {"TELEGRAM_TOKEN": world.token, "TELEGRAM_API_URL": server.url}
        settings["WEBHOOK_URL"] = "https://bot.example.org/updates"
        without = await asyncio.to_thread(nursery.run, tmp_path, "check", **settings)
        with_one = await asyncio.to_thread(nursery.run, tmp_path, "check", LISTEN_PORT="8080", **settings)

    assert "needs --port" in without.output
    assert "needs --port" not in with_one.output


async def test_check_with_a_telegram_that_answers_is_all_fine(tmp_path: Path, nursery: Nursery) -> None:
    world = World()
    nursery.run(tmp_path, "migrate")
    async with serve(create_app(world)) as server:
        said = await asyncio.to_thread(
            nursery.run, tmp_path, "check", TELEGRAM_TOKEN=world.token, TELEGRAM_API_URL=server.url
        )

    assert (said.code, said.errors) == (0, "")
    assert [line.split()[:2] for line in said.output.splitlines()] == [
        ["ok", name] for name in ("settings", "key", "database", "token", "webhook", "pictures")
    ]
    assert f"@{USERNAME}" in said.output
    assert world.token.partition(":")[2] not in said.output


def test_check_says_when_the_map_server_gives_no_tiles(tmp_path: Path, nursery: Nursery) -> None:
    nursery.run(tmp_path, "migrate")

    said = nursery.run(tmp_path, "check", TILE_URL=NOWHERE + "/{z}/{x}/{y}.png")

    lines = {line.split()[1]: line for line in said.output.splitlines()}
    assert lines["pictures"].startswith("BAD")
    assert "grid" in lines["pictures"]


async def test_check_tells_a_refused_token_from_a_telegram_that_is_away(tmp_path: Path, nursery: Nursery) -> None:
    nursery.run(tmp_path, "migrate")
    world = World()
    wrong = f"{world.bot_id}:wrong-but-well-formed"
    async with serve(create_app(world)) as server:
        refused = await asyncio.to_thread(
            nursery.run, tmp_path, "check", TELEGRAM_TOKEN=wrong, TELEGRAM_API_URL=server.url
        )
    away = await asyncio.to_thread(nursery.run, tmp_path, "check", TELEGRAM_TOKEN=world.token, TELEGRAM_API_URL=NOWHERE)

    assert (refused.code, away.code) == (1, 1)
    assert "Telegram refuses it" in refused.output
    assert "cannot be reached" in away.output
    assert "wrong-but-well-formed" not in refused.output + refused.errors


async def test_an_invitation_is_a_whole_link_when_telegram_says_the_bots_name(tmp_path: Path, nursery: Nursery) -> None:
    nursery.run(tmp_path, "migrate")
    world = World()
    words = ("invite", "admin", "--station", "HQ", "--name", "Keeper")
    async with serve(create_app(world)) as server:
        said = await asyncio.to_thread(
            nursery.run, tmp_path, *words, TELEGRAM_TOKEN=world.token, TELEGRAM_API_URL=server.url
        )

    assert re.match(rf"https://t\.me/{USERNAME}\?start=i_[\w-]{{22}}\n", said.output)
    assert "It works once" in said.output


async def run_for_a_moment(nursery: Nursery, folder: Path) -> str:
    """What runs in this folder have said so far, this one with a Telegram that answers."""
    world = World()
    async with serve(create_app(world)) as server:
        settings = OWN_KEY | {"TELEGRAM_TOKEN": world.token, "TELEGRAM_API_URL": server.url}
        bot = nursery.start(folder, "run", **settings)
        await world.wait_for(lambda: "hi" in world.profile.short_descriptions, 60)
        bot.signal(signal.SIGTERM)
        await bot.ends()
    return bot.output


async def test_the_first_run_says_that_a_key_was_made_and_the_second_does_not(tmp_path: Path, nursery: Nursery) -> None:
    said = [await run_for_a_moment(nursery, tmp_path) for _ in range(2)]

    assert f"A key was made: {Path('data') / 'key'}" in said[0]
    assert [words.count("A key was made") for words in said] == [1, 1]
    assert [words.count("is open") for words in said] == [1, 2]
    assert (tmp_path / "data" / "key").stat().st_mode & 0o077 == 0


def test_run_without_a_token_points_to_botfather_and_the_sandbox(tmp_path: Path, nursery: Nursery) -> None:
    said = nursery.run(tmp_path, "run")

    assert said.code == 2
    assert "TELEGRAM_TOKEN is missing" in said.errors
    assert "citizen-eye sandbox" in said.errors
    assert "Traceback" not in said.errors


WRONG = {
    "CITIZEN_EYE_KEY is not the key of this database": {"CITIZEN_EYE_KEY": "17" * 32},
    "CITIZEN_EYE_KEY is wrong; expected: 32 random bytes": {"CITIZEN_EYE_KEY": "17" * 5},
    "there is no register at /proc/nowhere/register.db": {"DATABASE_URL": "sqlite:////proc/nowhere/register.db"},
    "DATABASE_URL cannot be opened": {"DATABASE_URL": "sqlite:////proc/version"},
    "TIMEZONE is wrong; expected: a time zone's name": {"LOG_LEVEL": "loud", "TIMEZONE": "Indore"},
}


def test_what_keeps_it_from_starting_is_said_in_a_sentence(tmp_path: Path, nursery: Nursery) -> None:
    nursery.run(tmp_path, "migrate")
    nursery.run(tmp_path, "roles")  # the first key that opens a register becomes its own

    said = {words: nursery.run(tmp_path, "roles", **settings) for words, settings in WRONG.items()}

    for words, result in said.items():
        assert result.code == 2
        assert words in result.errors
        assert "Traceback" not in result.errors


def test_migrate_too_says_in_a_sentence_that_the_database_cannot_be_opened(tmp_path: Path, nursery: Nursery) -> None:
    said = nursery.run(tmp_path, "migrate", DATABASE_URL="sqlite:////proc/nowhere/register.db")

    assert (said.code, "DATABASE_URL cannot be opened" in said.errors) == (2, True)
    assert "Traceback" not in said.errors
