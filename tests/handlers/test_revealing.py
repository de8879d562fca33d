"""`Show number`: for an incident, with a reason and a second factor, for ten minutes, and never unseen."""

from dataclasses import replace
from itertools import count

import pytest
from sqlmodel import Session, select

from bot import texts
from bot.core.access import Role
from bot.core.casework.limits import Limits
from bot.core.messages import Answer, Envelope, Erase, Media, Say, Text
from bot.words import words
from storage import audit
from storage.admin import grants
from storage.audit import Act
from storage.casework import incidents, looks
from storage.tables.register import Outbox
from tests.chat import RAJWADA, Chat, Phone
from tests.conftest import at_station, make_officer
from tests.generator import Generator
from tests.handlers.test_asking import asks
from tests.handlers.test_seen import works_on

PHONE = "+919876505000"
UPDATES = count(900_000)


@pytest.fixture(autouse=True)
def entry(chat: Chat) -> str:
    return chat.has_cameras(RAJWADA)[0]


@pytest.fixture
def generator(chat: Chat, officer: Phone) -> Generator:
    return Generator(chat, officer.row)


def asks_for_number(officer: Phone) -> None:
    """An officer at work on an incident searches, looks at the nearest place, and wants its owner's number."""
    works_on(officer)
    taps_number(officer)


def taps_number(officer: Phone) -> None:
    officer.says(f"/near {RAJWADA.lat} {RAJWADA.lon} 500")
    officer.taps(texts.PIN_BUTTON, n=1)
    officer.taps(texts.SHOW_NUMBER)


def shown(officer: Phone) -> list[Say]:
    """The messages in which a number stands."""
    return [said for said in officer.answers if isinstance(said, Say) and texts.NUMBER_IS in map(_text, said.lines)]


def _text(line: object) -> str:
    return str(getattr(line, "text", ""))


def types_code(officer: Phone, code: str, message: str = "77") -> list[Answer]:
    """Type a code, as a message that the channel gave this id."""
    envelope = Envelope("telegram", next(UPDATES), officer.id, officer.id, Text(code), said=message)
    return officer.sends_as(envelope)


def test_a_number_takes_an_incident_a_reason_and_a_code(
    officer: Phone, entry: str, generator: Generator, tx: Session
) -> None:
    asks_for_number(officer)
    asked = [officer.asked]
    officer.taps(texts.REASON_VISIT)
    asked.append(officer.asked)
    before = len(looks.rows(tx)), shown(officer)
    officer.says(generator.code())

    [message] = shown(officer)
    assert asked == [texts.ASK_REASON, texts.ASK_SIX_DIGITS]
    assert before == (2, [])  # the page and the pin
    assert PHONE in words(message.lines[0], "en")
    assert entry in words(message.lines[0], "en")
    assert officer.stack == []


def test_a_number_cannot_be_forwarded_and_goes_after_ten_minutes(
    chat: Chat, officer: Phone, generator: Generator
) -> None:
    asks_for_number(officer)
    officer.taps(texts.REASON_VISIT)
    officer.says(generator.code())
    [message] = shown(officer)

    chat.later(minutes=9, seconds=59)
    almost = officer.looks()
    chat.later(seconds=1)
    over = officer.looks()

    assert (message.protect, bool(message.keep)) == (True, True)
    assert (almost, over) == ([], [Erase(message.keep)])


def test_a_number_that_is_delivered_late_is_still_taken_back_after_it(
    officer: Phone, generator: Generator, tx: Session
) -> None:
    asks_for_number(officer)
    officer.taps(texts.REASON_VISIT)
    officer.says(generator.code())

    erases = [row.id for row in tx.exec(select(Outbox)) if row.must]
    others = [row.id for row in tx.exec(select(Outbox)) if not row.must]
    assert max(others) < min(erases)


def test_a_number_leaves_a_row_in_the_trace_and_one_for_the_owner(
    chat: Chat, officer: Phone, entry: str, generator: Generator, tx: Session
) -> None:
    asks_for_number(officer)
    officer.says("He saw the thief run")
    officer.says(generator.code())

    [row] = audit.rows(tx, Act.REVEAL)
    incident = incidents.current(tx, officer.row, chat.now)
    assert incident
    assert (row.incident_id, row.grant_id, row.station) == (
        incident.id,
        grants.in_force(tx, officer.row, chat.now)[0].id,
        "Palasia",
    )
    assert audit.detail_of(tx, row) == {"number": entry, "reason": "He saw the thief run", "how": "number"}
    assert [one.act for one in looks.rows(tx)][-1:] == [looks.Act.NUMBER]


