"""Keeping the register true: asked every half-year, hidden after two silences, back with a tap, removed in the end."""

import itertools
from collections import Counter
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from bot import texts
from bot.core.messages import Tap
from bot.core.registration import Standing, State
from bot.core.resident.standing import HALF_YEAR
from handlers.resident import standing
from storage import audit, outbox, people, registrations
from storage.tables.register import Outbox, Registration
from tests.chat import PALASIA, RAJWADA, Chat, Phone
from tests.conftest import make_officer

WEEK = timedelta(days=7)


def live(chat: Chat, who: Phone, days: int) -> list[tuple[int, str]]:
    """Days go by, and each noon the chore runs: what came unasked, and on which day."""
    came = []
    for day in range(1, days + 1):
        chat.later(days=1)
        chat.store.run(lambda tx: standing.check(tx, chat.house, chat.now))
        who.looks()
        came += [(day, text) for text in who.reads]
    return came


def row_of(tx: Session, number: str) -> Registration:
    row = registrations.find(tx, number)
    assert row
    return row


def asked(chat: Chat, who: Phone) -> str:
    """An entry whose question waits on the screen: its number."""
    number = who.registers()
    chat.later(days=190)
    chat.ticks()
    who.looks()
    assert who.reads == [texts.STILL_THERE]
    return number


def found(chat: Chat) -> bool:
    officer = make_officer(chat, 2001)
    officer.says("/near 22.7185 75.8550 500")
    return texts.NOTHING_FOUND not in officer.reads


def test_after_half_a_year_an_owner_is_asked_once_with_their_place_and_count(chat: Chat, resident: Phone) -> None:
    resident.registers()

    came = live(chat, resident, 200)

    assert [text for _, text in came] == [texts.STILL_THERE]
    assert HALF_YEAR - WEEK <= timedelta(days=came[0][0]) <= HALF_YEAR + WEEK


def test_the_question_names_the_entry(chat: Chat, resident: Phone) -> None:
    number = asked(chat, resident)

    for told in (number, "4 cameras", "22.71850, 75.85500"):
        assert told in resident.sees


def test_yes_keeps_the_entry_for_another_half_year(chat: Chat, resident: Phone, tx: Session) -> None:
    number = asked(chat, resident)

    resident.taps(texts.STILL_YES)

    assert resident.reads == [texts.STILL_THANKS]
    assert row_of(tx, number).confirmed_at == chat.now
    assert [text for _, text in live(chat, resident, 170)] == []
    assert [text for _, text in live(chat, resident, 25)] == [texts.STILL_THERE]


def test_changed_opens_the_entry_and_what_is_saved_counts_as_confirmed(
    chat: Chat, resident: Phone, tx: Session
) -> None:
    number = asked(chat, resident)

    resident.taps(texts.STILL_CHANGED)
    resident.taps(texts.CHANGE_COUNT)
    resident.says("6")
    resident.taps(texts.SAVE)

    row = row_of(tx, number)
    assert (row.cameras, row.confirmed_at, row.standing) == (6, chat.now, Standing.SURE)


def test_gone_asks_once_more_and_removes(chat: Chat, resident: Phone, tx: Session) -> None:
    number = asked(chat, resident)

    resident.taps(texts.STILL_GONE)
    question = resident.reads
    resident.taps(texts.YES_REMOVE)

    assert question == [texts.SURE_REMOVE]
    assert row_of(tx, number).state == State.WITHDRAWN
    assert live(chat, resident, 30) == []


def test_a_silent_owner_reads_five_messages_on_their_days_and_no_other(
    chat: Chat, resident: Phone, tx: Session
) -> None:
    number = resident.registers()

    came = live(chat, resident, 760)

    assert [text for _, text in came] == [
        texts.STILL_THERE,
        texts.STILL_THERE_AGAIN,
        texts.NOW_HIDDEN,
        texts.REMOVAL_NEAR,
        texts.REMOVED_SILENT,
    ]
    days = [day for day, _ in came]
    assert [after - before for before, after in itertools.pairwise(days)] == [182, 14, 351, 14]
    assert row_of(tx, number).state == State.WITHDRAWN


def test_two_silences_hide_an_entry_and_one_tap_brings_it_back(chat: Chat, resident: Phone, tx: Session) -> None:
    number = resident.registers()
    live(chat, resident, 370)
    seen_before = found(chat)
    while texts.NOW_HIDDEN not in resident.reads:
        live(chat, resident, 1)
    hidden = found(chat)
    resident.says("/mine")
    card = resident.reads

    resident.taps(texts.STILL_BACK)

    assert (seen_before, hidden, found(chat)) == (True, False, True)
    assert card == [texts.CARD, texts.SEEN_NOTE[0]]  # found() has an officer look
    assert resident.reads == [texts.FOUND_AGAIN]
    assert row_of(tx, number).standing == Standing.SURE


