"""An update that fails is tried three times and set aside; it harms no other."""

from datetime import timedelta

from sqlmodel import Session, select

from bot import texts
from bot.core.access import Role
from bot.core.messages import Command, Say
from handlers import mail
from handlers.reception import Skipped, Unreadable
from storage import claims, outbox
from storage.tables.register import Claim, Person, Quarantine
from tests.chat import Chat
from tests.conftest import make_officer
from tests.handlers.arrivals import arrive, breaks, envelope, told
from tests.town import refuse_rows

ASHA, IMRAN, ADMIN = 1001, 1002, 3001


def test_what_fails_in_the_middle_keeps_what_came_before_and_stops_what_comes_after(chat: Chat, tx: Session) -> None:
    arrive(chat, envelope(1, Command("start")))
    breaks(chat, ValueError, 1)

    taken = arrive(chat, Skipped(2), envelope(3, Command("help")), envelope(4, Command("privacy")))

    assert taken.count == 1
    assert told(chat, ASHA) == [texts.NOTICE]
    assert {row.update_id for row in tx.exec(select(Claim))} == {1}


def test_the_second_try_succeeds_when_the_trouble_has_passed(chat: Chat, tx: Session) -> None:
    breaks(chat, ValueError, 1)
    batch = (envelope(1, Command("help")), envelope(2, Command("language")))

    first, second = arrive(chat, *batch), arrive(chat, *batch)

    assert (first.count, second.count) == (0, 2)
    assert told(chat, ASHA) == [texts.HELP, texts.CHOOSE_NOW]
    assert claims.set_aside(tx) == 0


def test_the_third_failure_sets_it_aside_and_the_next_ones_go_on_in_order(chat: Chat, tx: Session) -> None:
    arrive(chat, envelope(1, Command("start")))
    told(chat, ASHA)
    breaks(chat, ValueError, 3)
    batch = (envelope(2, Command("help")), envelope(3, Command("language")), envelope(4, Command("privacy")))

    counts = [arrive(chat, *batch).count for _ in range(3)]

    assert counts == [0, 0, 3]
    said = told(chat, ASHA)
    first = [said.index(text) for text in (texts.OUR_FAULT, texts.CHOOSE_NOW, texts.NOTICE)]
    assert first[0] == 0
    assert first == sorted(set(first))
    row = tx.exec(select(Quarantine)).one()
    assert (row.update_id, row.attempts, row.error, row.set_aside) == (2, 3, "ValueError", True)


def test_what_failed_leaves_nothing_half_done(chat: Chat, tx: Session) -> None:
    breaks(chat, ValueError, 3)

    for _ in range(3):
        arrive(chat, envelope(1, Command("start")))

    assert tx.exec(select(Person)).all() == []
    assert claims.set_aside(tx) == 1


def test_administrators_are_told_what_kind_of_error_it_was_but_not_its_words(chat: Chat) -> None:
    make_officer(chat, ADMIN, Role.ADMIN)
    breaks(chat, ValueError, 3)

    for _ in range(3):
        arrive(chat, envelope(101, Command("help")))

    (message,) = chat.store.run(lambda tx: outbox.lease(tx, "telegram", 9, chat.now))
    answer = mail.OUTGOING.validate_json(message.message).answer
    assert isinstance(answer, Say)
    assert answer.lines[0].text == texts.FAULT_TOLD
    assert answer.lines[0].values == {"error": "ValueError"}


def test_what_was_set_aside_and_is_delivered_again_is_confirmed_in_silence(chat: Chat) -> None:
    arrive(chat, envelope(1, Command("start")))
    broken = Unreadable("telegram", 2, "KeyError", str(ASHA))
    for _ in range(3):
        arrive(chat, broken)
    told(chat, ASHA)

    again = arrive(chat, broken, envelope(3, Command("help")))

    assert again.count == 2
    assert told(chat, ASHA)[0] == texts.HELP_MIDDLE


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


def test_a_row_that_breaks_a_rule_of_the_database_is_the_updates_fault_and_is_set_aside(chat: Chat) -> None:
    refuse_rows(chat.store, "outbox")
    batch = (envelope(1, Command("help")), Skipped(2))

    counts = [arrive(chat, *batch).count for _ in range(3)]

    assert counts == [0, 0, 2]


def test_one_persons_trouble_does_not_reach_another(chat: Chat) -> None:
    breaks(chat, ValueError, 3)
    batch = (envelope(1, Command("help"), ASHA), envelope(2, Command("help"), IMRAN))

    for _ in range(3):
        arrive(chat, *batch)

    chat.now += timedelta(seconds=1)
    assert told(chat, IMRAN) == [texts.HELP]
