"""A role that has ended, by revocation or by its date, stops at once: commands, old buttons, open questions."""

from collections.abc import Callable

import pytest
from sqlmodel import Session

from bot import texts
from bot.core.casework.search import NeedWhere
from bot.core.geo import Point
from bot.core.messages import Incoming, Pin, Tap, Text
from storage import audit
from storage.admin import grants
from tests.chat import PALASIA, RAJWADA, STRICT, Chat, Phone
from tests.conftest import become_officer, invitation, make_officer
from tests.every_stage import brought_to

pytestmark = pytest.mark.matrix


def revoke(chat: Chat) -> None:
    chat.store.run(lambda tx: [grants.revoke(grant, chat.now) for grant in grants.every(tx)])


def expire(chat: Chat) -> None:
    chat.later(days=365)


ends = pytest.mark.parametrize("end", [revoke, expire])


BUTTONS: list[tuple[str, dict[str, str | int]]] = [
    (texts.PIN_BUTTON, {"n": 1}),
    (texts.NEXT_PAGE, {}),
    (texts.WIDER, {"distance": "1 km"}),
    (texts.ASK_OWNERS, {}),
    (texts.OVERWRITTEN_FIRST, {}),
]


@ends
@pytest.mark.parametrize(("label", "values"), BUTTONS)
def test_old_buttons_stop_at_once(
    chat: Chat, tx: Session, end: Callable[[Chat], None], label: str, values: dict[str, str | int]
) -> None:
    chat.house = STRICT
    officer = make_officer(chat, 2001)
    officer.says("/incident FIR 123/2026; theft; 22.7185 75.8550; yesterday 14:00-15:00")
    chat.has_cameras(*(Point(RAJWADA.lat + n / 10_000, RAJWADA.lon) for n in range(11)))
    officer.says("/near 22.7185 75.8550 500")
    button = officer.button(label, **values)
    looks = len(audit.rows(tx))

    end(chat)
    officer.taps_again(button)

    assert officer.reads == [texts.NOT_FOR_YOU]
    assert len(audit.rows(tx)) == looks


@ends
@pytest.mark.parametrize("where", ["where", "radius"])
@pytest.mark.parametrize("got", [Pin(PALASIA), Text("22.7185 75.8550 500"), Text("500"), Tap("back")])
def test_an_open_question_takes_no_answer_any_more(
    chat: Chat, tx: Session, end: Callable[[Chat], None], where: str, got: Incoming
) -> None:
    who = brought_to(where, chat.phone(1001))

    end(chat)
    who.sends(got)

    assert who.reads == [texts.NOT_FOR_YOU]
    assert who.stack == []
    assert audit.rows(tx, audit.Act.SEARCH) == []


@ends
@pytest.mark.parametrize("where", ["where", "radius"])
@pytest.mark.parametrize("command", ["/help", "/start", "/nonsense", "/near"])
def test_an_open_question_is_not_asked_again(chat: Chat, end: Callable[[Chat], None], where: str, command: str) -> None:
    who = brought_to(where, chat.phone(1001))

    end(chat)
    who.says(command)

    assert not {texts.ASK_WHERE, texts.ASK_RADIUS} & set(who.reads)
    assert who.stack == []


@ends
def test_a_registration_begun_under_the_search_goes_on(chat: Chat, end: Callable[[Chat], None]) -> None:
    who = become_officer(chat.phone(1001))
    who.says("/add")
    who.taps(texts.AGREE)
    who.says("/near")
    assert who.stack[-1] == NeedWhere()

    end(chat)
    who.pins(PALASIA)

    assert who.reads == [texts.NOT_FOR_YOU, texts.WHERE_YOU_ARE, texts.ASK_NUMBER]


@ends
def test_the_command_is_refused_like_anyones(chat: Chat, officer: Phone, end: Callable[[Chat], None]) -> None:
    end(chat)

    officer.says("/near 22.7185 75.8550 500")

    assert officer.reads == [texts.NOT_FOR_YOU]


@ends
def test_a_pin_means_nothing_special_any_more(chat: Chat, officer: Phone, end: Callable[[Chat], None]) -> None:
    end(chat)

    officer.pins(PALASIA)

    assert officer.reads == [texts.NOTHING_OPEN]


def test_a_role_that_is_used_holds_until_the_very_end_of_its_time(chat: Chat, officer: Phone) -> None:
    for _ in range(5):
        chat.later(days=70)
        officer.says("/help")
    chat.later(days=14, hours=23, minutes=59)

    officer.says("/near 22.7185 75.8550 500")

    assert texts.SEARCHED in officer.reads


def test_with_a_second_role_the_search_goes_on_when_the_first_is_revoked(chat: Chat, officer: Phone) -> None:
    first = chat.store.run(lambda tx: grants.every(tx)[0].id)
    officer.says(f"/start {invitation(chat, station='HQ')}")
    officer.taps(texts.ACCEPT_ROLE)

    chat.store.run(lambda tx: [grants.revoke(grant, chat.now) for grant in grants.every(tx) if grant.id == first])
    officer.says("/near 22.7185 75.8550 500")

    assert texts.SEARCHED in officer.reads
