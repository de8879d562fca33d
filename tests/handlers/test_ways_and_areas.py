"""`/route` and `/area`: along a way in the order in which one passes, and in an area from the incident on."""

import json

import pytest
import shapely
from sqlmodel import Session

from bot import texts
from bot.core.casework.areas import LARGEST_BYTES
from bot.core.casework.asking import NeedWhom
from bot.core.geo import Point, metres
from bot.core.messages import Media, Phrase, Say, Upload
from bot.core.station.outlines import Outline
from storage import audit, registrations
from storage.engine import Store
from storage.station import stations
from storage.tables.register import Registration
from tests.chat import HOUSE, PALASIA, RAJWADA, STRICT, Chat, Phone
from tests.conftest import make_officer

SQUARE = [[75.85, 22.71], [75.86, 22.71], [75.86, 22.72], [75.85, 22.72], [75.85, 22.71]]
FILE = json.dumps({"type": "Polygon", "coordinates": [SQUARE]}).encode()
BOW_TIE = json.dumps({"type": "Polygon", "coordinates": [[SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]]]})


@pytest.fixture
def chat(store: Store) -> Chat:
    return Chat(store, STRICT)


@pytest.fixture
def officer(chat: Chat) -> Phone:
    officer = make_officer(chat, 2001)
    officer.says("/incident FIR 123/2026; theft; 22.7185 75.8550; yesterday 14:00-15:00")
    return officer


def lines(who: Phone) -> list[Phrase]:
    said = [line for one in who.answers if isinstance(one, Say) for line in one.lines]
    return [line for line in said if line.text == texts.FOUND_LINE]


def numbers(who: Phone) -> list[str]:
    return [str(line.values["number"]) for line in lines(who)]


def along(n: int, beside: float = 0.0) -> Point:
    """A place n hundred metres (about) east of Rajwada, and so many degrees north of the way."""
    return Point(RAJWADA.lat + beside, RAJWADA.lon + n / 1000)


WAY = "22.7185 75.8550; 22.7185 75.8750"


def test_the_cameras_along_a_way_come_in_the_order_in_which_one_passes_them(chat: Chat, officer: Phone) -> None:
    passed = chat.has_cameras(along(12), along(3, 0.0003), along(7, -0.0004), along(9, 0.003))

    officer.says("/route")
    officer.pins(RAJWADA)
    officer.pins(along(20))
    officer.taps(texts.WAY_DONE)
    officer.taps(texts.METRES, n=100)

    assert officer.reads[:2] == [texts.SEARCHED_WAY, texts.TOTAL]
    assert texts.ORDER_WAY in officer.sees
    assert numbers(officer) == [passed[1], passed[2], passed[0]]
    assert all(
        isinstance(line.values["away"], Phrase) and line.values["away"].text == texts.AFTER for line in lines(officer)
    )


def test_the_way_can_be_written_with_its_width(chat: Chat, officer: Phone, tx: Session) -> None:
    [near, far] = chat.has_cameras(along(5, 0.0003), along(6, 0.0012))

    officer.says(f"/route {WAY}; 200")
    wide = numbers(officer)
    officer.says(f"/route {WAY}; 50 m")

    assert (wide, numbers(officer)) == ([near, far], [near])
    assert [row.places for row in audit.rows(tx, audit.Act.SEARCH)] == [2, 1]
    assert officer.stack == []


def test_without_a_width_it_is_asked(officer: Phone) -> None:
    officer.says(f"/route {WAY}")

    assert officer.reads == [texts.ASK_WIDTH]


@pytest.mark.parametrize(
    ("words_", "hint", "asked"),
    [
        ("22.7185 75.8550; 22.7185 75.8550; 100", texts.HINT_ONE_POINT, texts.ASK_WAY_ON),
        ("22.7185 75.8550; the old bazaar", texts.HINT_WAY, texts.ASK_WAY),
        ("22.7185 75.8550; 28.6139 77.2090", texts.HINT_WAY_OUTSIDE, texts.ASK_WAY),
        ("22.7185 75.8550; 22.7185 75.9550; 22.7185 75.8550", texts.HINT_WAY_LONG, texts.ASK_WAY),
        (f"{WAY}; 70", texts.HINT_WIDTH, texts.ASK_WIDTH),
        (f"{WAY}; 1 km", texts.HINT_WIDTH, texts.ASK_WIDTH),
    ],
)
def test_what_is_no_way_gets_its_own_sentence(officer: Phone, tx: Session, words_: str, hint: str, asked: str) -> None:
    officer.says(f"/route {words_}")

    assert officer.reads == [hint, asked]
    assert audit.rows(tx, audit.Act.SEARCH) == []


