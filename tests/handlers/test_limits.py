"""How much one officer may look at in a day, who can allow more, and what others are told."""

import json
from dataclasses import replace

import pytest
from sqlmodel import Session

from bot import texts
from bot.core.access import Role
from bot.core.casework.limits import Alarm, Limits
from bot.core.casework.search_answer import PAGE
from bot.core.geo import WGS84, Point
from bot.core.messages import Say, Tap, Upload
from handlers.visit import House
from storage import audit
from storage.casework import alarms
from storage.engine import Store
from tests.chat import INDORE, RAJWADA, STRICT, Chat, Phone
from tests.conftest import at_station

NEAR = "/near 22.7185 75.8550 500"
INCIDENT = "/incident FIR 123/2026; theft; 22.7185 75.8550; yesterday 14:00-15:00"


def house(**limits: int) -> House:
    return replace(STRICT, limits=replace(Limits(1000, 100_000, 1000), **limits))


@pytest.fixture
def chat(store: Store) -> Chat:
    return Chat(store, house())


@pytest.fixture
def senior(chat: Chat) -> Phone:
    return at_station(chat, 2009, "Palasia", Role.SENIOR)


@pytest.fixture
def officer(chat: Chat, senior: Phone) -> Phone:
    officer = at_station(chat, 2001, "Palasia")
    officer.says(INCIDENT)
    assert senior.id
    return officer


def goes_on(who: Phone) -> bool:
    buttons = [button for said in who.answers if isinstance(said, Say) for row in said.buttons for button in row]
    return any(button.label.text == texts.NEXT_PAGE for button in buttons)


def kinds(tx: Session) -> list[str]:
    return [row.kind for row in alarms.rows(tx)]


def test_at_the_limit_of_searches_nothing_is_searched_and_the_sentence_says_who_can_lift_it(
    chat: Chat, officer: Phone, tx: Session
) -> None:
    chat.house = house(searches=2)
    chat.has_cameras(RAJWADA)

    for _ in range(3):
        officer.says(NEAR)

    assert officer.reads == [texts.LIMIT_REACHED]
    assert len(audit.rows(tx, audit.Act.SEARCH)) == 2


@pytest.mark.parametrize("look", [texts.NEXT_PAGE, texts.PIN_BUTTON])
def test_places_on_pages_and_pins_count(chat: Chat, officer: Phone, tx: Session, look: str) -> None:
    chat.house = house(places=PAGE)
    chat.has_cameras(*(Point(RAJWADA.lat + n / 4000, RAJWADA.lon) for n in range(12)))
    officer.says(NEAR)
    looks = len(audit.rows(tx))

    officer.taps(look, n=1) if look == texts.PIN_BUTTON else officer.taps(look)

    assert officer.reads == [texts.LIMIT_REACHED]
    assert len(audit.rows(tx)) == looks


def test_tomorrow_it_begins_anew_at_midnight_in_town(chat: Chat, officer: Phone) -> None:
    chat.house = house(searches=1)
    officer.says(NEAR)
    chat.later(hours=11)  # 23:00 in Indore
    officer.says(NEAR)
    before_midnight = officer.reads
    chat.later(hours=1)
    officer.says(INCIDENT)

    officer.says(NEAR)

    assert before_midnight == [texts.LIMIT_REACHED]
    assert officer.reads[0] == texts.SEARCHED


def test_a_senior_lifts_it_for_the_day_with_one_button_and_once(
    chat: Chat, officer: Phone, senior: Phone, tx: Session
) -> None:
    chat.house = house(searches=1)
    for _ in range(2):
        officer.says(NEAR)
    senior.looks()
    told, tap = senior.reads, senior.button(texts.ALLOW_AGAIN)
    senior.taps_again(tap)
    allowed = senior.reads
    senior.taps_again(tap)
    again = senior.reads
    officer.looks()
    heard = officer.reads
    officer.says(NEAR)
    answered = officer.reads
    officer.says(NEAR)

    assert texts.ALARM_REACHED in told
    assert (allowed, again) == ([texts.DECIDED_YES], [texts.LIFT_OVER])
    assert heard == [texts.LIMIT_LIFTED]
    assert (answered[0], officer.reads) == (texts.SEARCHED, [texts.LIMIT_REACHED])
    assert [row.person_id for row in audit.rows(tx, audit.Act.ALLOW)] == [senior.row]


