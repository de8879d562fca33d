"""Updates are taken in order, each once, and an outage loses none."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select

from bot import texts
from bot.core.access import Action
from bot.core.messages import Answer, Command, Envelope, Say, Tap, Text, say
from handlers import mail, routes
from handlers.reception import Outcome, Skipped
from handlers.visit import Visit
from storage import people, registrations
from storage.admin import grants
from storage.casework import looks
from storage.casework.looks import Eye
from storage.engine import Store
from storage.tables.register import Claim, Outbox, Person, Quarantine
from tests.chat import RAJWADA, Chat, Phone
from tests.handlers.arrivals import arrive, breaks, envelope, told
from tests.statements import listen
from tests.town import is_sqlite

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


def claims_tried(chat: Chat) -> list[int]:
    """The updates that are claimed from now on, whether it is kept or undone."""
    tried: list[int] = []

    def note(words: str, values: Any) -> None:
        if words.startswith("INSERT INTO claim"):
            tried.append(values["update_id"] if isinstance(values, dict) else values[1])

    listen(chat.store.engine, note)
    return tried


def refuse_hindi(store: Store) -> None:
    """From now on a rule of the database forbids that anybody reads Hindi."""
    rule = "ALTER TABLE person ADD CONSTRAINT refused CHECK (language <> 'hi') NOT VALID"
    if is_sqlite(store):
        refused = "BEGIN SELECT RAISE(ABORT, 'refused'); END"
        rule = f"CREATE TRIGGER refused BEFORE UPDATE ON person WHEN NEW.language = 'hi' {refused}"
    with store.engine.begin() as connection:
        connection.exec_driver_sql(rule)


def waiting(chat: Chat) -> list[mail.Outgoing]:
    """What may be sent to someone at once, and what waits behind it."""
    rows = chat.store.run(
        lambda tx: tx.exec(select(Outbox).where(col(Outbox.sent_at).is_(None)).order_by(col(Outbox.id))).all()
    )
    opened = chat.store.seal.open
    return [mail.OUTGOING.validate_json(opened("outbox", row.id, row.message_sealed)) for row in rows]


def fails_twice(chat: Chat, *batch: Envelope) -> None:
    """The third failure will set the first of these aside."""
    for _ in range(2):
        breaks(chat, ValueError, 1)
        assert arrive(chat, *batch).outcomes == [Outcome.FAILED]


def test_what_fails_between_its_neighbours_is_undone_alone_and_they_are_each_done_once(chat: Chat) -> None:
    before, after = envelope(2, Command("help"), IMRAN), envelope(3, Command("privacy"))
    fails_twice(chat, failing := envelope(1, Command("start")))
    claimed = claims_tried(chat)
    breaks(chat, ValueError, 1, after=1)

    taken = arrive(chat, before, failing, after)

    assert taken.outcomes == [Outcome.TAKEN, Outcome.SET_ASIDE, Outcome.TAKEN]
    assert claimed == [2, 1, 1, 3]  # the one that failed, and as set aside
    assert len(chat.store.run(lambda tx: tx.exec(select(Person)).all())) == 2
    assert [out.chat for out in waiting(chat)] == [str(IMRAN), str(ASHA), str(ASHA)]  # a notice is two messages


def test_a_change_that_was_undone_is_forgotten_and_an_earlier_one_of_the_same_batch_is_not(chat: Chat) -> None:
    arrive(chat, envelope(1, Command("help")))
    in_hindi, in_english = (envelope(n, Tap(f"/language:{code}")) for n, code in ((2, "hi"), (3, "en")))
    fails_twice(chat, in_english)
    told(chat, ASHA)
    breaks(chat, ValueError, 1, after=2)

    taken = arrive(chat, in_hindi, in_english, envelope(4, Command("help")))

    assert taken.outcomes == [Outcome.TAKEN, Outcome.SET_ASIDE, Outcome.TAKEN]
    assert [out.language for out in waiting(chat)] == ["hi"] * 4  # the words, the menu, the apology, the help
    person = chat.store.run(lambda tx: people.find(tx, "telegram", str(ASHA)))
    assert person
    assert person.language == "hi"


def test_what_a_rule_of_the_database_refuses_at_the_very_end_of_a_turn_harms_no_neighbour(chat: Chat) -> None:
    arrive(chat, envelope(1, Command("help")), envelope(2, Command("help"), IMRAN))
    told(chat, ASHA)
    refuse_hindi(chat.store)
    refused = envelope(3, Tap("/language:hi"))
    batch = (envelope(4, Command("help"), IMRAN), refused, envelope(5, Command("privacy"), IMRAN))

    outcomes = [arrive(chat, *batch[n:]).outcomes[-1] for n in (0, 1, 1)]

    assert outcomes == [Outcome.FAILED, Outcome.FAILED, Outcome.TAKEN]
    said = [(out.chat, line.text) for out in waiting(chat) if isinstance(out.answer, Say) for line in out.answer.lines]
    expected = [(IMRAN, texts.HELP), (ASHA, texts.OUR_FAULT), (IMRAN, texts.NOTICE)]
    assert [said.count((str(person), text)) for person, text in expected] == [1, 1, 1]


def test_a_look_without_its_row_of_the_trace_is_undone_alone(
    chat: Chat, officer: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    [number], by = chat.has_cameras(RAJWADA), officer.row

    def faulty(visit: Visit) -> Sequence[Answer]:
        row = registrations.find(visit.tx, number)
        assert row
        looks.number_of(visit.tx, Eye(grants.of(visit.tx, by)[0], None, visit.now), row.id)
        return (say(texts.HELP),)

    monkeypatch.setitem(routes.COMMANDS, "stats", routes.Route(Action.LOOK_ROUND, faulty))

    taken = arrive(chat, envelope(11, Command("start")), envelope(12, Command("stats")))

    assert taken.outcomes == [Outcome.TAKEN, Outcome.FAILED]
    assert told(chat, ASHA) == [texts.NOTICE]
    assert chat.store.run(looks.rows) == []


def test_taps_are_acknowledged_with_a_note_where_the_button_was_old(chat: Chat) -> None:
    arrive(chat, envelope(1, Command("start")))

    taken = arrive(chat, envelope(2, Tap("00000000|agree"), tapped="q7"), envelope(3, Text("hello")))

    assert taken.taps == [("q7", texts.OLD_BUTTON_SHORT)]
