"""Time arrives as well: each chore runs once in its slot, whoever ticks, and forgets what is due to be forgotten."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import Session, SQLModel, func, select

from bot import texts
from bot.core.messages import Text
from handlers import clock
from handlers.clock import CHORES
from storage import people
from storage.engine import Store, open_engine
from storage.tables import Claim, Job, Outbox, Person, Registration
from tests.chat import PALASIA, Chat, Phone
from tests.every_stage import brought_to


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
    assert set(an_hour_later) == {chore.name for chore in CHORES if chore.every == timedelta(hours=1)}
    assert set(chat.ticks()) == set(first)


def test_two_tickers_share_the_work_and_do_none_of_it_twice(chat: Chat) -> None:
    stores = [Store(open_engine(str(chat.store.engine.url)), chat.store.seal) for _ in range(2)]
    moments = [chat.now + timedelta(hours=n) for n in range(6)]

    def ticks(store: Store) -> list[str]:
        done = [store.run(lambda tx, at=now: clock.tick(tx, chat.house, at)) for now in moments]
        return [f"{n}: {name}" for n, names in enumerate(done) for name in names]

    with ThreadPoolExecutor(2) as pool:
        mine, theirs = pool.map(ticks, stores)
    for store in stores:
        store.close()

    hourly, daily = (sum(chore.every == timedelta(hours=hours) for chore in CHORES) for hours in (1, 24))
    assert not set(mine) & set(theirs)
    assert len(mine) + len(theirs) == 6 * hourly + daily


def test_after_a_pause_of_the_program_what_was_missed_is_done(chat: Chat, resident: Phone) -> None:
    brought_to("place", resident)
    chat.ticks()

    chat.later(days=40)

    assert chat.ticks()["wipe unfinished answers"] == 2  # the open question, and then the stranger


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
    brought_to(where, chat.phone(1001))

    for _ in range(3):
        chat.later(days=4)
        chat.ticks()

    assert count(tx, Person) == 0


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
        if day in (100, 363):
            most_slots, entries = max(most_slots, count(tx, Job)), count(tx, Registration)

    assert entries == 2
    assert count(tx, Registration) == 1
    assert count(tx, Job) <= most_slots <= 8 * len(CHORES)
    assert (count(tx, Person), count(tx, Outbox), count(tx, Claim)) == (1, 0, 0)