def test_nobody_else_lifts_it_and_nobody_their_own(chat: Chat, officer: Phone, senior: Phone) -> None:
    chat.house = house(searches=1)
    elsewhere = at_station(chat, 2008, "Rajendra Nagar", Role.SENIOR)
    second = at_station(chat, 2010, "Palasia", Role.SENIOR)
    senior.says(INCIDENT)
    for _ in range(2):
        senior.says(NEAR)
    second.looks()
    tap = second.button(texts.ALLOW_AGAIN)

    refused = {}
    for who in (senior, elsewhere, officer):
        who.taps_again(tap)
        refused[who.id] = who.reads
    chat.later(hours=24)
    second.taps_again(tap)

    assert refused == {
        senior.id: [texts.LIFT_OVER],
        elsewhere.id: [texts.LIFT_OVER],
        officer.id: [texts.NOT_FOR_YOU],
    }
    assert second.reads == [texts.LIFT_OVER]


@pytest.mark.parametrize("forged", ["", "0", "1", str(2**70), "x"])
def test_a_forged_alarm_lifts_nothing(senior: Phone, forged: str) -> None:
    senior.sends(Tap(f"/lift:{forged}"))

    assert senior.reads == [texts.LIFT_OVER]


def test_without_a_senior_the_sentence_says_so_and_the_administrator_is_told(chat: Chat) -> None:
    chat.house = house(searches=1)
    admin = at_station(chat, 3001, "Headquarters", Role.ADMIN)
    alone = at_station(chat, 2020, "Rajendra Nagar")
    alone.says(INCIDENT)
    for _ in range(2):
        alone.says(NEAR)
    admin.looks()

    assert alone.reads == [texts.LIMIT_WITHOUT_SENIOR]
    assert admin.reads == [texts.ALARM_NEARLY, texts.ALARM_REACHED]
    assert all(not said.buttons for said in admin.answers if isinstance(said, Say))


def test_at_four_fifths_others_are_told_once(chat: Chat, officer: Phone, senior: Phone, tx: Session) -> None:
    chat.house = house(searches=5)
    for _ in range(3):
        officer.says("/near 22.7185 75.8550 500")
    before = kinds(tx)
    for n in range(2):
        officer.says(f"/near 22.8{n}85 75.8550 500")
    senior.looks()

    assert Alarm.NEARLY not in before
    assert kinds(tx).count(Alarm.NEARLY) == 1
    assert senior.reads == [texts.ALARM_NEARLY]


def test_a_search_around_ones_own_address_is_told(chat: Chat, officer: Phone, senior: Phone, tx: Session) -> None:
    chat.has_cameras(Point(RAJWADA.lat + 0.001, RAJWADA.lon), owner=2001)

    officer.says("/near 22.7300 75.8550 500")
    elsewhere = kinds(tx)
    for _ in range(2):
        officer.says(NEAR)
    senior.looks()

    assert elsewhere == []
    assert kinds(tx) == [Alarm.OWN_ADDRESS]
    assert senior.reads == [texts.ALARM_OWN_ADDRESS]
    assert "FIR 123/2026" in senior.sees


def test_the_same_place_again_and_again_is_told(chat: Chat, officer: Phone, senior: Phone, tx: Session) -> None:
    for n in range(4):
        officer.says(INCIDENT.replace("123", str(200 + n)))
        officer.says(f"/near 22.7185{n} 75.8550 500")
        chat.later(hours=30)
    senior.looks()

    assert kinds(tx) == [Alarm.SAME_PLACE]
    assert senior.reads == [texts.ALARM_SAME_PLACE]


