"""Updates are taken in order, each once; one that fails harms no other."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from bot import texts
from bot.core.access import Role
from bot.core.messages import Command, Envelope, Incoming, Say, Tap, Text
from handlers import reception, turn
from handlers.reception import Arrived, Skipped, Taken, Unreadable
from storage import claims, outbox
from storage.tables import Claim, Person, Quarantine
from tests.chat import Chat
from tests.conftest import make_officer

ASHA, IMRAN, ADMIN = 1001, 1002, 3001


def envelope(update: int, got: Incoming, chat: int = ASHA, tapped: str = "") -> Envelope:
    return Envelope("telegram", update, str(chat), str(chat), got, language="en", tapped=tapped)


def arrive(chat: Chat, *batch: Arrived) -> Taken:
    """One batch in one transaction."""
    return chat.store.run(lambda tx: reception.take_all(tx, chat.house, batch, chat.now))


def told(chat: Chat, person: int) -> list[str]:
    """What waits for a person, as the constants it is made of."""
    said = []
    now = chat.now
    while leased := chat.store.run(lambda tx: outbox.lease(tx, "telegram", 50, now)):
        for message in leased:
            out = turn.OUTGOING.validate_json(message.message)
            if out.chat == str(person) and isinstance(out.answer, Say):
                said += [line.text for line in out.answer.lines]
            chat.store.run(lambda tx, row=message.id: outbox.done(tx, row, "sent", now))
    return said


@dataclass
class Trouble:
    """Breaks an INSERT into the outbox: a real failure in the middle of handling an update."""

    chat: Chat
    error: type[Exception]
    times: int

    def __call__(self, _conn: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if self.times and statement.startswith("INSERT INTO outbox"):
            self.times -= 1
            raise self.error("the words of an error")


@pytest.fixture
def trouble(chat: Chat) -> Callable[[type[Exception], int], None]:
    def begin(error: type[Exception], times: int) -> None:
        event.listen(chat.store.engine, "before_cursor_execute", Trouble(chat, error, times))

    return begin


def test_a_batch_is_taken_in_its_order(chat: Chat) -> None:
    taken = arrive(chat, envelope(1, Command("start")), envelope(2, Command("help")), Skipped(3))

    assert taken.count == 3
    assert told(chat, ASHA)[:2] == [texts.NOTICE, texts.HELP]


def test_a_second_delivery_changes_nothing_and_is_confirmed(chat: Chat) -> None:
    arrive(chat, envelope(1, Command("start")))
    told(chat, ASHA)

    taken = arrive(chat, envelope(1, Command("start")), envelope(1, Command("start")))

    assert taken.count == 2
    assert told(chat, ASHA) == []


def test_updates_that_come_in_another_order_are_each_taken_once(chat: Chat) -> None:
    arrive(chat, envelope(7, Command("help")))

    arrive(chat, envelope(5, Command("help")), envelope(7, Command("help")), envelope(6, Command("help")))

    assert told(chat, ASHA).count(texts.HELP) == 3


def test_what_fails_in_the_middle_keeps_what_came_before_and_stops_what_comes_after(
    chat: Chat, trouble: Callable[[type[Exception], int], None], tx: Session
) -> None:
    arrive(chat, envelope(1, Command("start")))
    trouble(ValueError, 1)

    taken = arrive(chat, Skipped(2), envelope(3, Command("help")), envelope(4, Command("privacy")))

    assert taken.count == 1
    assert {row.update_id for row in tx.exec(select(Claim))} == {1}
    assert told(chat, ASHA) == [texts.NOTICE]


def test_the_second_try_succeeds_when_the_trouble_has_passed(
    chat: Chat, trouble: Callable[[type[Exception], int], None], tx: Session
) -> None:
    trouble(ValueError, 1)
    batch = (envelope(1, Command("help")), envelope(2, Command("privacy")))

    first, second = arrive(chat, *batch), arrive(chat, *batch)

    assert (first.count, second.count) == (0, 2)
    assert told(chat, ASHA) == [texts.HELP, texts.NOTICE]
    assert claims.set_aside(tx) == 0


def test_the_third_failure_sets_it_aside_and_the_next_ones_go_on_in_order(
    chat: Chat, trouble: Callable[[type[Exception], int], None], tx: Session
) -> None:
    arrive(chat, envelope(1, Command("start")))
    told(chat, ASHA)
    trouble(ValueError, 3)
    batch = (envelope(2, Command("help")), envelope(3, Command("privacy")), envelope(4, Command("mine")))

    counts = [arrive(chat, *batch).count for _ in range(3)]

    assert counts == [0, 0, 3]
    said = told(chat, ASHA)
    assert [said.index(text) for text in (texts.OUR_FAULT, texts.NOTICE, texts.MINE_NONE)] == [0, 1, 3]
    row = tx.exec(select(Quarantine)).one()
    assert (row.update_id, row.attempts, row.error, row.set_aside) == (2, 3, "ValueError", True)


def test_what_failed_leaves_nothing_half_done(
    chat: Chat, trouble: Callable[[type[Exception], int], None], tx: Session
) -> None:
    trouble(ValueError, 3)

    for _ in range(3):
        arrive(chat, envelope(1, Command("start")))

    assert tx.exec(select(Person)).all() == []
    assert claims.set_aside(tx) == 1


def test_administrators_are_told_what_kind_of_error_it_was_but_not_its_words(
    chat: Chat, trouble: Callable[[type[Exception], int], None]
) -> None:
    make_officer(chat, ADMIN, Role.ADMIN)
    trouble(ValueError, 3)

    for _ in range(3):
        arrive(chat, envelope(1, Command("help")))

    (message,) = chat.store.run(lambda tx: outbox.lease(tx, "telegram", 9, chat.now))
    answer = turn.OUTGOING.validate_json(message.message).answer
    assert isinstance(answer, Say)
    assert answer.lines[0].text == texts.FAULT_TOLD
    assert answer.lines[0].values == {"error": "ValueError"}


@pytest.mark.parametrize("kind", ["message", "unreadable"])
def test_what_was_set_aside_and_is_delivered_again_is_confirmed_in_silence(chat: Chat, kind: str) -> None:
    arrive(chat, envelope(1, Command("start")))
    broken: Arrived = Unreadable("telegram", 2, "KeyError", str(ASHA)) if kind == "unreadable" else Skipped(2)
    for _ in range(3):
        arrive(chat, broken)
    told(chat, ASHA)

    again = arrive(chat, broken, envelope(3, Command("help")))

    assert again.count == 2
    assert told(chat, ASHA)[0] == texts.HELP


def test_what_cannot_be_read_is_tried_thrice_and_its_sender_is_told(chat: Chat, tx: Session) -> None:
    arrive(chat, envelope(1, Command("start")))
    told(chat, ASHA)
    broken = Unreadable("telegram", 2, "KeyError", str(ASHA))

    counts = [arrive(chat, broken, envelope(3, Command("privacy"))).count for _ in range(3)]

    assert counts == [0, 0, 2]
    assert told(chat, ASHA)[:2] == [texts.OUR_FAULT, texts.NOTICE]
    assert claims.set_aside(tx) == 1


def test_what_nobody_can_be_told_of_is_set_aside_all_the_same(chat: Chat, tx: Session) -> None:
    broken = Unreadable("telegram", 2, "KeyError")

    counts = [arrive(chat, broken).count for _ in range(3)]

    assert counts == [0, 0, 1]
    assert claims.set_aside(tx) == 1


def test_an_outage_of_the_database_is_raised_and_nothing_of_the_batch_is_kept(
    chat: Chat, trouble: Callable[[type[Exception], int], None], tx: Session
) -> None:
    def gone(*_: Any) -> Exception:
        return OperationalError("INSERT", {}, Exception("disk I/O error"))

    trouble(gone, 1)  # type: ignore[arg-type]  # a maker of errors is enough
    batch = (Skipped(1), envelope(2, Command("start")), envelope(3, Command("help")))

    with pytest.raises(OperationalError):
        arrive(chat, *batch)

    assert tx.exec(select(Claim)).all() == []
    assert tx.exec(select(Quarantine)).all() == []
    assert arrive(chat, *batch).count == 3


def test_a_row_that_breaks_a_rule_of_the_database_is_the_updates_fault_and_is_set_aside(chat: Chat) -> None:
    chat.store.run(
        lambda tx: tx.connection().exec_driver_sql(
            "CREATE TRIGGER refuse BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'a rule'); END"
        )
    )
    batch = (envelope(1, Command("help")), Skipped(2))

    counts = [arrive(chat, *batch).count for _ in range(3)]

    assert counts == [0, 0, 2]


def test_taps_are_acknowledged_with_a_note_where_the_button_was_old(chat: Chat) -> None:
    arrive(chat, envelope(1, Command("start")))

    taken = arrive(chat, envelope(2, Tap("00000000|agree"), tapped="q7"), envelope(3, Text("hello")))

    assert taken.taps == [("q7", texts.OLD_BUTTON_SHORT)]


def test_one_persons_trouble_does_not_reach_another(
    chat: Chat, trouble: Callable[[type[Exception], int], None]
) -> None:
    trouble(ValueError, 3)
    batch = (envelope(1, Command("help"), ASHA), envelope(2, Command("help"), IMRAN))

    for _ in range(3):
        arrive(chat, *batch)

    chat.now += timedelta(seconds=1)
    assert told(chat, IMRAN) == [texts.HELP]
