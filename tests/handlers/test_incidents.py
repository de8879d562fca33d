"""`/incident`: nobody looks at the register without a reason that stands in the police's own books."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session

from bot import texts
from bot.core.access import Role
from bot.core.casework.incident import IncidentKind
from bot.core.geo import Point
from bot.core.messages import Media, Tap
from storage import audit
from storage.casework import incidents
from storage.engine import Store
from storage.tables.casework import Incident
from tests.chat import NOON, PALASIA, RAJWADA, STRICT, Chat, Phone
from tests.conftest import at_station, make_officer

NEAR = "/near 22.7185 75.8550 500"


@pytest.fixture
def chat(store: Store) -> Chat:
    return Chat(store, STRICT)


def current(who: Phone) -> Incident:
    def find(tx: Session) -> Incident | None:
        return incidents.current(tx, row, who.chat.now)

    row = who.row
    incident = who.chat.store.run(find)
    assert incident
    return incident


def opens(who: Phone, reference: str = "FIR 123/2026") -> Incident:
    who.says(f"/incident {reference}; theft; 22.7185 75.8550; yesterday 14:00-15:00")
    return current(who)


def test_an_incident_is_opened_in_four_answers(officer: Phone, tx: Session) -> None:
    officer.says("/incident")
    asked = [officer.asked]
    officer.says("fir १२३/२०२६")
    asked.append(officer.asked)
    officer.taps(texts.INCIDENT_SNATCHING)
    asked.append(officer.asked)
    officer.pins(PALASIA, "Palasia square")
    asked.append(officer.asked)
    officer.taps(texts.LAST_3_HOURS)

    told = incidents.told(tx, current(officer))
    assert asked == [texts.ASK_REFERENCE, texts.ASK_INCIDENT_KIND, texts.ASK_WHERE, texts.ASK_WINDOW]
    assert officer.reads == [texts.INCIDENT_OPENED]
    assert (told.reference, told.kind, told.site.point) == ("FIR 123/2026", IncidentKind.SNATCHING, PALASIA)
    assert (told.start, told.end, told.training) == (NOON - timedelta(hours=3), NOON, False)
    assert [row.incident_id for row in audit.rows(tx, audit.Act.OPEN)] == [current(officer).id]


def test_the_four_answers_can_come_with_the_command(officer: Phone, tx: Session) -> None:
    officer.says("/incident GD 12; चोरी; 22.7236, 75.8850; कल 14:00 से 15:00")

    told = incidents.told(tx, current(officer))
    assert (told.reference, told.kind, told.site.point) == ("GD 12/01-11-2026", IncidentKind.THEFT, PALASIA)
    assert told.end - told.start == timedelta(hours=1)


def test_what_is_missing_or_wrong_in_the_command_is_asked(officer: Phone) -> None:
    officer.says("/incident 123/2026; theft; behind the temple; today")

    assert officer.reads == [texts.HINT_PLACE, texts.ASK_WHERE]


@pytest.mark.parametrize(
    ("words_", "hint"),
    [
        ("NA", texts.HINT_REFERENCE_NOT_GIVEN),
        ("-", texts.HINT_REFERENCE_EMPTY),
        (" ", texts.HINT_REFERENCE_EMPTY),
        ("123", texts.HINT_REFERENCE_NO_YEAR),
        ("123/2027", texts.HINT_REFERENCE_FUTURE),
        ("my neighbour", texts.HINT_REFERENCE),
        ("training", texts.HINT_TRAINING),
    ],
)
def test_what_is_no_reference_gets_its_own_sentence(officer: Phone, words_: str, hint: str) -> None:
    officer.says("/incident")

    officer.says(words_)

    assert officer.reads == [hint, texts.ASK_REFERENCE]


@pytest.mark.parametrize(
    ("words_", "hint"),
    [
        ("23:00-23:30", texts.HINT_WINDOW_FUTURE),
        ("11:00-10:00", texts.HINT_WINDOW_UPSIDE_DOWN),
        ("2-3", texts.HINT_WINDOW_WHICH_HALF),
        ("1 Nov 2024 10:00-11:00", texts.HINT_WINDOW_TOO_OLD),
        ("about noon", texts.HINT_WINDOW),
    ],
)
def test_what_is_no_window_gets_its_own_sentence(officer: Phone, words_: str, hint: str) -> None:
    officer.says("/incident 123/2026; theft; 22.7185 75.8550")

    officer.says(words_)

    assert officer.reads == [hint, texts.ASK_WINDOW]


def test_a_place_far_outside_the_city_is_no_scene(officer: Phone) -> None:
    officer.says("/incident 123/2026; theft")

    officer.pins(Point(28.6139, 77.2090))

    assert officer.reads == [texts.HINT_OUTSIDE, texts.ASK_WHERE]


def test_a_picture_is_refused_at_every_question(officer: Phone) -> None:
    officer.says("/incident")

    officer.sends(Media())

    assert officer.reads == [texts.NO_PICTURES, texts.ASK_REFERENCE]


def test_back_leads_back_and_out_of_it(officer: Phone) -> None:
    officer.says("/incident 123/2026; theft; 22.7185 75.8550")

    asked = []
    for _ in range(4):
        officer.sends(Tap("back"))
        asked.append(officer.asked)

    assert asked == [texts.ASK_WHERE, texts.ASK_INCIDENT_KIND, texts.ASK_REFERENCE, texts.INCIDENT_LEFT]


def test_without_an_incident_a_search_asks_two_things_and_is_then_answered(
    chat: Chat, officer: Phone, tx: Session
) -> None:
    [number] = chat.has_cameras(RAJWADA)

    officer.says(NEAR)
    first = officer.reads
    officer.says("GD 12")
    second = officer.reads
    officer.taps(texts.LAST_HOUR)

    told = incidents.told(tx, current(officer))
    [search] = audit.rows(tx, audit.Act.SEARCH)
    assert (first, second) == ([texts.NEEDS_INCIDENT], [texts.ASK_WINDOW])
    assert officer.reads[:2] == [texts.INCIDENT_CURRENT, texts.SEARCHED]
    assert number in officer.sees
    assert (told.site.point, told.kind) == (RAJWADA, IncidentKind.OTHER)
    assert search.incident_id == current(officer).id
    assert officer.stack == []


def test_a_pin_out_of_the_blue_and_wider_need_one_as_well(chat: Chat, officer: Phone, tx: Session) -> None:
    officer.pins(RAJWADA)
    officer.says("500")
    asked = officer.reads
    opens(officer)
    officer.says(NEAR)
    wider = officer.button(texts.WIDER, distance="1 km")
    chat.later(hours=13)

    officer.taps_again(wider)

    assert asked == officer.reads == [texts.NEEDS_INCIDENT]
    assert len(audit.rows(tx, audit.Act.SEARCH)) == 1


def test_leaving_the_question_makes_no_search(officer: Phone, tx: Session) -> None:
    officer.says(NEAR)

    officer.taps(texts.NO_INCIDENT)

    assert officer.reads == [texts.INCIDENT_LEFT]
    assert audit.rows(tx, audit.Act.SEARCH) == []


def test_with_a_current_incident_the_search_is_answered_at_once_and_its_looks_name_it(
    chat: Chat, officer: Phone, tx: Session
) -> None:
    chat.has_cameras(*(Point(RAJWADA.lat + n / 4000, RAJWADA.lon) for n in range(12)))
    incident = opens(officer)

    officer.says(NEAR)
    officer.taps(texts.NEXT_PAGE)
    officer.taps(texts.PIN_BUTTON, n=11)

    assert [row.incident_id for row in audit.rows(tx) if row.action in ("search", "page", "pin")] == [incident.id] * 3


@pytest.mark.parametrize("button", [texts.NEXT_PAGE, texts.PIN_BUTTON])
def test_pages_and_pins_end_with_the_incident(chat: Chat, officer: Phone, tx: Session, button: str) -> None:
    chat.has_cameras(*(Point(RAJWADA.lat + n / 4000, RAJWADA.lon) for n in range(12)))
    opens(officer)
    officer.says(NEAR)
    tap = officer.button(button, n=1) if button == texts.PIN_BUTTON else officer.button(button)
    looks = len(audit.rows(tx))
    chat.later(hours=12)

    officer.taps_again(tap)
    laid_aside = officer.reads
    officer.taps(texts.WORK_ON_IT)
    officer.says("/incidents")
    officer.taps(texts.INCIDENT_BUTTON, reference="FIR 123/2026")
    officer.taps(texts.CLOSE_INCIDENT)
    officer.taps(texts.YES_CLOSE_INCIDENT)
    officer.taps_again(tap)

    assert laid_aside == [texts.SEARCH_OF_ANOTHER]
    assert officer.reads == [texts.SEARCH_OF_CLOSED]
    assert [row.action for row in audit.rows(tx)[looks:]] == [audit.Act.TAKE_UP, audit.Act.CLOSE]


def test_another_incident_does_not_lend_itself_to_an_older_search(chat: Chat, officer: Phone) -> None:
    chat.has_cameras(RAJWADA)
    opens(officer)
    officer.says(NEAR)
    tap = officer.button(texts.PIN_BUTTON, n=1)
    opens(officer, "FIR 124/2026")

    officer.taps_again(tap)

    assert officer.reads == [texts.SEARCH_OF_ANOTHER]


def test_a_reference_that_is_open_at_ones_own_station_is_taken_up_and_not_opened_twice(
    chat: Chat, officer: Phone, tx: Session
) -> None:
    incident = opens(officer)
    colleague = make_officer(chat, 2002)

    colleague.says("/incident 0123/2026")

    assert current(colleague).id == incident.id
    assert len(incidents.of_station(tx, "Palasia")) == 1


def test_a_closed_reference_says_what_to_do_instead(officer: Phone) -> None:
    opens(officer)
    officer.says("/incidents")
    officer.taps(texts.INCIDENT_BUTTON, reference="FIR 123/2026")
    card = officer.answers
    officer.taps(texts.CLOSE_INCIDENT)
    officer.taps(texts.YES_CLOSE_INCIDENT)
    closed = officer.reads

    officer.says("/incident 123/2026")
    again = officer.reads
    officer.answers = card
    officer.taps(texts.WORK_ON_IT)

    assert closed == [texts.INCIDENT_CLOSED]
    assert again == [texts.HINT_REFERENCE_CLOSED, texts.ASK_REFERENCE]
    assert officer.reads[0] == texts.INCIDENT_CLOSED_NOW


def test_an_incident_of_another_station_is_taken_up_with_a_note_to_that_station(chat: Chat, tx: Session) -> None:
    theirs = opens(at_station(chat, 2002, "Rajendra Nagar"))
    senior = at_station(chat, 2003, "Rajendra Nagar", Role.SENIOR)
    officer = make_officer(chat, 2001)

    officer.says("/incident 123/2026")
    asked = officer.reads
    officer.taps(texts.WORK_ON_THEIRS, station="Rajendra Nagar")
    senior.looks()

    assert asked == [texts.ASK_WHOSE]
    assert current(officer).id == theirs.id
    assert senior.reads == [texts.TAKEN_UP_ELSEWHERE]
    assert senior.sees.startswith("SI, Palasia 1 (station Palasia)")
    assert [row.incident_id for row in audit.rows(tx, audit.Act.TAKE_UP)] == [theirs.id]


def test_the_same_number_at_another_station_may_be_another_incident(chat: Chat) -> None:
    theirs = opens(at_station(chat, 2002, "Rajendra Nagar"))
    officer = make_officer(chat, 2001)

    officer.says("/incident 123/2026")
    officer.taps(texts.OURS_IS_ANOTHER)
    officer.taps(texts.INCIDENT_THEFT)
    officer.pins(RAJWADA)
    officer.taps(texts.LAST_HOUR)

    assert current(officer).id != theirs.id
    assert current(officer).station == "Palasia"


@pytest.mark.parametrize("verb", ["work", "card", "kind", "close"])
def test_a_forged_button_reaches_no_other_stations_incident(chat: Chat, tx: Session, verb: str) -> None:
    theirs = opens(at_station(chat, 2002, "Rajendra Nagar"))
    officer = make_officer(chat, 2001)

    for data in (f"/incidents:{verb}:{theirs.id}", f"/incidents:{verb}:{theirs.id}:yes", f"/incidents:{verb}:{2**70}"):
        officer.sends(Tap(data))
        assert officer.reads == [texts.INCIDENT_GONE]

    assert incidents.current(tx, officer.row, chat.now) is None
    assert incidents.of_station(tx, "Rajendra Nagar")[0].closed_at is None


def test_the_list_shows_the_stations_own_open_ones_and_which_is_current(chat: Chat, officer: Phone) -> None:
    opens(officer)
    opens(officer, "FIR 124/2026")
    opens(at_station(chat, 2002, "Rajendra Nagar"), "FIR 125/2026")

    officer.says("/incidents")

    assert officer.reads == [texts.INCIDENTS_LIST[0], texts.INCIDENT_LINE_CURRENT, texts.INCIDENT_LINE]
    assert "125/2026" not in officer.sees


def test_a_long_list_has_pages(officer: Phone) -> None:
    for n in range(1, 11):
        opens(officer, f"FIR {n}/2026")

    officer.says("/incidents")
    first = len(officer.reads)
    officer.taps(texts.NEXT_PAGE)

    assert (first, len(officer.reads)) == (9, 3)
    assert officer.button(texts.PREVIOUS_PAGE)


def test_with_none_open_the_list_says_so(officer: Phone) -> None:
    officer.says("/incidents")

    assert officer.reads == [texts.INCIDENTS_NONE]


def test_what_happened_can_be_said_later(officer: Phone, tx: Session) -> None:
    officer.says(NEAR)
    officer.says("GD 12")
    officer.taps(texts.LAST_HOUR)
    officer.says("/incidents")
    officer.taps(texts.INCIDENT_BUTTON, reference="GD 12/01-11-2026")
    officer.taps(texts.SAY_ITS_KIND)
    officer.taps(texts.INCIDENT_ASSAULT)

    assert incidents.told(tx, current(officer)).kind is IncidentKind.ASSAULT
    assert officer.reads == [texts.INCIDENT_CARD]


def test_a_resident_opens_none(resident: Phone, tx: Session) -> None:
    resident.says("/incident 123/2026; theft; 22.7185 75.8550; today")

    assert resident.reads == [texts.NOT_FOR_YOU]
    assert audit.rows(tx, audit.Act.OPEN) == []


def test_training_is_for_the_sandbox_and_its_incidents_end_with_it(chat: Chat, officer: Phone, tx: Session) -> None:
    chat.house = replace(STRICT, training=True)
    officer.says(NEAR)
    officer.taps(texts.TRAINING_INCIDENT)
    officer.taps(texts.LAST_HOUR)
    made_up = current(officer)
    found = officer.reads
    chat.house = STRICT
    officer.sends(Tap(f"/incidents:work:{made_up.id}"))
    taken_up = officer.reads
    officer.says(NEAR)

    assert found[:2] == [texts.INCIDENT_CURRENT, texts.SEARCHED]
    assert incidents.told(tx, made_up).training
    assert taken_up == [texts.INCIDENT_GONE]
    assert officer.reads == [texts.NEEDS_INCIDENT]