def test_a_code_is_good_for_thirty_minutes_of_numbers(chat: Chat, officer: Phone, generator: Generator) -> None:
    asks_for_number(officer)
    officer.taps(texts.REASON_VISIT)
    officer.says(generator.code())
    chat.later(minutes=29)
    taps_number(officer)
    officer.taps(texts.REASON_SOON)
    within = len(shown(officer))
    chat.later(minutes=1)
    taps_number(officer)
    officer.taps(texts.REASON_SOON)

    assert (within, shown(officer), officer.asked) == (1, [], texts.ASK_SIX_DIGITS)


def test_a_code_is_deleted_from_the_chat_right_or_wrong(officer: Phone, generator: Generator) -> None:
    asks_for_number(officer)
    officer.taps(texts.REASON_VISIT)

    wrong = types_code(officer, generator.wrong_code, "76")
    right = types_code(officer, generator.code(), "77")

    assert Erase("code 76") in wrong
    assert Erase("code 77") in right


def test_a_code_used_twice_gets_its_own_sentence_and_opens_nothing(
    chat: Chat, officer: Phone, generator: Generator, tx: Session
) -> None:
    code = generator.code()
    generator.enters(code)
    chat.store.run(lambda tx: setattr(generator.factor(tx), "passed_at", None))
    asks_for_number(officer)
    officer.taps(texts.REASON_VISIT)

    officer.says(code)

    assert officer.reads == [texts.CODE_USED, texts.ASK_SIX_DIGITS]
    assert [audit.detail_of(tx, row)["tried"] for row in audit.rows(tx, Act.CODE)] == ["used"]


def test_five_wrong_codes_lock_are_written_down_and_told_to_the_stations_administrator(
    chat: Chat, officer: Phone, generator: Generator, tx: Session
) -> None:
    here, elsewhere = at_station(chat, 3001, "Palasia", Role.ADMIN), at_station(chat, 3002, "Vijay Nagar", Role.ADMIN)
    asks_for_number(officer)
    officer.taps(texts.REASON_VISIT)
    said = []
    for _ in range(5):
        officer.says(generator.wrong_code)
        said.append(officer.reads[0])
    taps_number(officer)

    assert said == [texts.CODE_WRONG[0]] * 4 + [texts.CODE_LOCKS]
    assert officer.reads == [texts.CODE_LOCKED]
    assert officer.stack == []
    assert [len(audit.rows(tx, act)) for act in (Act.CODE, Act.LOCK, Act.REVEAL)] == [4, 1, 0]
    assert (here.looks() and here.reads, elsewhere.looks()) == ([texts.CODE_LOCKED_TOLD], [])


def test_without_a_second_factor_one_is_told_who_makes_it(officer: Phone) -> None:
    asks_for_number(officer)

    assert officer.reads == [texts.NO_FACTOR]


@pytest.mark.usefixtures("generator")
def test_without_an_incident_no_number_is_shown(officer: Phone) -> None:
    taps_number(officer)

    assert officer.reads == [texts.NUMBER_NEEDS_INCIDENT]


def test_when_the_incident_ends_before_the_code_comes_no_number_is_shown(
    chat: Chat, officer: Phone, generator: Generator, tx: Session
) -> None:
    asks_for_number(officer)
    officer.taps(texts.REASON_VISIT)
    row = officer.row

    def close(tx: Session) -> None:
        incident = incidents.current(tx, row, chat.now)
        assert incident
        incidents.close(tx, incident, chat.now)

    chat.store.run(close)
    officer.says(generator.code())

    assert (shown(officer), audit.rows(tx, Act.REVEAL)) == ([], [])


def test_when_the_owner_left_before_the_code_comes_no_number_is_shown(
    chat: Chat, officer: Phone, generator: Generator, tx: Session
) -> None:
    asks_for_number(officer)
    officer.taps(texts.REASON_VISIT)
    owner = chat.phone(5000)
    owner.says("/forget")
    owner.taps(texts.YES_FORGET)
    officer.says(generator.code())

    assert (shown(officer), audit.rows(tx, Act.REVEAL)) == ([], [])


@pytest.mark.usefixtures("generator")
def is_asked(officer: Phone) -> Phone:
    """The owner of the entry, who was asked for help and has it."""
    owner = officer.chat.phone(5000)
    works_on(officer)
    officer.says(f"/near {RAJWADA.lat} {RAJWADA.lon} 500")
    asks(officer, n=1)
    owner.looks()
    owner.taps(texts.I_HAVE_IT)
    return owner


