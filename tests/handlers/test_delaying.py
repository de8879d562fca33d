"""`/delay`: for a live case a senior officer lets owners know later: once, for a month at most, with a reason."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from bot import texts
from bot.core.access import Role
from storage import audit
from storage.admin import grants
from storage.casework import delays, incidents
from tests.chat import NOON, RAJWADA, Chat, Phone
from tests.conftest import make_officer
from tests.handlers.test_seen import seen, works_on


@pytest.fixture
def owner(chat: Chat) -> Phone:
    return chat.phone(1001)


@pytest.fixture
def number(owner: Phone) -> str:
    return owner.registers(RAJWADA)


@pytest.fixture
def senior(chat: Chat) -> Phone:
    return make_officer(chat, 2002, Role.SENIOR)


def delays_it(senior: Phone, days: str = "14") -> None:
    senior.says("/delay")
    senior.says(days)
    senior.says("The suspect may be an owner's neighbour.")


def test_until_then_the_owner_reads_nothing_and_after_it_everything_by_itself(
    chat: Chat, owner: Phone, number: str, senior: Phone
) -> None:
    works_on(senior)
    delays_it(senior)
    senior.says("/near 22.7185 75.8550 500")
    during = seen(owner)
    chat.later(days=14)

    assert number
    assert during == []
    assert [line["day"] for line in seen(owner)] == ["01-11-2026"]


def test_the_reason_is_kept_with_who_and_until_when(chat: Chat, senior: Phone, tx: Session) -> None:
    theft = works_on(senior)
    delays_it(senior)

    delay = delays.of(tx, theft.id)
    assert delay
    grant = grants.get(tx, delay.grant_id)
    assert grant
    assert (grant.person_id, delay.until) == (senior.row, NOON + timedelta(days=14))
    assert delays.reason_of(tx, delay) == "The suspect may be an owner's neighbour."
    assert [row.incident_id for row in audit.rows(tx, audit.Act.DELAY)] == [theft.id]
    assert chat.now == delay.at


def test_more_than_thirty_days_or_a_second_time_is_refused(chat: Chat, senior: Phone) -> None:
    theft = works_on(senior)
    senior.says("/delay")
    senior.says("31")
    too_long = list(senior.reads)
    senior.says("/cancel")
    delays_it(senior, "30")
    chat.later(days=29, hours=23)
    chat.store.run(lambda tx: incidents.take_up(tx, senior.row, theft, chat.now))
    senior.says("/delay")

    assert too_long == [texts.HINT_DELAY_DAYS, texts.ASK_DELAY]
    assert senior.reads == [texts.DELAYED_BEFORE]


def test_a_word_is_no_reason(senior: Phone) -> None:
    works_on(senior)
    senior.says("/delay")
    senior.taps(texts.DAYS[1], n=7)

    senior.says("because")

    assert senior.reads == [texts.HINT_DELAY_WHY, texts.ASK_DELAY_WHY]


def test_without_an_incident_there_is_nothing_to_delay(senior: Phone) -> None:
    senior.says("/delay")

    assert senior.reads == [texts.DELAY_NO_INCIDENT]


def test_a_case_that_is_closed_meanwhile_is_not_delayed(chat: Chat, senior: Phone) -> None:
    theft = works_on(senior)
    senior.says("/delay")
    senior.says("7")
    chat.store.run(lambda tx: incidents.close(tx, incidents.get(tx, theft.id) or theft, chat.now))

    senior.says("The suspect may be an owner's neighbour.")

    assert senior.reads == [texts.DELAY_NO_INCIDENT]


def test_a_role_that_only_searches_cannot_delay(officer: Phone) -> None:
    officer.says("/delay")

    assert officer.reads == [texts.NOT_FOR_YOU]
