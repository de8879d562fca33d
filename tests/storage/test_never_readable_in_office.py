"""The same of everything that is done in office: cases, requests, shown numbers, slips, societies, broadcasts."""

import pytest

from bot import texts
from bot.core.access import Role
from bot.core.geo import Point
from tests.chat import Chat, Phone
from tests.conftest import make_officer
from tests.generator import Generator
from tests.handlers.test_asking import asks
from tests.storage.test_never_readable import log as log
from tests.storage.test_never_readable import ways_to_write

HOME, SCENE, SLIP, SOCIETY = (
    Point(22.723456, 75.884321),
    Point(22.723111, 75.884222),
    Point(22.698765, 75.871234),
    Point(22.741357, 75.867531),
)
NUMBERS = ("9876501234", "9123409876")
REFERENCE = "4711/2026"
WORDS = (
    "Gulmohar Court zq", "Sunita Verma zq, secretary", "the suspect lives next door zq", "bring a kettle zq",
    REFERENCE,
)  # fmt: skip
SECRETS: tuple[str | int | Point, ...] = (
    *(form for number in NUMBERS for form in (number, int(number), int(f"91{number}"))),
    *WORDS,
    *(HOME, SCENE, SLIP, SOCIETY),
)


def opens_a_case(officer: Phone) -> None:
    officer.says(f"/incident FIR {REFERENCE}; theft; {SCENE.lat}, {SCENE.lon}; 31 Oct 14:00 to 15:00")
    officer.says(f"/near {SCENE.lat} {SCENE.lon} 500")


def shows_a_number(officer: Phone) -> None:
    codes = Generator(officer.chat, officer.row)
    officer.taps(texts.PIN_BUTTON, n=1)
    officer.taps(texts.SHOW_NUMBER)
    officer.taps(texts.REASON_VISIT)
    officer.says(codes.code())
    assert texts.NUMBER_IS in officer.reads


def asks_the_owner(officer: Phone, owner: Phone) -> None:
    officer.says(f"/near {SCENE.lat} {SCENE.lon} 500")
    asks(officer, n=1)
    owner.looks()
    owner.taps(texts.I_HAVE_IT)
    owner.taps(texts.SHARE_YES)
    assert texts.SHARED in owner.reads


def delays_it(senior: Phone) -> None:
    opens_a_case(senior)
    senior.says("/delay")
    senior.says("14")
    senior.says("the suspect lives next door zq")
    assert senior.reads == [texts.DELAYED]


def enters_a_slip(staff: Phone) -> None:
    staff.says("/assist")
    staff.taps(texts.ASSIST_NEW)
    staff.says(NUMBERS[1])
    staff.pins(SLIP)
    staff.says("4")
    staff.taps(texts.ASSIST_ENTER)
    assert staff.reads == [texts.ASSISTED]


def asks_for_a_society(neighbour: Phone) -> None:
    neighbour.says("/rwa")
    neighbour.says("Gulmohar Court zq")
    neighbour.pins(SOCIETY)
    neighbour.says("Sunita Verma zq, secretary")
    assert neighbour.reads == [texts.RWA_SENT]


def writes_to_many(admin: Phone) -> None:
    admin.says("/broadcast")
    admin.taps(texts.TO_BEARERS)
    admin.says("bring a kettle zq")
    admin.taps(texts.SEND_IT)
    assert texts.BROADCAST_GOES in admin.reads


@pytest.mark.sqlite
def test_what_is_done_in_office_is_found_in_no_file_and_no_log(chat: Chat, log: pytest.CaptureFixture[str]) -> None:
    owner = chat.phone(1001, number=f"+91{NUMBERS[0]}")
    owner.registers(HOME)
    officer, senior = make_officer(chat, 2001), make_officer(chat, 2002, Role.SENIOR)
    staff, admin = make_officer(chat, 3001, Role.STAFF), make_officer(chat, 9001, Role.ADMIN)

    opens_a_case(officer)
    shows_a_number(officer)
    asks_the_owner(officer, owner)
    delays_it(senior)
    enters_a_slip(staff)
    asks_for_a_society(chat.phone(1002))
    staff.looks()
    staff.taps(texts.RWA_APPROVE)
    writes_to_many(admin)
    officer.sends_offline("/mydata")

    named = {path.name: path.read_bytes() for path in chat.file.parent.glob(f"{chat.file.name}*")}
    named["log"] = "".join(log.readouterr()).encode()
    named["database, closed"] = chat.saved()
    assert {f"{chat.file.name}-wal", chat.file.name, "log"} <= set(named)
    forms = {form: secret for secret in SECRETS for form in ways_to_write(secret)}
    assert b"Palasia" in named["database, closed"]  # what is no secret is found: the search works
    assert {(name, forms[form]) for name, held in named.items() for form in forms if form in held} == set()
