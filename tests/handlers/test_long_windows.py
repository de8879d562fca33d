"""More than twelve hours: a senior officer of the station says yes or no, once, and never to themselves."""

import pytest
from sqlmodel import Session

from bot import texts
from bot.core.access import Role
from bot.core.messages import Tap
from storage import audit
from storage.casework import incidents
from storage.engine import Store
from tests.chat import STRICT, Chat, Phone
from tests.conftest import at_station

LONG = "/incident FIR 123/2026; theft; 22.7185 75.8550; 30 Oct 08:00 to 31 Oct 02:00"


@pytest.fixture
def chat(store: Store) -> Chat:
    return Chat(store, STRICT)


@pytest.fixture
def senior(chat: Chat) -> Phone:
    return at_station(chat, 2009, "Palasia", Role.SENIOR)


def asks(officer: Phone) -> None:
    officer.says(LONG)
    assert officer.reads == [texts.ASK_LONG_WINDOW]
    officer.taps(texts.ASK_A_SENIOR)


def test_a_senior_allows_it_and_the_officer_is_told_and_works_on_it(
    chat: Chat, senior: Phone, officer: Phone, tx: Session
) -> None:
    asks(officer)
    asked = officer.reads
    before = incidents.current(tx, officer.row, chat.now)
    senior.looks()
    request = senior.reads
    senior.taps(texts.ALLOW)
    officer.looks()

    incident = incidents.current(tx, officer.row, chat.now)
    assert incident
    assert (asked, before, request) == ([texts.SENIOR_ASKED], None, [texts.MAY_SEARCH_LONG])
    assert (senior.reads, officer.reads) == ([texts.DECIDED_YES], [texts.LONG_WINDOW_ALLOWED])
    assert (incident.end_at - incident.start_at).total_seconds() == 18 * 3600
    assert incident.station == "Palasia"
    assert [row.person_id for row in audit.rows(tx, audit.Act.ALLOW)] == [senior.row]


def test_a_senior_refuses_it_and_no_incident_is_opened(senior: Phone, officer: Phone, tx: Session) -> None:
    asks(officer)
    senior.looks()
    senior.taps(texts.DISALLOW)
    officer.looks()

    assert (senior.reads, officer.reads) == ([texts.DECIDED_NO], [texts.LONG_WINDOW_REFUSED])
    assert incidents.of_station(tx, "Palasia") == []


def test_a_shorter_time_needs_nobody(officer: Phone) -> None:
    officer.says(LONG)
    officer.taps(texts.ANOTHER_WINDOW)
    officer.says("30 Oct 08:00 to 20:00")

    assert officer.reads == [texts.INCIDENT_OPENED]


def test_without_a_senior_at_the_station_the_officer_is_told_so(chat: Chat, officer: Phone) -> None:
    elsewhere = at_station(chat, 2008, "Rajendra Nagar", Role.SENIOR)

    asks(officer)
    elsewhere.looks()

    assert officer.reads == [texts.NO_SENIOR]
    assert elsewhere.reads == []


def test_a_senior_cannot_allow_their_own_request(chat: Chat, senior: Phone, tx: Session) -> None:
    other = at_station(chat, 2010, "Palasia", Role.SENIOR)
    asks(senior)
    other.looks()
    tap = other.button(texts.ALLOW)

    senior.taps_again(tap)

    assert senior.reads == [texts.DECISION_OVER]
    assert incidents.of_station(tx, "Palasia") == []


def test_nobody_else_can_answer_and_nobody_twice(chat: Chat, senior: Phone, officer: Phone, tx: Session) -> None:
    elsewhere = at_station(chat, 2008, "Rajendra Nagar", Role.SENIOR)
    colleague = at_station(chat, 2007, "Palasia")
    asks(officer)
    senior.looks()
    allow, refuse = senior.button(texts.ALLOW), senior.button(texts.DISALLOW)

    elsewhere.taps_again(allow)
    colleague.taps_again(allow)
    senior.taps_again(refuse)
    senior.taps_again(allow)

    assert (elsewhere.reads, colleague.reads) == ([texts.DECISION_OVER], [texts.NOT_FOR_YOU])
    assert senior.reads == [texts.DECISION_OVER]
    assert incidents.of_station(tx, "Palasia") == []


def test_after_a_day_the_request_is_over(chat: Chat, senior: Phone, officer: Phone, tx: Session) -> None:
    asks(officer)
    senior.looks()
    chat.later(hours=24)

    senior.taps(texts.ALLOW)

    assert senior.reads == [texts.DECISION_OVER]
    assert incidents.of_station(tx, "Palasia") == []


@pytest.mark.parametrize("forged", ["", "0", "1", str(2**70), "x"])
def test_a_forged_request_is_none(senior: Phone, forged: str) -> None:
    senior.sends(Tap(f"/approve:yes:{forged}"))

    assert senior.reads == [texts.DECISION_OVER]


def test_what_was_asked_lies_sealed(chat: Chat, senior: Phone, officer: Phone) -> None:
    asks(officer)

    assert senior.id
    assert b"123/2026" not in chat.saved()