def test_a_way_of_one_point_asks_for_the_next(officer: Phone) -> None:
    officer.says("/route")
    officer.pins(RAJWADA)
    officer.taps(texts.WAY_DONE)

    assert officer.reads == [texts.HINT_ONE_POINT, texts.ASK_WAY_ON]


def test_pages_pins_and_wider_work_along_a_way(chat: Chat, officer: Phone, tx: Session) -> None:
    chat.has_cameras(*(along(n) for n in range(1, 13)))
    officer.says(f"/route {WAY}; 50")
    first = numbers(officer)
    officer.taps(texts.NEXT_PAGE)
    second = numbers(officer)
    officer.taps(texts.PIN_BUTTON, n=11)
    pin = officer.reads
    officer.says(f"/route {WAY}; 50")
    officer.taps(texts.WIDER, distance="100 m")

    assert (len(first), len(second), pin) == (10, 2, [texts.PIN_OF])
    assert not set(first) & set(second)
    assert len(audit.rows(tx, audit.Act.SEARCH)) == 3


def test_without_an_incident_a_way_asks_for_one_and_is_then_answered(chat: Chat) -> None:
    [number] = chat.has_cameras(along(5))
    officer = make_officer(chat, 2002)

    officer.says(f"/route {WAY}; 50")
    asked = officer.reads
    officer.says("GD 12")
    officer.taps(texts.LAST_HOUR)

    assert asked == [texts.NEEDS_INCIDENT]
    assert numbers(officer) == [number]


def test_the_cameras_of_a_polygon_file_come_from_the_incident_on(chat: Chat, officer: Phone, tx: Session) -> None:
    far, near, outside = chat.has_cameras(Point(22.7115, 75.8590), Point(22.7180, 75.8555), PALASIA)

    officer.says("/area")
    asked = officer.asked
    officer.sends(Upload(FILE))

    assert asked == texts.ASK_AREA
    assert officer.reads[:2] == [texts.SEARCHED_AREA, texts.TOTAL]
    assert texts.ORDER_FROM_INCIDENT.format(step=25) in officer.sees
    assert numbers(officer) == [near, far]
    assert outside not in officer.sees
    officer.taps(texts.PIN_BUTTON, n=2)
    assert officer.reads == [texts.PIN_OF]
    assert [row.places for row in audit.rows(tx, audit.Act.SEARCH)] == [2]


@pytest.mark.parametrize(
    ("got", "hint"),
    [
        (Upload(BOW_TIE.encode()), texts.HINT_CROSSES_ITSELF),
        (Upload(FILE.replace(b"75.", b"77.")), texts.HINT_AREA_OUTSIDE),
        (Upload(FILE.replace(b"22.72", b"22.99").replace(b"75.86", b"75.95")), texts.HINT_AREA_LARGE),
        (Upload(b"hello"), texts.HINT_FILE),
        (Upload(b"{}"), texts.HINT_NO_POLYGON),
        (Upload(b" " * (LARGEST_BYTES + 1)), texts.HINT_FILE_LARGE),
        (Upload(large=True), texts.HINT_FILE_LARGE),
        (Upload(), texts.HINT_FILE),
        (Media(), texts.NO_PICTURES),
    ],
)
def test_a_file_that_is_no_area_gets_its_own_sentence(
    officer: Phone, tx: Session, got: Upload | Media, hint: str
) -> None:
    officer.says("/area")

    officer.sends(got)

    assert officer.reads == [hint, texts.ASK_AREA]
    assert audit.rows(tx, audit.Act.SEARCH) == []


def test_a_file_that_nobody_asked_for_does_nothing(officer: Phone, tx: Session) -> None:
    officer.sends(Upload(FILE))

    assert officer.reads == [texts.NOTHING_OPEN]
    assert audit.rows(tx, audit.Act.SEARCH) == []


@pytest.fixture
def palasia(chat: Chat) -> str:
    area = shapely.Polygon([(75.87, 22.71), (75.90, 22.71), (75.90, 22.74), (75.87, 22.74)])
    chat.store.run(lambda tx: stations.put(tx, [Outline("Palasia", area)], chat.now))
    [number] = chat.has_cameras(PALASIA)
    chat.has_cameras(RAJWADA)
    return number


def test_a_stations_area_is_a_button_or_a_word_away(officer: Phone, palasia: str) -> None:
    officer.says("/area")
    officer.taps(texts.STATION_BUTTON, station="Palasia")
    tapped = numbers(officer)
    officer.says("/area palasia")

    assert tapped == numbers(officer) == [palasia]


def test_a_station_that_is_not_known_is_said_so(officer: Phone, palasia: str) -> None:
    officer.says("/area Atlantis")

    assert palasia
    assert officer.reads == [texts.HINT_NO_STATION, texts.ASK_AREA]


