"""Time arrives as well: each chore runs once in its slot, whoever ticks, and forgets what is due to be forgotten."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlmodel import Session, SQLModel, func, select

from bot import texts
from bot.core.messages import Document, Say, Text
from handlers import clock
from handlers.clock import CHORES, Chore
from handlers.visit import House
from storage import claims, leftovers, people
from storage.engine import Store
from storage.tables.register import Claim, Job, Outbox, Person, Quarantine, Registration
from tests.chat import PALASIA, Chat, Phone
from tests.conftest import become_officer
from tests.every_stage import brought_to
from tests.town import another


def count(tx: Session, table: type[SQLModel]) -> int:
    return tx.exec(select(func.count()).select_from(table)).one()


def test_every_chore_runs_once_in_its_slot(chat: Chat) -> None:
    first = chat.ticks()
    again = chat.ticks()
    chat.later(hours=1)
    an_hour_later = chat.ticks()
    chat.later(days=1)

    assert set(first) == {chore.name for chore in CHORES}
    assert again == {}
    assert set(an_hour_later) == {chore.name for chore in CHORES if chore.every <= timedelta(hours=1)}
    assert set(chat.ticks()) == set(first)


def test_two_tickers_share_the_work_and_do_none_of_it_twice(chat: Chat) -> None:
    stores = [another(chat.store) for _ in range(2)]
    moments = [chat.now + timedelta(hours=n) for n in range(6)]

    def ticks(store: Store) -> list[str]:
        done = [store.run(partial(clock.tick, house=chat.house, now=now)) for now in moments]
        return [f"{n}: {name}" for n, names in enumerate(done) for name in names]

    with ThreadPoolExecutor(2) as pool:
        mine, theirs = pool.map(ticks, stores)
    for store in stores:
        store.close()

    daily = sum(chore.every == timedelta(days=1) for chore in CHORES)
    hourly = len(CHORES) - daily
    assert not set(mine) & set(theirs)
    assert len(mine) + len(theirs) == 6 * hourly + daily


def test_after_a_pause_of_the_program_what_was_missed_is_done(chat: Chat, resident: Phone) -> None:
    brought_to("place", resident)
    chat.ticks()

    chat.later(days=40)

    done = chat.ticks()
    assert done["wipe unfinished answers"] == 1  # the open question
    assert done["forget who has nothing here"] == 2  # then number and consent, and then the stranger


@pytest.mark.parametrize(("days", "kept"), [(6.9, True), (7.1, False)])
def test_unfinished_answers_are_wiped_seven_days_after_the_last_message(
    chat: Chat, resident: Phone, days: float, kept: bool
) -> None:
    brought_to("second here", resident)
    chat.later(days=days)

    chat.ticks()

    assert bool(resident.stack) is kept


def test_whoever_is_back_in_time_keeps_their_answers(chat: Chat, resident: Phone) -> None:
    brought_to("count", resident)
    for _ in range(3):
        chat.later(days=6)
        chat.ticks()
        resident.says("/help")

    assert resident.asked == texts.ASK_COUNT


@pytest.mark.parametrize("where", ["consent", "number", "save"])
def test_strangers_are_forgotten_altogether(chat: Chat, tx: Session, where: str) -> None:
    stranger = brought_to(where, chat.phone(1001))

    for _ in range(3):
        chat.later(days=4)
        chat.ticks()
        stranger.looks()

    assert count(tx, Person) == 0


def test_among_more_people_than_are_looked_at_at_once_everyones_turn_comes(
    chat: Chat, monkeypatch: pytest.MonkeyPatch, tx: Session
) -> None:
    monkeypatch.setattr(leftovers, "AT_ONCE", 2)
    for stranger in range(1001, 1006):
        chat.phone(stranger).says("/start")
        chat.has_cameras(PALASIA, owner=stranger + 1000)
    chat.later(days=8)
    left = []

    for _ in range(12):
        chat.ticks()
        chat.phone(9999).looks()
        chat.later(minutes=1)
        left.append(count(tx, Person))

    assert left[0] >= 8
    assert left[4] == left[-1] == 5
    assert count(tx, Registration) == 5


def test_people_with_an_entry_or_a_role_are_not_strangers(chat: Chat, officer: Phone, tx: Session) -> None:
    brought = chat.has_cameras(PALASIA)

    for _ in range(5):
        chat.later(days=90)
        chat.ticks()

    assert brought
    assert people.get(tx, officer.row)
    assert count(tx, Person) == 2


def test_the_marks_of_sent_messages_and_of_taken_updates_are_dropped(chat: Chat, resident: Phone, tx: Session) -> None:
    resident.says("/help")
    before = (count(tx, Outbox), count(tx, Claim))

    chat.later(days=3, hours=1)
    chat.ticks()

    assert before == (1, 1)
    assert (count(tx, Outbox), count(tx, Claim)) == (0, 0)


def test_an_update_is_remembered_for_as_long_as_the_channel_can_deliver_it_again(chat: Chat, resident: Phone) -> None:
    resident.sends(Text("hello"), update=77)
    chat.later(hours=24)
    chat.ticks()

    assert resident.sends(Text("hello"), update=77) == []


def test_a_year_goes_by(chat: Chat, resident: Phone, tx: Session) -> None:
    brought_to("saved", resident)
    resident.says("/forget")
    resident.taps(texts.YES_FORGET)
    chat.has_cameras(PALASIA)
    most_slots = entries = 0

    for day in range(367):
        chat.later(days=1)
        chat.ticks()
        resident.looks()
        if day in (100, 363):
            most_slots, entries = max(most_slots, count(tx, Job)), count(tx, Registration)

    for _ in range(3):  # a question of the last day, whichever that is, is sent, and its mark goes a day later
        if count(tx, Outbox):
            chat.later(days=1)
            chat.ticks()
            resident.looks()

    assert entries == 2
    assert count(tx, Registration) == 1
    assert count(tx, Job) <= most_slots <= 8 * len(CHORES)
    assert (count(tx, Person), count(tx, Outbox), count(tx, Claim)) == (1, 0, 0)


def test_a_chore_that_fails_is_undone_tried_again_at_the_next_tick_and_holds_up_no_other(
    chat: Chat, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tx: Session
) -> None:
    tries = []

    def fails_once(tx: Session, _house: House, now: datetime) -> int:
        tries.append(now)
        people.meet(tx, "telegram", f"77{len(tries)}", "en", now)
        if len(tries) == 1:
            raise ValueError("+919876543210")
        return 1

    monkeypatch.setattr(clock, "CHORES", (CHORES[0], Chore("tricky", timedelta(hours=1), fails_once), *CHORES[1:]))

    first, second, third = chat.ticks(), chat.ticks(), chat.ticks()

    assert set(first) == {chore.name for chore in CHORES}
    assert (second, third) == ({"tricky": 1}, {})
    assert count(tx, Person) == 1
    assert [record.getMessage() for record in caplog.records] == ["tricky failed: ValueError"]


def test_failed_updates_are_forgotten_in_a_day_and_those_set_aside_in_a_month(chat: Chat, tx: Session) -> None:
    for update in (1, *[2] * claims.ATTEMPTS):
        chat.store.run(partial(claims.failed, channel="telegram", update_id=update, error="ValueError", now=chat.now))
    left = []

    for hours in (23, 2, 24 * 28, 24 * 2):
        chat.later(hours=hours)
        chat.ticks()
        left.append((count(tx, Quarantine), claims.set_aside(tx)))

    assert left == [(2, 1), (1, 1), (1, 1), (0, 0)]


def test_an_officers_number_and_consent_go_with_their_last_entry(chat: Chat, officer: Phone, tx: Session) -> None:
    officer.registers()
    officer.says("/mine")
    officer.taps(texts.REMOVE)
    officer.taps(texts.YES_REMOVE)
    kept = []

    for days in (364, 2):
        chat.later(days=days)
        chat.ticks()
        row = tx.exec(select(Person)).one()
        kept.append((people.phone_of(tx, row), row.phone_token is not None, row.consent_at is not None))
    officer.says("/mydata")

    assert kept == [("+919812345678", True, True), ("", False, False)]
    told = [
        line.text
        for answer in officer.answers
        if isinstance(answer, Say) and isinstance(answer.document, Document)
        for line in answer.document.lines
    ]
    assert {texts.MYDATA_NO_PHONE, texts.MYDATA_NO_CONSENT, texts.MYDATA_ROLE} <= set(told)


@pytest.mark.parametrize("where", ["place", "save"])
def test_an_officer_in_the_middle_of_a_registration_keeps_the_consent_for_a_week(
    chat: Chat, tx: Session, where: str
) -> None:
    become_officer(brought_to(where, chat.phone(1001)))
    agreed = []

    for days in (6, 2):
        chat.later(days=days)
        chat.ticks()
        agreed.append(tx.exec(select(Person)).one().consent_at is not None)

    assert agreed == [True, False]
