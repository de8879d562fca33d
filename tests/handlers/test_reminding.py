"""Whoever stopped in the middle is reminded once, a day later, and can go on right there."""

import pytest
from sqlmodel import Session, col, select

from bot import texts
from storage import outbox, people
from storage.tables.register import Outbox
from tests.chat import PALASIA, Chat, Phone
from tests.every_stage import STOPS, brought_to


def days_go_by(chat: Chat, who: Phone, days: int) -> list[list[str]]:
    """What came unasked on each day."""
    came = []
    for _ in range(days):
        chat.later(days=1, seconds=1)
        chat.ticks()
        who.looks()
        came.append(who.reads)
    return came


@pytest.mark.parametrize("where", ["consent", "number", "place", "count", "save", "sure to forget", "accept"])
def test_one_reminder_comes_a_day_later_with_the_open_question(chat: Chat, resident: Phone, where: str) -> None:
    who = brought_to(where, resident)

    came = days_go_by(chat, who, 6)

    assert came == [[texts.REMINDER, STOPS[where].again], [], [], [], [], []]


def test_nobody_is_reminded_within_the_day(chat: Chat, resident: Phone) -> None:
    who = brought_to("place", resident)

    chat.later(hours=23)
    chat.ticks()

    assert who.looks() == []


def test_the_question_of_the_reminder_can_be_answered(chat: Chat, resident: Phone) -> None:
    who = brought_to("place", resident)
    days_go_by(chat, who, 1)

    who.pins(PALASIA)

    assert who.reads == [texts.ASK_HERE]


def test_the_buttons_of_the_reminder_work(chat: Chat, resident: Phone) -> None:
    who = brought_to("save", resident)
    days_go_by(chat, who, 1)

    who.taps(texts.SAVE)

    assert who.reads == [texts.SAVED]


def test_whoever_goes_on_and_stops_again_is_not_reminded_of_the_same_again(chat: Chat, resident: Phone) -> None:
    who = brought_to("place", resident)
    days_go_by(chat, who, 1)
    who.pins(PALASIA)

    assert days_go_by(chat, who, 3) == [[], [], []]


def test_another_conversation_has_a_reminder_of_its_own(chat: Chat, resident: Phone) -> None:
    who = brought_to("save", resident)
    days_go_by(chat, who, 1)
    who.taps(texts.SAVE)
    who.says("/add")

    assert days_go_by(chat, who, 2) == [[texts.REMINDER, texts.ASK_PLACE], []]


@pytest.mark.parametrize("where", ["saved", "card", "kind", "where", "radius"])
def test_nobody_is_reminded_of_what_is_finished_or_can_wait_for_ever(chat: Chat, resident: Phone, where: str) -> None:
    who = brought_to(where, resident)

    assert days_go_by(chat, who, 3) == [[], [], []]


def test_nobody_is_reminded_at_night(chat: Chat, resident: Phone) -> None:
    who = brought_to("place", resident)
    chat.later(hours=24 + 10)  # ten in the evening

    chat.ticks()
    by_night = who.looks()
    chat.later(hours=11)
    chat.ticks()
    who.looks()

    assert by_night == []
    assert who.reads == [texts.REMINDER, texts.ASK_PLACE]


def test_an_outage_of_a_week_reminds_nobody_of_what_is_wiped(chat: Chat, resident: Phone) -> None:
    who = brought_to("place", resident)
    chat.later(days=8)

    chat.ticks()

    assert who.looks() == []
    assert who.stack == []


def test_someone_who_blocked_the_bot_is_left_alone(chat: Chat, resident: Phone) -> None:
    who = brought_to("place", resident)
    chat.store.run(lambda tx: setattr(people.get(tx, who.row), "reachable", False))

    assert days_go_by(chat, who, 2) == [[], []]


def test_a_reminder_lets_answers_overtake_it(chat: Chat, resident: Phone, tx: Session) -> None:
    brought_to("place", resident)
    chat.later(days=1)

    chat.ticks()

    waiting = tx.exec(select(Outbox.priority).where(col(Outbox.sent_at).is_(None)))
    assert set(waiting) == {outbox.BULK}
