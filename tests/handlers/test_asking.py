"""An officer asks owners for help: whom, for which time, until when; and nothing is sent before the last yes."""

import re
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from bot import texts
from bot.core.access import Role
from bot.core.casework.asking import Desk, NeedWhom, question, step
from bot.core.casework.request import MOST
from bot.core.geo import Point
from bot.core.messages import Button, Envelope, Phrase, Say, Tap
from handlers import mail, turn
from storage import audit
from storage.admin import grants
from storage.casework import incidents, requests
from storage.outbox import BULK
from storage.tables.register import Outbox
from storage.tables.requests import Asked, Request
from tests.chat import NOON, RAJWADA, TOWN, Chat, Phone
from tests.conftest import make_officer
from tests.handlers.test_seen import works_on

AROUND = f"/near {RAJWADA.lat} {RAJWADA.lon} 5000"


def place(n: int) -> Point:
    return Point(RAJWADA.lat + n / 20_000, RAJWADA.lon)


def street(chat: Chat, owners: int) -> list[str]:
    """So many owners with a camera each, one after the other to the north: their numbers, the nearest first."""
    return [number for n in range(owners) for number in chat.has_cameras(place(n), owner=5000 + n)]


def searches(officer: Phone) -> None:
    works_on(officer)
    officer.says(AROUND)


def asks(officer: Phone, whom: str = texts.ASK_ALL, *, send: bool = True, **values: int) -> None:
    """From a search's results to the last yes, in the usual way."""
    officer.taps(texts.ASK_OWNERS)
    officer.taps(whom, **values)
    officer.taps(texts.SAME_TIME)
    officer.taps(texts.IN_HOURS[1], n=24)
    if send:
        officer.taps(texts.SEND_REQUEST)


def about_to_send(chat: Chat, officer: Phone, owners: int = 1) -> Button:
    """Everything is chosen, and the last yes waits: its button."""
    street(chat, owners)
    searches(officer)
    asks(officer, n=owners, send=False)
    return officer.button(texts.SEND_REQUEST)


def line(who: Phone, text: str) -> Phrase:
    """The newest line of this kind."""
    lines = [line for said in who.answers if isinstance(said, Say) for line in said.lines]
    return next(line for line in reversed(lines) if text in (line.text, line.many))


def asked(tx: Session) -> list[Asked]:
    return list(tx.exec(select(Asked).order_by("id")))


def test_all_owners_of_a_search_are_asked_each_once(chat: Chat, officer: Phone, tx: Session) -> None:
    street(chat, 12)
    chat.has_cameras(place(3), place(4), owner=5000)
    searches(officer)

    asks(officer, n=14)

    [request] = tx.exec(select(Request))
    assert len(asked(tx)) == 12
    assert len({one.person_id for one in asked(tx)}) == 12
    assert len(requests.places_of(tx, asked(tx)[0])) == 3
    assert {texts.REQUEST_SENT, texts.LIVE_HEAD} < set(officer.reads)
    assert (request.deadline_at - request.asked_at, request.station) == (timedelta(hours=24), "Palasia")


def test_the_first_ten_are_the_nearest_ten(chat: Chat, officer: Phone, tx: Session) -> None:
    numbers = street(chat, 12)
    searches(officer)

    asks(officer, texts.ASK_FIRST, n=10)

    assert [place.number for one in asked(tx) for place in requests.places_of(tx, one)] == numbers[:10]


def test_one_by_one_asks_only_those_that_were_pressed(chat: Chat, officer: Phone, tx: Session) -> None:
    numbers = street(chat, 12)
    searches(officer)
    officer.taps(texts.ASK_OWNERS)
    officer.taps(texts.ASK_EACH)

    officer.taps(texts.NOT_PICKED, n=2)
    officer.taps(texts.NOT_PICKED, n=3)
    officer.taps(texts.PICKED, n=3)
    officer.taps(texts.NEXT_PAGE)
    officer.taps(texts.NOT_PICKED, n=12)
    officer.taps(texts.GO_ON)
    officer.taps(texts.SAME_TIME)
    officer.taps(texts.IN_HOURS[1], n=6)
    officer.taps(texts.SEND_REQUEST)

    assert [place.number for one in asked(tx) for place in requests.places_of(tx, one)] == [numbers[1], numbers[11]]


def test_nobody_chosen_gets_a_hint(chat: Chat, officer: Phone) -> None:
    street(chat, 2)
    searches(officer)
    officer.taps(texts.ASK_OWNERS)
    officer.taps(texts.ASK_EACH)

    officer.taps(texts.GO_ON)

    assert officer.reads == [texts.HINT_CHOOSE, texts.ASK_EACH_OF[0]]


