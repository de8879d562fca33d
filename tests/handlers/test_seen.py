"""`/seen`: every look at an entry is its owner's to know: which day, station and kind of incident, and never who."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, func, select

from bot import texts
from bot.core.casework.incident import IncidentKind, Told
from bot.core.casework.search_answer import PAGE
from bot.core.geo import Point
from bot.core.messages import Say
from bot.core.registration import Site
from bot.words import words
from storage import registrations
from storage.admin import grants
from storage.casework import incidents, looks, reveals
from storage.casework.looks import Act, Eye
from storage.tables.casework import Incident
from storage.tables.register import Outbox
from tests.chat import RAJWADA, Chat, Phone
from tests.town import refuse_rows

ROOT = Path(__file__).parent.parent.parent


def works_on(officer: Phone, kind: IncidentKind = IncidentKind.THEFT) -> Incident:
    """The officer opens an incident, which is their current one from then on."""
    chat = officer.chat
    start = chat.now - timedelta(hours=2)
    told = Told("FIR 123/2026", kind, Site(RAJWADA), start, start + timedelta(hours=1))
    return chat.store.run(lambda tx: incidents.begin(tx, grants.of(tx, officer.row)[0], told, chat.now))


def seen(owner: Phone) -> list[dict[str, str]]:
    """The lines of `/seen`, in words."""
    owner.says("/seen")
    lines = [line for said in owner.answers if isinstance(said, Say) for line in said.lines]
    found = [line.values for line in lines if line.text == texts.SEEN_LINE]
    return [{key: v if isinstance(v, str) else words(v, "en") for key, v in one.items()} for one in found]  # type: ignore[arg-type]  # no bare numbers here


@pytest.fixture
def owner(chat: Chat) -> Phone:
    return chat.phone(1001)


@pytest.fixture
def number(owner: Phone) -> str:
    return owner.registers(RAJWADA)


def test_before_any_look_it_says_so(owner: Phone, number: str) -> None:
    owner.says("/seen")

    assert number
    assert owner.reads == [texts.SEEN_NONE]


def test_a_search_is_seen_with_day_station_and_kind_and_without_the_officer_s_name(
    owner: Phone, number: str, officer: Phone
) -> None:
    works_on(officer)

    officer.says("/near 22.7185 75.8550 500")

    assert seen(owner) == [
        {
            "day": "01-11-2026",
            "station": "Palasia",
            "kind": texts.INCIDENT_THEFT,
            "number": number,
            "act": texts.SEEN_PLACE,
        }
    ]
    assert "SI, Palasia 1" not in owner.sees


def test_many_looks_of_a_day_are_one_line_that_says_the_most_that_was_seen(
    owner: Phone, number: str, officer: Phone
) -> None:
    works_on(officer)
    officer.says("/near 22.7185 75.8550 500")
    officer.taps(texts.PIN_BUTTON, n=1)
    officer.says("/near 22.7185 75.8550 500")

    assert [line["act"] for line in seen(owner)] == [texts.SEEN_PIN]
    assert number


def test_each_place_on_a_page_is_a_look_and_no_place_beyond_it(chat: Chat, officer: Phone, tx: Session) -> None:
    chat.has_cameras(*(Point(RAJWADA.lat + n / 4000, RAJWADA.lon) for n in range(2 * PAGE - 2)))

    officer.says("/near 22.7185 75.8550 2000")
    first = len(looks.rows(tx))
    officer.taps(texts.NEXT_PAGE)

    assert (first, len(looks.rows(tx))) == (PAGE, 2 * PAGE - 2)


def test_a_search_without_an_incident_is_seen_as_one(owner: Phone, number: str, officer: Phone) -> None:
    officer.says("/near 22.7185 75.8550 500")

    assert [line["kind"] for line in seen(owner)] == [texts.SEEN_NO_INCIDENT]
    assert number


def test_a_look_at_a_neighbour_s_entry_is_not_mine(chat: Chat, owner: Phone, number: str, officer: Phone) -> None:
    chat.has_cameras(Point(RAJWADA.lat + 0.01, RAJWADA.lon), owner=5000)

    officer.says(f"/near {RAJWADA.lat + 0.01} {RAJWADA.lon} 100")

    assert number
    assert seen(owner) == []


def test_mine_has_a_note_of_it(owner: Phone, number: str, officer: Phone) -> None:
    owner.says("/mine")
    before = list(owner.reads)
    officer.says("/near 22.7185 75.8550 500")
    owner.says("/mine")

    assert number
    assert texts.SEEN_NOTE[0] not in before
    assert texts.SEEN_NOTE[0] in owner.reads


def test_a_long_list_has_pages(chat: Chat, owner: Phone, number: str, officer: Phone) -> None:
    for _ in range(12):
        officer.says("/near 22.7185 75.8550 500")
        chat.later(days=1)

    first = seen(owner)
    owner.taps(texts.NEXT_PAGE)

    assert number
    assert [line["day"] for line in first[:2]] == ["12-11-2026", "11-11-2026"]
    assert owner.reads.count(texts.SEEN_LINE) == 2


def test_when_the_look_cannot_be_written_nothing_is_shown(chat: Chat, number: str, officer: Phone, tx: Session) -> None:
    refuse_rows(chat.store, "look")
    before = tx.exec(select(func.count()).select_from(Outbox)).one()

    with pytest.raises(IntegrityError, match="refused"):
        officer.says("/near 22.7185 75.8550 500")

    assert number
    assert tx.exec(select(func.count()).select_from(Outbox)).one() == before


@pytest.mark.parametrize("act", list(Act))
def test_a_number_never_opens_without_its_row(chat: Chat, number: str, officer: Phone, tx: Session, act: Act) -> None:
    theft = works_on(officer)
    found = registrations.find(tx, number)
    assert found

    eye = Eye(grants.of(tx, officer.row)[0], theft, chat.now)
    phone = chat.store.run(lambda writing: reveals.number_of(writing, eye, found, "to fetch it", act))

    assert phone == "+919876543210"
    assert [(row.act, row.incident_id, row.station, row.at) for row in looks.rows(tx, found.id)] == [
        (act, theft.id, "Palasia", chat.now)
    ]


def test_the_number_of_someone_who_left_does_not_open(chat: Chat, owner: Phone, number: str, officer: Phone) -> None:
    eye = chat.store.run(lambda tx: Eye(grants.of(tx, officer.row)[0], None, chat.now))
    row = chat.store.run(lambda tx: registrations.find(tx, number))
    assert row
    owner.says("/forget")
    owner.taps(texts.YES_FORGET)

    assert chat.store.run(lambda tx: looks.number_of(tx, eye, row.id)) == ""
    assert chat.store.run(lambda tx: looks.rows(tx)) == []


THEIR_OWN = "an owner's own entry, shown to that owner"
OPENS_OTHERWISE = {  # who opens an entry or a number for anything else than to show it to an officer, and why
    "handlers/resident/mine.py": THEIR_OWN,
    "handlers/resident/my_data.py": THEIR_OWN,
    "handlers/resident/signup.py": THEIR_OWN,
    "handlers/resident/details.py": THEIR_OWN,
    "handlers/visit.py": THEIR_OWN,
    "handlers/resident/standing.py": THEIR_OWN,
    "handlers/resident/origins.py": THEIR_OWN,
    "handlers/resident/adopting.py": THEIR_OWN,
    "handlers/resident/offers.py": THEIR_OWN,
    "handlers/casework/alarms.py": "an officer's own address, compared with the search and shown to nobody",
    "storage/station/walks.py": "the count is put right; what staff see of the place comes from looks.py",
}


def test_nobody_else_in_the_program_opens_a_number_or_an_entry() -> None:
    openers = {"people.phone_of", "registrations.entry", "registrations.site_of"}
    opening = {
        path.relative_to(ROOT).as_posix()
        for home in ("handlers", "storage", "bot")
        for path in (ROOT / home).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in openers
    }

    assert opening - set(OPENS_OTHERWISE) == {"storage/casework/looks.py"}