def test_who_said_no_for_this_incident_is_not_shown_with_a_second_factor_either(
    officer: Phone, generator: Generator, tx: Session
) -> None:
    assert generator.enters(generator.code())
    owner = is_asked(officer)
    owner.taps(texts.SHARE_NO)
    taps_number(officer)
    refused = officer.reads
    works_on(officer)  # another incident
    taps_number(officer)
    officer.taps(texts.REASON_VISIT)

    assert refused == [texts.NUMBER_KEPT_BACK]
    assert len(shown(officer)) == 1
    assert len(audit.rows(tx, Act.REVEAL)) == 1


@pytest.mark.parametrize("change", [(texts.SHARE_NO,), (texts.SHARE_YES, texts.NOT_COVERED), (texts.CANNOT_HELP,)])
def test_a_no_that_comes_before_the_code_holds(
    officer: Phone, generator: Generator, tx: Session, change: tuple[str, ...]
) -> None:
    owner = is_asked(officer)
    question = list(owner.answers)
    taps_number(officer)
    officer.taps(texts.REASON_VISIT)
    for label in change:
        owner.answers = question + owner.answers
        owner.taps(label)
    officer.says(generator.code())

    assert (officer.reads, shown(officer)) == ([texts.NUMBER_KEPT_BACK], [])
    assert audit.rows(tx, Act.REVEAL) == []


def test_a_no_that_became_a_yes_opens_the_number_again(officer: Phone, generator: Generator) -> None:
    assert generator.enters(generator.code())
    owner = is_asked(officer)
    question = owner.answers
    owner.taps(texts.SHARE_NO)
    owner.answers = question
    owner.taps(texts.SHARE_YES)
    taps_number(officer)

    officer.taps(texts.REASON_VISIT)

    assert len(shown(officer)) == 1


def test_another_officers_search_opens_nothing(chat: Chat, officer: Phone) -> None:
    works_on(officer)
    officer.says(f"/near {RAJWADA.lat} {RAJWADA.lon} 500")
    officer.taps(texts.PIN_BUTTON, n=1)
    button = officer.button(texts.SHOW_NUMBER)
    other = make_officer(chat, 2002)
    works_on(other)

    other.taps_again(button)

    assert other.reads == [texts.SEARCH_GONE]


@pytest.mark.usefixtures("generator")
def test_a_reason_has_to_say_something(officer: Phone) -> None:
    asks_for_number(officer)
    for nothing in ("x", "...", "12345"):
        officer.says(nothing)
        assert officer.reads == [texts.HINT_REASON, texts.ASK_REASON]


@pytest.mark.usefixtures("generator")
def test_a_picture_of_the_code_app_is_refused(officer: Phone) -> None:
    asks_for_number(officer)
    officer.taps(texts.REASON_VISIT)

    officer.sends(Media())

    assert officer.reads == [texts.NO_PICTURES, texts.ASK_SIX_DIGITS]


@pytest.mark.usefixtures("generator")
def test_one_can_leave_it(officer: Phone) -> None:
    asks_for_number(officer)

    officer.taps(texts.NO_NUMBER)

    assert (officer.reads, officer.stack) == ([texts.NO_NUMBER_SHOWN], [])


def test_twenty_numbers_a_day_and_no_more(chat: Chat, officer: Phone, generator: Generator, tx: Session) -> None:
    chat.house = replace(chat.house, limits=Limits(numbers=2))
    asks_for_number(officer)
    officer.taps(texts.REASON_VISIT)
    officer.says(generator.code())
    for _ in range(2):
        taps_number(officer)
        officer.taps(texts.REASON_VISIT)
    stopped = officer.reads
    chat.later(hours=18)
    works_on(officer)
    taps_number(officer)

    assert (stopped, len(audit.rows(tx, Act.REVEAL))) == ([texts.LIMIT_WITHOUT_SENIOR], 2)
    assert officer.asked == texts.ASK_REASON


def test_an_officer_whose_role_ended_gets_no_number(chat: Chat, officer: Phone, generator: Generator) -> None:
    asks_for_number(officer)
    officer.taps(texts.REASON_VISIT)
    row = officer.row
    chat.store.run(lambda tx: grants.revoke(grants.in_force(tx, row, chat.now)[0], chat.now))

    officer.says(generator.code())

    assert (shown(officer), texts.NOT_FOR_YOU in officer.reads) == ([], True)


def test_neither_the_number_nor_the_reason_is_readable_in_the_file(
    chat: Chat, officer: Phone, generator: Generator
) -> None:
    asks_for_number(officer)
    officer.says("He saw the thief run")
    officer.says(generator.code())

    saved = chat.saved()
    assert PHONE[3:].encode() not in saved
    assert b"saw the thief" not in saved