def test_the_preview_is_exactly_what_the_owner_reads(chat: Chat, officer: Phone) -> None:
    owner = chat.phone(1001)
    owner.registers(RAJWADA)
    searches(officer)
    asks(officer, n=1, send=False)
    reads = line(officer, texts.PREVIEW).values["reads"]
    assert isinstance(reads, Phrase)

    officer.taps(texts.SEND_REQUEST)
    owner.looks()

    assert line(owner, texts.OWNER_ASKED) == reads
    for part in (texts.INCIDENT_THEFT, "FIR 123/2026", "Palasia", "10:00", "11:00", "02-11-2026 12:00"):
        assert part in owner.sees


def test_owners_read_it_in_their_own_language(chat: Chat, officer: Phone, tx: Session) -> None:
    asha = chat.phone(1001, language="hi")
    asha.registers(RAJWADA)
    searches(officer)
    asks(officer, n=1, send=False)
    send = officer.button(texts.SEND_REQUEST)

    envelope = Envelope("telegram", next(chat.updates), officer.id, officer.id, Tap(send.data), message="7")
    chat.store.run(lambda one: turn.take(one, chat.house, envelope, chat.now))

    waiting = [
        mail.OUTGOING.validate_json(chat.store.seal.open("outbox", row.id, row.message_sealed))
        for row in tx.exec(select(Outbox).where(Outbox.priority == BULK))
    ]
    assert [(one.chat, one.language) for one in waiting] == [("1001", "hi")]


def test_another_time_can_be_written(chat: Chat, officer: Phone, tx: Session) -> None:
    street(chat, 1)
    searches(officer)
    officer.taps(texts.ASK_OWNERS)
    officer.taps(texts.ASK_ALL, n=1)

    officer.says("31-10-2026 09:30-09:45")
    officer.taps(texts.IN_HOURS[1], n=72)
    officer.taps(texts.SEND_REQUEST)

    [request] = tx.exec(select(Request))
    assert request.end_at - request.start_at == timedelta(minutes=15)


@pytest.mark.parametrize(
    ("written", "hint"),
    [("25-12-2026 14:00-15:00", texts.HINT_WINDOW_FUTURE), ("30-10-2026 08:00-22:00", texts.HINT_KEEP_SHORTER)],
)
def test_a_time_that_cannot_be_kept_gets_a_hint(chat: Chat, officer: Phone, written: str, hint: str) -> None:
    street(chat, 1)
    searches(officer)
    officer.taps(texts.ASK_OWNERS)
    officer.taps(texts.ASK_ALL, n=1)

    officer.says(written)

    assert officer.reads == [hint, texts.ASK_TIME]


def test_going_back_asks_nobody(chat: Chat, officer: Phone, tx: Session) -> None:
    street(chat, 1)
    searches(officer)
    asks(officer, n=1, send=False)

    officer.taps(texts.ASK_NOBODY)

    assert officer.reads == [texts.ASKED_NOBODY]
    assert asked(tx) == []


def test_a_second_tap_on_send_sends_nothing_more(chat: Chat, officer: Phone, tx: Session) -> None:
    send = about_to_send(chat, officer)
    officer.taps_again(send)

    officer.taps_again(send)

    assert len(list(tx.exec(select(Request)))) == 1
    assert officer.reads == [texts.NOTHING_OPEN]


def test_nobody_is_asked_twice_a_day_for_one_incident(chat: Chat, officer: Phone, tx: Session) -> None:
    street(chat, 2)
    searches(officer)
    asks(officer, n=2)
    officer.says(AROUND)

    officer.taps(texts.ASK_OWNERS)
    officer.taps(texts.ASK_ALL, n=2)
    officer.taps(texts.SAME_TIME)
    officer.taps(texts.IN_HOURS[1], n=24)

    assert officer.reads == [texts.NOBODY_TO_ASK]
    assert len(asked(tx)) == 2


def test_who_paused_meanwhile_is_not_asked(chat: Chat, officer: Phone, tx: Session) -> None:
    owner = chat.phone(1001)
    owner.registers(RAJWADA)
    street(chat, 1)
    searches(officer)
    asks(officer, n=2, send=False)
    send = officer.button(texts.SEND_REQUEST)
    owner.says("/mine")
    owner.taps(texts.PAUSE)

    officer.taps_again(send)

    assert [one.person_id == owner.row for one in asked(tx)] == [False]