def test_the_same_place_within_a_small_way_or_area_is_told_as_well(
    chat: Chat, officer: Phone, senior: Phone, tx: Session
) -> None:
    corners = [[75.8545, 22.7180], [75.8555, 22.7180], [75.8555, 22.7190], [75.8545, 22.7190], [75.8545, 22.7180]]
    around = json.dumps({"type": "Polygon", "coordinates": [corners]}).encode()
    for _ in range(2):
        officer.says("/route 22.7180 75.8550; 22.7185 75.8550; 22.7190 75.8550; 50")
        officer.says("/area")
        officer.sends(Upload(around))
        chat.later(hours=1)
    senior.looks()

    assert len(audit.rows(tx, audit.Act.SEARCH)) == 4
    assert kinds(tx) == [Alarm.SAME_PLACE]


def test_a_beat_that_is_searched_every_day_is_nobodys_business(chat: Chat, officer: Phone, tx: Session) -> None:
    for _ in range(5):
        officer.says("/route 22.7100 75.8550; 22.7185 75.8550; 22.7250 75.8550; 50")
        chat.later(hours=1)

    assert len(audit.rows(tx, audit.Act.SEARCH)) == 5
    assert kinds(tx) == []


def test_different_places_are_nobodys_business(officer: Phone, senior: Phone, tx: Session) -> None:
    for n in range(8):
        officer.says(f"/near 22.7{n}00 75.8550 500")
    senior.looks()

    assert kinds(tx) == []
    assert senior.reads == []


def test_searches_after_which_nobody_was_asked_are_told_a_day_later_and_once(
    chat: Chat, officer: Phone, senior: Phone, tx: Session
) -> None:
    for n in range(5):
        officer.says(f"/near 22.7{n}00 75.8550 500")
    chat.ticks()
    soon = kinds(tx)
    for _ in range(2):
        chat.later(hours=25)
        chat.ticks()
    senior.looks()

    assert soon == []
    assert kinds(tx) == [Alarm.NO_REQUEST]
    assert texts.ALARM_NO_REQUEST in senior.reads


def test_where_owners_were_asked_nothing_is_told(chat: Chat, officer: Phone, tx: Session) -> None:
    for n in range(5):
        officer.says(f"/near 22.7{n}00 75.8550 500")
    incident_id = audit.rows(tx, audit.Act.SEARCH)[0].incident_id
    chat.store.run(lambda write: audit.write(write, audit.Act.REQUEST, chat.now, incident_id=incident_id))
    chat.later(hours=25)

    chat.ticks()

    assert kinds(tx) == []


def test_what_was_counted_is_forgotten_after_a_month(chat: Chat, officer: Phone) -> None:
    officer.says(NEAR)
    chat.later(days=32)

    assert chat.ticks()["forget old counts"] == 2


def test_a_sweep_of_the_whole_city_is_stopped_within_the_limit(chat: Chat, officer: Phone, tx: Session) -> None:
    chat.house = STRICT
    centre = INDORE.centre
    ring = [WGS84.fwd(centre.lon, centre.lat, n * 137.5, 900.0 * n**0.5) for n in range(700)]
    chat.has_cameras(*(Point(lat, lon) for lon, lat, _ in ring))
    seen: set[str] = set()

    for n in range(40):
        lon, lat, _ = WGS84.fwd(centre.lon, centre.lat, n * 137.5, 3900.0 * n**0.5)
        officer.says(f"/near {lat:.5f} {lon:.5f} 5 km")
        while texts.SEARCHED in officer.reads:
            said = [line for one in officer.answers if isinstance(one, Say) for line in one.lines]
            seen |= {str(line.values["number"]) for line in said if line.text == texts.FOUND_LINE}
            if not goes_on(officer):
                break
            officer.taps(texts.NEXT_PAGE)

    assert officer.reads == [texts.LIMIT_REACHED]
    assert 300 < len(seen) <= 500
    assert {Alarm.NEARLY, Alarm.REACHED} <= set(kinds(tx))
