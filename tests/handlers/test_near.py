"""`/near`: what an officer asks, what they read, and the line it leaves in the trace."""

import re
from random import Random

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError
from sqlmodel import Session, func, select

from bot import texts
from bot.core.casework.near import Circle
from bot.core.geo import Point, metres
from bot.core.messages import Phrase, Say
from bot.words import words
from storage import audit, registrations
from storage.admin import grants
from storage.tables.register import Outbox
from tests.chat import PALASIA, RAJWADA, Chat, Phone
from tests.conftest import become_officer
from tests.core import globe
from tests.every_stage import brought_to
from tests.town import refuse_rows

WRITINGS = [
    "22.7185 75.8550 500",
    "22.7185, 75.8550 500m",
    "22.7185, 75.8550 0.5 km",
    "२२.७१८५ ७५.८५५० ५००",
    "२२.७१८५, ७५.८५५० ५०० मीटर",
    "75.8550 22.7185 500",
    "22.7185 75.8550",
    "geo:22.7185,75.8550 500",
    "https://www.google.com/maps/@22.7185,75.8550,17z 500",
    "N22.7185 E75.8550 500 m",
]


def lines(who: Phone, constant: str) -> list[Phrase]:
    return [line for said in who.answers if isinstance(said, Say) for line in said.lines if line.text == constant]


@pytest.fixture
def street(chat: Chat) -> list[str]:
    """Entries at 0, 110, 220 and 330 m north of Rajwada, the farthest first; their numbers, the nearest first."""
    numbers = []
    for n in (3, 2, 1, 0):
        numbers += chat.has_cameras(Point(RAJWADA.lat + n / 1000, RAJWADA.lon), cameras=n + 1, owner=5000 + n)
    return numbers[::-1]


@pytest.mark.parametrize("words_", WRITINGS)
def test_every_writing_of_place_and_radius_searches(officer: Phone, words_: str, tx: Session) -> None:
    officer.says(f"/near {words_}")

    [trace] = audit.rows(tx, audit.Act.SEARCH)
    detail = audit.detail_of(tx, trace)
    assert {key: detail[key] for key in ("lat", "lon", "radius_m")} == {
        "lat": 22.7185,
        "lon": 75.855,
        "radius_m": 500.0,
    }


def test_the_answer_counts_places_and_cameras_and_lists_the_nearest_first(officer: Phone, street: list[str]) -> None:
    officer.says("/near 22.7185 75.8550 250")

    [total] = lines(officer, texts.TOTAL)
    assert {key: words(value, "en") for key, value in total.values.items() if isinstance(value, Phrase)} == {
        "places": "3 places",
        "cameras": "6 cameras",
        "order": texts.ORDER_NEAREST.format(step=25),
    }
    assert [line.values["number"] for line in lines(officer, texts.FOUND_LINE)] == street[:3]


def test_each_line_says_how_far_which_way_how_many_and_what_is_known(chat: Chat) -> None:
    owner = brought_to("label", chat.phone(1001))
    owner.says("blue gate")
    officer = become_officer(chat.phone(2001))

    officer.says("/near 22.7175 75.8550 500")

    [line] = lines(officer, texts.FOUND_LINE)
    said = words(line, "en")
    assert words(Phrase(texts.METRES, {"n": 111}), "en") in said
    for known in (texts.NORTH, "📹 4", texts.KIND_SHOP, texts.ROAD_YES, texts.DAYS_KEPT[1].format(n=15)):
        assert known in said


def test_even_far_away_a_line_says_the_distance_in_metres(chat: Chat, officer: Phone) -> None:
    [number] = chat.has_cameras(Point(RAJWADA.lat + 0.04, RAJWADA.lon))

    officer.says("/near 22.7185 75.8550 5 km")

    [line] = lines(officer, texts.FOUND_LINE)
    assert line.values["number"] == number
    assert words(line, "en").startswith("1. 4430 m N ")


POLE, DATE_LINE = Point(90.0, 0.0), Point(-16.8, 180.0)