def keeps(chat: Chat, number: str, days: int | None, sees_road: bool | None = None) -> None:
    def keep(tx: Session) -> None:
        row = registrations.find(tx, number)
        assert isinstance(row, Registration)
        row.days_kept, row.sees_road = days, sees_road

    chat.store.run(keep)


@pytest.mark.parametrize("search", ["/near 22.7185 75.8550 2 km", f"/route {WAY}; 200"])
def test_what_is_overwritten_first_comes_first_and_back(chat: Chat, officer: Phone, search: str) -> None:
    found = chat.has_cameras(*(along(n) for n in range(1, 6)))
    for number, days in zip(found, (30, None, 0, 7, 3), strict=True):
        keeps(chat, number, days)

    officer.says(search)
    usual = numbers(officer)
    officer.taps(texts.OVERWRITTEN_FIRST)
    soon, seen = numbers(officer), officer.sees
    officer.taps(texts.USUAL_ORDER)

    assert usual == numbers(officer) == found
    assert soon == [found[4], found[3], found[0], found[1], found[2]]
    assert texts.ORDER_SOON in seen
    assert texts.KEPT_GONE.format(kept="0 days") in seen
    assert texts.KEPT_DAYS_LEFT[1].format(n=6, kept=7) in seen


def test_its_pages_keep_the_order_and_leave_their_line(chat: Chat, officer: Phone, tx: Session) -> None:
    found = chat.has_cameras(*(Point(RAJWADA.lat + n / 4000, RAJWADA.lon) for n in range(12)))
    for n, number in enumerate(found):
        keeps(chat, number, 40 - n)

    officer.says("/near 22.7185 75.8550 500")
    officer.taps(texts.OVERWRITTEN_FIRST)
    first = numbers(officer)
    officer.taps(texts.NEXT_PAGE)

    assert [*first, *numbers(officer)] == found[::-1]
    assert [audit.detail_of(tx, row)["order"] for row in audit.rows(tx, audit.Act.PAGE)] == ["soon", "soon"]


def test_of_places_about_equally_far_those_that_see_the_road_come_first(chat: Chat, officer: Phone) -> None:
    blind, seeing, farther = chat.has_cameras(*(Point(RAJWADA.lat + n / 1e4, RAJWADA.lon) for n in (1, 2, 4)))
    keeps(chat, seeing, None, sees_road=True)
    keeps(chat, farther, None, sees_road=True)

    officer.says("/near 22.7185 75.8550 500")

    assert numbers(officer) == [seeing, blind, farther]


def test_in_an_area_as_well_the_road_comes_first_among_places_about_equally_far(chat: Chat, officer: Phone) -> None:
    places = [Point(RAJWADA.lat - n / 1e4, RAJWADA.lon + 0.0005) for n in range(1, 24)]
    found = chat.has_cameras(*places)
    for number in found[1::2]:
        keeps(chat, number, None, sees_road=True)
    far = {number: metres(RAJWADA, place) for number, place in zip(found, places, strict=True)}
    roads = set(found[1::2])

    officer.says("/area")
    officer.sends(Upload(FILE))
    read = numbers(officer)
    for _ in range(2):
        officer.taps(texts.NEXT_PAGE)
        read += numbers(officer)

    assert read == sorted(found, key=lambda number: (int(far[number]) // 25, number not in roads, far[number]))


def test_the_owners_to_ask_have_the_numbers_that_were_read(chat: Chat, officer: Phone, tx: Session) -> None:
    found = chat.has_cameras(*(along(n) for n in range(1, 4)))
    for number, days in zip(found, (30, 7, 20), strict=True):
        keeps(chat, number, days)
    officer.says("/near 22.7185 75.8550 2 km")
    officer.taps(texts.OVERWRITTEN_FIRST)
    read = numbers(officer)

    officer.taps(texts.ASK_OWNERS)

    [stage] = officer.stack
    assert isinstance(stage, NeedWhom)
    rows = registrations.many(tx, stage.found)
    assert [rows[row].number for row in stage.found] == read == [found[1], found[2], found[0]]


def test_without_an_incident_nothing_is_said_of_overwriting(chat: Chat) -> None:
    chat.house = HOUSE
    officer = make_officer(chat, 2002)
    [number, _] = chat.has_cameras(RAJWADA, along(1))
    keeps(chat, number, 7)

    officer.says("/near 22.7185 75.8550 500")

    assert texts.DAYS_KEPT[1].format(n=7) in officer.sees
    assert all(
        button.label.text != texts.OVERWRITTEN_FIRST
        for said in officer.answers
        if isinstance(said, Say)
        for row in said.buttons
        for button in row
    )
