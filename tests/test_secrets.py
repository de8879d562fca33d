"""What must never be read in a log: the token, numbers, chats, places, and the words of people; at DEBUG either."""

import asyncio
import logging
import re
import signal
import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot import logs, opening, texts
from bot.commands import keeper
from bot.core.access import Role
from bot.settings import load
from sandbox.server import create_app, serve
from sandbox.world import World
from tests.commands import KEY, Nursery
from tests.live import Hands, hooked, opens_an_incident, registers, words_of
from tests.nursery import ERRORS
from tests.ports import free_port

pytestmark = pytest.mark.xdist_group("commands")
IMRAN, OFFICER = 1002, 2001
LAT, LON = 22.718537, 75.855041
AWAY = "Telegram cannot be reached"
WORDS = "my-neighbours-blue-gate"
TOKEN = "7000000001:made-up-for-the-sandbox-and-good-nowhere-else"


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name in logs.OURS:
        logging.getLogger(name).setLevel(logging.NOTSET)


def forbidden(world: World) -> list[str]:
    """Everything in this story that is nobody's business."""
    people = [world.people[IMRAN], world.people[OFFICER]]
    numbers = [person.phone.removeprefix("+91") for person in people]
    return [*numbers, "718537", "855041", "22.718", "75.855", WORDS, "Imran", "Shaikh", world.token, world.token[12:]]


def leaks(printed: str, world: World) -> list[str]:
    chats = re.findall(rf"(?<!\d)(?:{IMRAN}|{OFFICER})(?!\d)", printed)
    return [*chats, *(secret for secret in forbidden(world) if secret in printed)]


def invited(folder: Path) -> str:
    store = opening.register(
        load(_env_file=None, database_url=f"sqlite:///{folder / 'register.db'}", citizen_eye_key=KEY)
    )
    try:
        return keeper.invite(store, Role.OFFICER, "Palasia", "SI, Palasia 1", timedelta(days=1)).payload
    finally:
        store.close()


def break_the_outbox(folder: Path, *, mended: bool) -> None:
    """From now on every answer fails, with a person's words in the error."""
    register = sqlite3.connect(folder / "register.db", timeout=20)
    refuse = f"CREATE TRIGGER refuse BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    register.execute("DROP TRIGGER refuse" if mended else refuse)
    register.commit()
    register.close()


async def the_whole_story(world: World, folder: Path, payload: str) -> None:
    """Everything that people do, and everything that goes wrong."""
    imran, officer = Hands(world, world.people[IMRAN]), Hands(world, world.people[OFFICER])
    world.starts(OFFICER, payload)
    await officer.takes_up(Role.OFFICER, "Palasia")
    await opens_an_incident(officer)
    number = await registers(imran, LAT, LON, 4)
    world.says(OFFICER, f"/near {LAT} {LON} 500")
    await officer.sees(lambda said: number in words_of(said))
    for words in (WORDS, f"/{WORDS}", "rtsp://admin:secret@10.0.0.1", f"/start {WORDS}"):
        world.says(IMRAN, words)
    for status in (500, "drop", "after"):
        world.faults.add("sendMessage", status=status)
    world.faults.add("answerCallbackQuery", status=400, description=f"Bad Request: {WORDS}")
    world.taps(IMRAN, 1, WORDS)
    world.faults.add("sendMessage", status=400, description=f"Bad Request: {WORDS}")
    world.inbox.add("message", {"message_id": WORDS, "chat": {"id": IMRAN, "type": WORDS}, "text": WORDS})
    world.says(IMRAN, "/mine")
    await imran.taps(texts.REMOVE)
    break_the_outbox(folder, mended=False)
    world.says(IMRAN, f"/near {LAT} {LON}")
    world.says(IMRAN, WORDS)
    await until(lambda: (folder / ERRORS).read_text().count("IntegrityError") >= 3)
    break_the_outbox(folder, mended=True)


async def until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not happened():  # noqa: ASYNC110 - a file rings no bell
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("way", [dict, hooked], ids=["polling", "webhook"])
async def test_a_whole_story_with_every_trouble_leaves_no_secret_in_what_the_bot_prints(
    tmp_path: Path, nursery: Nursery, way: Callable[[], dict[str, object]]
) -> None:
    world = World()
    world.webhook_pace = 0.1
    payload = invited(tmp_path)
    listening = {name.upper(): str(value) for name, value in way().items()}
    settings = {"TELEGRAM_TOKEN": world.token, "LOG_LEVEL": "DEBUG"} | listening

    port = free_port()
    bot = nursery.start(tmp_path, "run", TELEGRAM_API_URL=f"http://127.0.0.1:{port}", **settings)
    await until(lambda: AWAY in bot.errors)
    async with serve(create_app(world), port):
        await the_whole_story(world, tmp_path, payload)
        before = bot.errors.count(AWAY)
    if not listening:  # whoever polls notices it at once, a webhook is looked after once a minute
        await until(lambda: bot.errors.count(AWAY) > before)
    bot.signal(signal.SIGTERM)
    code = await bot.ends()

    printed = bot.output + bot.errors
    assert code == 0
    assert "IntegrityError" in printed
    assert "was refused: BadRequest" in printed
    assert leaks(printed, world) == []
    assert payload not in printed


@pytest.mark.parametrize("name", ["handlers.turn", "telegram.ext", "apscheduler.executors", "some.package"])
def test_an_error_is_told_by_its_kind_and_place_and_not_by_its_words(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up("DEBUG")
    phone = World().people[IMRAN].phone
    try:
        raise ValueError(f"{WORDS} {phone}")
    except ValueError:
        logging.getLogger(name).exception("update 7 failed")
    said = capsys.readouterr().err

    assert "update 7 failed" in said
    assert "ValueError" in said
    assert "test_secrets.py" in said
    assert WORDS not in said
    assert phone[3:] not in said


def test_a_token_is_blotted_out_wherever_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("DEBUG")

    logging.getLogger("httpx").warning("POST https://api.telegram.org/bot%s/getMe", TOKEN)
    said = capsys.readouterr().err

    assert "[token]/getMe" in said
    assert TOKEN not in said
    assert TOKEN[12:] not in said


def test_libraries_are_held_at_warning_when_the_bot_itself_is_at_debug(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("DEBUG")

    for name in ("httpx", "telegram.Bot", "sqlalchemy.engine", "some.package"):
        logging.getLogger(name).info("bodies and addresses")
    logging.getLogger("handlers.delivery").debug("ids only")
    said = capsys.readouterr().err

    assert "bodies and addresses" not in said
    assert "ids only" in said