def test_a_second_tap_on_the_same_button_changes_nothing(chat: Chat, resident: Phone, tx: Session) -> None:
    number = asked(chat, resident)
    button = resident.button(texts.STILL_YES)

    resident.taps_again(button)
    first = row_of(tx, number).check_at
    resident.taps_again(button)

    assert row_of(tx, number).check_at == first


@pytest.mark.parametrize("verb", ["yes", "changed", "gone"])
def test_nobody_answers_for_someone_elses_entry(chat: Chat, resident: Phone, tx: Session, verb: str) -> None:
    number = asked(chat, resident)
    prankster = chat.phone(6666)

    prankster.sends(Tap(f"/still:{verb}:{number}"))

    assert prankster.reads == [texts.NOT_YOURS_NOW]
    assert row_of(tx, number).standing == Standing.ASKED


def test_a_paused_entry_that_is_confirmed_stays_paused(chat: Chat, resident: Phone, tx: Session) -> None:
    number = resident.registers()
    resident.says("/mine")
    resident.taps(texts.PAUSE)
    live(chat, resident, 400)
    was = Standing(row_of(tx, number).standing)

    resident.says("/mine")
    resident.taps(texts.STILL_BACK)

    assert was is Standing.HIDDEN
    assert resident.reads == [texts.STILL_THANKS]
    assert row_of(tx, number).state == State.PAUSED
    assert not found(chat)


def test_those_who_registered_in_one_night_are_not_asked_in_one_night(chat: Chat) -> None:
    for owner in range(60):
        chat.has_cameras(RAJWADA, owner=3000 + owner)
    days: Counter[int] = Counter()

    for day in range(1, 200):
        chat.later(days=1)
        days[day] = chat.store.run(lambda tx: standing.check(tx, chat.house, chat.now))

    assert days.total() == 60
    assert max(days.values()) < 20


def test_an_owner_of_many_entries_is_asked_about_one_a_day(chat: Chat) -> None:
    chat.has_cameras(*[RAJWADA] * 20, owner=3000)
    owner = chat.phone(3000)

    came = Counter(day for day, _ in live(chat, owner, 230))

    assert len(came) == came.total() == 20


def test_nobody_is_asked_at_night(chat: Chat, resident: Phone) -> None:
    resident.registers()
    chat.later(days=200)

    for hour in (15, 18, 21, 0, 2):  # in Indore: nine in the evening to eight in the morning
        chat.now = chat.now.replace(hour=hour)
        chat.later(days=1)
        chat.ticks()
        assert resident.looks() == []
    chat.now = chat.now.replace(hour=4)
    chat.ticks()
    resident.looks()

    assert resident.reads == [texts.STILL_THERE]


def test_a_long_outage_is_caught_up_with_one_question_not_several(chat: Chat, resident: Phone) -> None:
    resident.registers()
    chat.later(days=3 * 365)

    came = live(chat, resident, 10)

    assert [text for _, text in came] == [texts.STILL_THERE]


def test_these_questions_let_answers_overtake_them(chat: Chat, resident: Phone, tx: Session) -> None:
    resident.registers()
    chat.later(days=200)

    chat.ticks()

    waiting = tx.exec(select(Outbox.priority).where(col(Outbox.sent_at).is_(None)))
    assert waiting.all() == [outbox.BULK]


def test_someone_who_blocked_the_bot_is_written_nothing_and_their_entry_still_goes_its_way(
    chat: Chat, resident: Phone, tx: Session
) -> None:
    number = resident.registers()
    chat.store.run(lambda tx: setattr(people.get(tx, resident.row), "reachable", False))

    came = live(chat, resident, 600)

    assert came == []
    assert row_of(tx, number).standing == Standing.HIDDEN


def test_a_removal_in_silence_leaves_its_line_in_the_trace(chat: Chat, resident: Phone, tx: Session) -> None:
    number = resident.registers(PALASIA)
    live(chat, resident, 182 + 7 + 182 + 14 + 365 + 2)

    [line] = audit.rows(tx, audit.Act.WITHDRAW)

    assert audit.detail_of(tx, line) == {"number": number, "silent": True}
    assert row_of(tx, number).state == State.WITHDRAWN


def test_whoever_asks_what_is_kept_reads_when_it_was_last_confirmed(chat: Chat, resident: Phone) -> None:
    asked(chat, resident)

    resident.says("/mydata")

    told = [
        line.text for answer in resident.answers for line in getattr(getattr(answer, "document", None), "lines", ())
    ]
    assert texts.MYDATA_CONFIRMED in told


def test_the_chore_takes_ten_at_a_time_and_the_rest_a_minute_later(chat: Chat) -> None:
    for owner in range(12):
        chat.has_cameras(RAJWADA, owner=4000 + owner)
    chat.later(days=365)

    first = chat.ticks()["ask whether entries are still true"]
    chat.later(minutes=1)
    second = chat.ticks()["ask whether entries are still true"]

    assert (first, second) == (standing.AT_ONCE, 2)
