"""A stolen file is no burglar's map: what people told the bot is found nowhere in the database, its WAL or the logs."""

import json
import logging
import struct
from collections.abc import Iterator
from hashlib import sha256

import pytest
from sqlalchemy import text

from bot import logs, texts
from bot.core.access import Role
from bot.core.cover import cell_of
from bot.core.geo import Point
from bot.core.messages import Command, Contact, Envelope, Pin, Text, Whose
from handlers import reception
from storage.admin import invites
from tests.chat import Chat, Phone
from tests.conftest import invitation

HOME, SHOP, SEARCHED = Point(22.723456, 75.884321), Point(22.698765, 75.871234), Point(22.722222, 75.883333)
MOVED_FROM = Point(22.741357, 75.867531)
NUMBERS = ("9876543210", "9812345678", "9900112233", "9988776655")
CHATS = (7203948571, 6150482739, 5938271604, 5049382716)
WORDS = (
    "blue gate of Gupta ji", "नीला फाटक", "Sarafa Sweets", "SI Sharma, Palasia 1", "not a place zxqv", "rtsp://admin:hunter2",
    "NeedHere", "NeedCount", "change:count", "ask_accept", "22.72346", "75.88432",
)  # fmt: skip


@pytest.fixture
def log(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.CaptureFixture[str]]:
    """What the program logs at DEBUG."""
    root, levels = logging.getLogger(), {name: logging.getLogger(name).level for name in logs.OURS}
    monkeypatch.setattr(root, "handlers", [])
    before = root.level
    logs.set_up("DEBUG")
    yield capsys
    root.setLevel(before)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def story(chat: Chat) -> None:
    """A whole day at the bot, with people who stop in the middle and messages that still wait."""
    owner, half, officer, removed = (chat.phone(n, number=f"+91{m}") for n, m in zip(CHATS, NUMBERS, strict=True))
    owner.registers(MOVED_FROM)
    owner.taps(texts.MORE_QUESTIONS)
    for label in (texts.KIND_HOME, texts.YES, "15"):
        owner.taps(label)
    owner.says("blue gate of Gupta ji")
    moves(owner, HOME)
    removed.registers(SHOP)
    removed.says("/forget")
    removed.taps(texts.YES_FORGET)
    stops_half_way(half)
    become(officer)
    officer.says(f"/near {SEARCHED.lat} {SEARCHED.lon} 1 km")
    officer.taps(texts.PIN_BUTTON, n=1)
    officer.pins(SEARCHED)
    for who in (owner, half, officer):
        who.sends_offline("/mydata")
    group = chat.phone(-1001234567890)
    group.sends(Command("near", f"{HOME.lat} {HOME.lon}"), private=False)
    fails(chat, half)


def moves(owner: Phone, to: Point) -> None:
    owner.says("/mine")
    owner.taps(texts.MOVE)
    owner.pins(to)
    owner.taps(texts.YES_HERE)
    owner.taps(texts.SAVE)


def stops_half_way(half: Phone) -> None:
    half.says("/start")
    half.taps(texts.AGREE)
    half.sends(Contact("+919900112234", Whose.SOMEONE_ELSES))
    half.shares_number()
    for said in ("not a place zxqv", "rtsp://admin:hunter2@10.0.0.8/live", "नीला फाटक"):
        half.says(said)
    half.sends(Pin(SHOP, "Sarafa Sweets"))


def become(officer: Phone) -> None:
    until = officer.chat.now.replace(year=2028)
    officer.says(f"/start {invitation(officer.chat)}")
    officer.taps(texts.NO_THANKS)
    chat = officer.chat
    payload = chat.store.run(
        lambda tx: invites.make(tx, Role.OFFICER, "Palasia", "SI Sharma, Palasia 1", until, chat.now)
    )
    officer.says(f"/start {payload}")
    officer.taps(texts.ACCEPT_ROLE)


def fails(chat: Chat, who: Phone) -> None:
    """An update that the program breaks at, three times: it is set aside."""
    spoil = text("UPDATE person SET stages_sealed = zeroblob(80) WHERE id = :row").bindparams(row=who.row)
    chat.store.run(lambda tx: tx.connection().execute(spoil))
    envelope = Envelope("telegram", 9_000_001, who.id, who.id, Text("not a place zxqv"))
    for _ in range(3):
        chat.store.run(lambda tx: reception.take_all(tx, chat.house, [envelope], chat.now))


def ways_to_write(secret: str | int | Point) -> set[bytes]:
    """Every form in which something could lie in a file."""
    match secret:
        case Point(lat, lon):
            doubles = {struct.pack(f"{order}d", side) for order in "<>" for side in (lat, lon)}
            cell = cell_of(secret)
            numbers = {cell.to_bytes(8, order) for order in ("big", "little")}
            written = {f"{side:.{n}f}" for side in (lat, lon) for n in (4, 5, 6)} | {f"{cell:x}", str(cell)}
            return doubles | numbers | {form for text_ in written for form in ways_to_write(text_)}
        case int():
            packed = {secret.to_bytes(size, order) for size in (5, 6, 8) for order in ("big", "little")}
            return packed | ways_to_write(str(secret)) | {sha256(str(secret).encode()).digest()}
    encoded = {secret.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")}
    return encoded | {json.dumps(secret).strip('"').encode(), secret.encode().hex().encode()}


SECRETS: tuple[str | int | Point, ...] = (
    *(form for number in NUMBERS for form in (number, int(number), int(f"91{number}"))),
    *CHATS,
    1001234567890,
    *WORDS,
    HOME,
    SHOP,
    SEARCHED,
    MOVED_FROM,
)
FORMS = {form: secret for secret in SECRETS for form in ways_to_write(secret)} | {
    sha256(f"+91{number}".encode()).digest(): number for number in NUMBERS
}


@pytest.mark.sqlite
def test_planted_secrets_are_found_in_no_file_and_no_log(chat: Chat, log: pytest.CaptureFixture[str]) -> None:
    story(chat)
    named = {path.name: path.read_bytes() for path in chat.file.parent.glob(f"{chat.file.name}*")}
    named["log"] = "".join(log.readouterr()).encode()
    named["database, closed"] = chat.saved()

    assert {f"{chat.file.name}-wal", chat.file.name, "log"} <= set(named)
    assert b"Palasia" in named["database, closed"]  # what is no secret is found: the search works
    assert b"CannotOpenError" in named["log"]
    found = {(name, FORMS[form]) for name, held in named.items() for form in FORMS if form in held}
    assert found == set()


def test_nothing_of_a_message_is_left_once_it_was_sent(chat: Chat, resident: Phone) -> None:
    resident.says("/start")

    kept = chat.store.run(lambda tx: tx.connection().execute(text("SELECT message_sealed FROM outbox")).scalars().all())
    assert set(kept) == {b""}


@pytest.mark.parametrize(
    ("held", "secret"),
    [
        (struct.pack(">dd", HOME.lat, HOME.lon), HOME),
        (f'[{SHOP.lat}, {SHOP.lon}, ""]'.encode(), SHOP),
        (CHATS[0].to_bytes(6, "big"), CHATS[0]),  # as SQLite keeps a number of this size
        ("नीला फाटक".encode("utf-16-le"), "नीला फाटक"),
        (json.dumps({"label": "नीला फाटक"}).encode(), "नीला फाटक"),
    ],
)
def test_the_search_would_find_a_secret_in_whatever_form_it_lay_there(held: bytes, secret: object) -> None:
    assert secret in {FORMS[form] for form in FORMS if form in b"before" + held + b"after"}