@pytest.mark.parametrize("centre", [RAJWADA, POLE, DATE_LINE])
def test_page_by_page_people_read_the_order_that_brute_force_finds(chat: Chat, officer: Phone, centre: Point) -> None:
    chance = Random(11)
    circle = Circle(centre, 120.0)
    places = [globe.place(circle, chance.uniform(-180, 180), chance.uniform(0, 1.1)) for _ in range(48)]
    found = dict(zip(chat.has_cameras(*places), places, strict=True))
    roads = set(chance.sample(sorted(found), k=24))
    chat.store.run(lambda tx: saw_the_road(tx, roads))
    far = {number: metres(centre, place) for number, place in found.items()}
    near = [number for number, m in far.items() if m <= circle.radius_m]

    officer.says(f"/near {centre.lat} {centre.lon} 120")
    read = [line.values["number"] for line in lines(officer, texts.FOUND_LINE)]
    while len(read) < len(near):
        officer.taps(texts.NEXT_PAGE)
        read += [line.values["number"] for line in lines(officer, texts.FOUND_LINE)]

    assert read == sorted(near, key=lambda number: (int(far[number]) // 25, number not in roads, far[number]))
    assert texts.ORDER_NEAREST.format(step=25) in officer.sees


def saw_the_road(tx: Session, numbers: set[str]) -> None:
    for number in numbers:
        row = registrations.find(tx, number)
        assert row
        row.sees_road = True


def test_the_answer_cannot_be_forwarded_and_holds_no_number_name_or_label(chat: Chat) -> None:
    owner = brought_to("label", chat.phone(7203948571))
    owner.says("blue gate")
    officer = become_officer(chat.phone(2001))

    officer.says("/near 22.7185 75.8550 500")
    seen = officer.sees
    protected = all(said.protect for said in officer.answers if isinstance(said, Say))
    officer.taps(texts.PIN_BUTTON, n=1)
    seen += officer.sees

    assert protected
    assert all(said.protect for said in officer.answers if isinstance(said, Say))
    assert not re.search(r"\+?91\s*\d{5}", seen)
    for private in ("9876543210", "7203948571", "blue gate"):
        assert private not in seen


def test_near_alone_asks_for_the_place_and_then_how_far(officer: Phone, street: list[str]) -> None:
    officer.says("/near")
    first = officer.asked
    officer.pins(RAJWADA)
    second = officer.asked
    officer.taps(texts.METRES, n=100)

    assert (first, second) == (texts.ASK_WHERE, texts.ASK_RADIUS)
    assert [line.values["number"] for line in lines(officer, texts.FOUND_LINE)] == street[:1]
    assert officer.stack == []


def test_a_pin_out_of_the_blue_offers_to_search_there(officer: Phone, street: list[str]) -> None:
    officer.pins(RAJWADA)
    offered = officer.asked
    officer.says("1 km")

    assert offered == texts.ASK_RADIUS
    assert [line.values["number"] for line in lines(officer, texts.FOUND_LINE)] == street


def test_nothing_found_says_so_and_offers_wider(officer: Phone) -> None:
    officer.says("/near 22.7185 75.8550 500")

    assert officer.reads == [texts.SEARCHED, texts.NOTHING_FOUND]
    assert officer.button(texts.WIDER, distance="1 km")


@pytest.mark.parametrize(
    ("words_", "answer"),
    [
        ("22.7185 75.8550 9", [texts.HINT_RADIUS, texts.ASK_RADIUS]),
        ("22.7185 75.8550 5.1 km", [texts.HINT_RADIUS, texts.ASK_RADIUS]),
        ("the old bazaar 500", [texts.HINT_QUERY, texts.ASK_WHERE]),
        ("https://maps.app.goo.gl/AbCdEf123", [texts.HINT_SHORT_LINK, texts.ASK_WHERE]),
    ],
)
def test_what_cannot_be_searched_gets_a_hint_and_leaves_no_trace(
    officer: Phone, tx: Session, words_: str, answer: list[str]
) -> None:
    officer.says(f"/near {words_}")

    assert officer.reads == answer
    assert audit.rows(tx, audit.Act.SEARCH) == []


def test_the_trace_says_who_searched_where_how_far_how_many_and_when(
    chat: Chat, officer: Phone, street: list[str], tx: Session
) -> None:
    chat.later(hours=2)

    officer.says("/near 22.7185 75.8550 250")

    [trace] = audit.rows(tx, audit.Act.SEARCH)
    grant = grants.get(tx, trace.grant_id or 0)
    assert grant
    assert (trace.person_id, grant.person_id, trace.station) == (officer.row, officer.row, "Palasia")
    assert (trace.at, trace.places, trace.cameras) == (chat.now, len(street) - 1, 6)


def test_a_resident_is_refused_and_nothing_is_searched(resident: Phone, street: list[str], tx: Session) -> None:
    resident.says("/near 22.7185 75.8550 500")

    assert street
    assert resident.reads == [texts.NOT_FOR_YOU]
    assert audit.rows(tx, audit.Act.SEARCH) == []


@pytest.mark.parametrize("look", ["search", "page", "pin", "wider"])
def test_when_the_trace_cannot_be_written_nothing_is_shown(chat: Chat, officer: Phone, tx: Session, look: str) -> None:
    chat.has_cameras(*(Point(RAJWADA.lat + n / 4000, RAJWADA.lon) for n in range(11)))
    officer.says("/near 22.7185 75.8550 500")
    taps: dict[str, tuple[str, dict[str, str | int]]] = {
        "search": (texts.NEXT_PAGE, {}),
        "page": (texts.NEXT_PAGE, {}),
        "pin": (texts.PIN_BUTTON, {"n": 1}),
        "wider": (texts.WIDER, {"distance": "1 km"}),
    }
    label, values = taps[look]
    tap = officer.button(label, **values)
    before = tx.exec(select(func.count()).select_from(Outbox)).one()
    refuse_rows(chat.store, "audit")

    with pytest.raises(IntegrityError, match="refused"):
        officer.says("/near 22.7185 75.8550 500") if look == "search" else officer.taps_again(tap)

    assert tx.exec(select(func.count()).select_from(Outbox)).one() == before


def test_a_search_that_finds_its_table_gone_shows_nothing(chat: Chat, officer: Phone, street: list[str]) -> None:
    chat.store.run(lambda writing: writing.connection().execute(text("DROP TABLE audit")))
    before = officer.answers

    with pytest.raises((OperationalError, ProgrammingError)):  # SQLite's, and PostgreSQL's
        officer.says("/near 22.7185 75.8550 500")

    assert street
    assert officer.answers == before


def test_entries_at_the_very_same_place_are_all_listed(chat: Chat, officer: Phone) -> None:
    for n in range(3):
        chat.has_cameras(PALASIA, owner=5000 + n)

    officer.says("/near 22.7236 75.8850 10")

    assert len(lines(officer, texts.FOUND_LINE)) == 3
