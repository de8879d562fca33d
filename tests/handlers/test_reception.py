"""Updates are taken in order, each once, and an outage loses none."""

from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from bot import texts
from bot.core.messages import Command, Tap, Text
from handlers.reception import Skipped
from storage import people
from storage.tables.register import Claim, Person, Quarantine
from tests.chat import Chat
from tests.handlers.arrivals import arrive, breaks, envelope, told

ASHA, IMRAN, ADMIN = 1001, 1002, 3001


def test_a_batch_is_taken_in_its_order(chat: Chat) -> None:
    taken = arrive(chat, envelope(1, Command("start")), envelope(2, Command("help")), Skipped(3))

    assert taken.count == 3
    assert told(chat, ASHA)[:2] == [texts.NOTICE, texts.HELP_MIDDLE]


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


def test_an_outage_of_the_database_is_raised_and_nothing_of_the_batch_is_kept(chat: Chat) -> None:
    def gone(*_: Any) -> Exception:
        return OperationalError("INSERT", {}, Exception("disk I/O error"))

    breaks(chat, gone, 1)
    batch = (Skipped(1), envelope(2, Command("start")), envelope(3, Command("help")))

    with pytest.raises(OperationalError):
        arrive(chat, *batch)

    assert chat.store.run(lambda tx: [*tx.exec(select(Claim)), *tx.exec(select(Quarantine))]) == []
    assert arrive(chat, *batch).count == 3


def test_a_newcomer_whose_first_words_failed_is_met_once(chat: Chat) -> None:
    breaks(chat, ValueError, 1)
    batch = (envelope(1, Command("help"), IMRAN), envelope(2, Command("start")), envelope(3, Command("help")))

    first = arrive(chat, *batch)
    second = arrive(chat, *batch)

    assert (first.count, second.count) == (0, 3)
    assert len(chat.store.run(lambda tx: tx.exec(select(Person)).all())) == 2
    assert told(chat, ASHA)[:2] == [texts.NOTICE, texts.HELP_MIDDLE]


def test_what_the_others_of_a_batch_sent_is_kept_when_one_is_set_aside(chat: Chat) -> None:
    told(chat, ASHA)
    damaged = envelope(2, Tap("back"), ASHA)
    arrive(chat, envelope(1, Command("start")))
    told(chat, ASHA)
    chat.store.run(lambda tx: setattr(people.find(tx, "telegram", str(ASHA)), "stages_sealed", b"no box"))
    batch = (envelope(3, Command("start"), IMRAN), damaged, envelope(4, Command("help"), IMRAN))

    counts = [arrive(chat, *batch[n:]).count for n in (0, 1, 1)]

    assert counts == [1, 0, 2]  # the third try sets it aside, and the next one goes on
    assert told(chat, IMRAN)[:2] == [texts.NOTICE, texts.HELP_MIDDLE]


def test_taps_are_acknowledged_with_a_note_where_the_button_was_old(chat: Chat) -> None:
    arrive(chat, envelope(1, Command("start")))

    taken = arrive(chat, envelope(2, Tap("00000000|agree"), tapped="q7"), envelope(3, Text("hello")))

    assert taken.taps == [("q7", texts.OLD_BUTTON_SHORT)]