def test_without_an_incident_there_is_no_request(chat: Chat, officer: Phone) -> None:
    street(chat, 1)
    officer.says(AROUND)

    officer.taps(texts.ASK_OWNERS)

    assert officer.reads == [texts.ASK_NEEDS_INCIDENT]


def test_someone_else_s_search_is_no_way_to_a_request(chat: Chat, officer: Phone, tx: Session) -> None:
    street(chat, 1)
    searches(officer)
    button = officer.button(texts.ASK_OWNERS)
    other = make_officer(chat, 2002)
    works_on(other)

    other.taps_again(button)

    assert other.reads == [texts.SEARCH_GONE]
    assert asked(tx) == []


def test_an_incident_that_ended_before_the_last_yes_asks_nobody(chat: Chat, officer: Phone, tx: Session) -> None:
    send = about_to_send(chat, officer)
    chat.store.run(lambda one: [incidents.close(one, case, chat.now) for case in incidents.of_station(one, "Palasia")])

    officer.taps_again(send)

    assert officer.reads == [texts.ASK_NEEDS_INCIDENT]
    assert asked(tx) == []


def test_a_request_stands_in_the_trace(chat: Chat, officer: Phone, tx: Session) -> None:
    street(chat, 3)
    searches(officer)

    asks(officer, n=3)

    [trace] = audit.rows(tx, audit.Act.REQUEST)
    assert (trace.person_id, trace.places, audit.detail_of(tx, trace)["owners"]) == (officer.row, 3, 3)


def test_owners_messages_wait_behind_answers_and_hold_no_number(chat: Chat, officer: Phone) -> None:
    owner = chat.phone(1001)
    owner.registers(RAJWADA)
    searches(officer)

    asks(officer, n=1)

    owner.looks()
    assert not re.search(r"98\d{8}", officer.sees)
    assert not re.search(r"2001|SI, Palasia", owner.sees)


def test_fifty_owners_are_one_officer_s_to_ask_and_fifty_one_a_second_one_s_to_allow(
    chat: Chat, officer: Phone, tx: Session
) -> None:
    senior = make_officer(chat, 2002, Role.SENIOR)
    street(chat, 51)
    searches(officer)

    asks(officer, n=51)
    before = len(asked(tx))
    senior.looks()
    senior.taps(texts.ALLOW)
    officer.looks()

    assert (before, len(asked(tx))) == (0, 51)
    assert texts.DECIDED_YES in senior.reads
    assert texts.MANY_ALLOWED in officer.reads
    assert texts.LIVE_HEAD in officer.reads


def test_what_a_senior_refuses_is_not_sent(chat: Chat, officer: Phone, tx: Session) -> None:
    senior = make_officer(chat, 2002, Role.SENIOR)
    street(chat, 51)
    searches(officer)
    asks(officer, n=51)
    senior.looks()

    senior.taps(texts.DISALLOW)
    officer.looks()

    assert asked(tx) == []
    assert officer.reads == [texts.MANY_REFUSED]


def test_without_a_senior_more_than_fifty_cannot_be_asked(chat: Chat, officer: Phone, tx: Session) -> None:
    street(chat, 51)
    searches(officer)

    asks(officer, n=51)

    assert officer.reads == [texts.NO_SENIOR_TO_ASK]
    assert asked(tx) == []


def test_fifty_need_no_second_officer(chat: Chat, officer: Phone, tx: Session) -> None:
    street(chat, 50)
    searches(officer)

    asks(officer, n=50)

    assert len(asked(tx)) == 50


def test_nothing_is_sent_for_an_officer_whose_role_ended_before_the_yes(
    chat: Chat, officer: Phone, tx: Session
) -> None:
    senior = make_officer(chat, 2002, Role.SENIOR)
    street(chat, 51)
    searches(officer)
    asks(officer, n=51)
    senior.looks()
    chat.store.run(lambda one: [grants.revoke(grant, chat.now) for grant in grants.of(one, officer.row)])

    senior.taps(texts.ALLOW)

    assert asked(tx) == []


def test_more_places_than_a_request_can_have_are_not_asked_all_at_once() -> None:
    many = NeedWhom(7, tuple(range(MOST)), NOON, NOON, more=True)

    labels = [button.label.text for row in question(many)[0].buttons for button in row]
    forged = step(many, Tap("all"), Desk(TOWN, NOON))

    assert labels == [texts.ASK_FIRST, texts.ASK_EACH, texts.ASK_NOBODY]
    assert forged.stage == many
