"""The second factor: a code works once, wrong ones lock, and the seed is read by nobody who has only the database."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from bot import texts
from bot.core.casework.factor import Tried, read_code
from storage.admin import invites
from storage.casework import factors
from tests.chat import Chat, Phone
from tests.conftest import invitation, make_officer
from tests.generator import Generator

SPAN = timedelta(seconds=30)


@pytest.fixture
def generator(chat: Chat, officer: Phone) -> Generator:
    return Generator(chat, officer.row)


def test_a_right_code_is_good_for_thirty_minutes(generator: Generator, chat: Chat) -> None:
    before, tried, after = generator.fresh, generator.enters(generator.code()), generator.fresh
    chat.later(minutes=29, seconds=59)
    almost = generator.fresh
    chat.later(seconds=1)

    assert (tried, before, after, almost, generator.fresh) == (Tried.RIGHT, False, True, True, False)


def test_a_code_works_once(generator: Generator) -> None:
    tried = [generator.enters(generator.code()), generator.enters(generator.code())]

    assert tried == [Tried.RIGHT, Tried.USED]


def test_an_older_code_does_not_work_after_a_newer_one(generator: Generator, chat: Chat) -> None:
    older = generator.code()
    chat.now += SPAN

    assert [generator.enters(generator.code()), generator.enters(older)] == [Tried.RIGHT, Tried.USED]


@pytest.mark.parametrize(("off", "tried"), [(-2, "wrong"), (-1, "right"), (0, "right"), (1, "right"), (2, "wrong")])
def test_a_phones_clock_may_be_half_a_minute_off(generator: Generator, off: int, tried: str) -> None:
    assert generator.enters(generator.code(off)) == tried


def test_five_wrong_codes_lock_for_fifteen_minutes_even_the_right_one(generator: Generator, chat: Chat) -> None:
    tried = [generator.enters(generator.wrong_code) for _ in range(5)]
    at_once = generator.enters(generator.code())
    chat.later(minutes=14, seconds=59)
    almost = generator.enters(generator.code())
    chat.later(seconds=1)

    assert tried == [Tried.WRONG] * 4 + [Tried.LOCKS]
    assert (at_once, almost, generator.enters(generator.code())) == (Tried.LOCKED, Tried.LOCKED, Tried.RIGHT)


def test_a_lock_outlives_a_restart(generator: Generator, chat: Chat) -> None:
    for _ in range(5):
        generator.enters(generator.wrong_code)
    chat.restarts()

    assert generator.enters(generator.code()) is Tried.LOCKED


def test_a_lock_ends_what_a_right_code_had_opened(generator: Generator) -> None:
    generator.enters(generator.code())
    for _ in range(5):
        generator.enters(generator.wrong_code)

    assert not generator.fresh


def test_a_right_code_forgives_the_wrong_ones_before_it(generator: Generator, chat: Chat) -> None:
    for _ in range(4):
        generator.enters(generator.wrong_code)
    generator.enters(generator.code())
    chat.now += SPAN

    assert generator.enters(generator.wrong_code) is Tried.WRONG


def test_whoever_opens_the_link_has_the_second_factor_that_was_made_for_it(chat: Chat) -> None:
    payload = invitation(chat)

    def made(tx: Session) -> str:
        link = invites.open_one(tx, payload, chat.now)
        assert link
        return factors.make_for_link(tx, link.id, chat.now)

    seed = chat.store.run(made)
    who = chat.phone(2001)
    who.says(f"/start {payload}")
    who.taps(texts.ACCEPT_ROLE)

    app = Generator(chat, who.row, seed)
    assert app.enters(app.code()) is Tried.RIGHT


def test_a_new_second_factor_ends_the_old_one(generator: Generator, chat: Chat) -> None:
    newer = Generator(chat, generator.person_id)

    assert [generator.enters(generator.code()), newer.enters(newer.code())] == [Tried.WRONG, Tried.RIGHT]


def test_another_officers_code_is_no_use(generator: Generator, chat: Chat) -> None:
    other = Generator(chat, make_officer(chat, 2002).row)

    assert other.enters(generator.code()) is Tried.WRONG


def test_the_seed_is_sealed(generator: Generator, chat: Chat) -> None:
    assert generator.seed.encode() not in chat.saved()


def test_what_was_made_for_a_link_that_nobody_opened_is_forgotten(chat: Chat) -> None:
    chat.store.run(lambda tx: factors.make_for_link(tx, 7, chat.now))

    assert chat.store.run(lambda tx: factors.purge(tx, chat.now)) == 0
    assert chat.store.run(lambda tx: factors.purge(tx, chat.now + SPAN)) == 1


@pytest.mark.parametrize("words", ["123456", " 123 456 ", "123-456", "१२३४५६", "１２３４５６"])
def test_a_code_is_read_as_people_write_it(words: str) -> None:
    assert read_code(words) == "123456"


@pytest.mark.parametrize("words", ["12345", "1234567", "12 34 56", "code", "", "12345x"])
def test_what_is_no_code_is_not_tried(words: str) -> None:
    assert read_code(words) == ""
