"""`citizen-eye move` as its keeper meets it: what it prints, and that it never shows a password."""

from pathlib import Path

import pytest
from sqlmodel import select

from bot.commands import moving
from storage.engine import Store, open_engine
from storage.keeping.hold import CannotMoveError, Why
from storage.tables.register import Person, Registration
from tests.chat import Chat
from tests.commands import Nursery

pytestmark = [pytest.mark.xdist_group("commands"), pytest.mark.sqlite]
PASSWORD = "s3cr3t-that-nobody-may-read"


@pytest.fixture
def town(chat: Chat) -> str:
    for n in range(3):
        chat.phone(1001 + n).registers()
    chat.store.close()
    return f"sqlite:///{chat.file}"


def test_a_small_town_moves_and_every_table_is_counted(
    town: str, tmp_path: Path, store: Store, nursery: Nursery
) -> None:
    target = f"sqlite:///{tmp_path / 'new.db'}"

    said = nursery.run(tmp_path, "move", town, target)

    moved = Store(open_engine(target), store.seal)
    people, entries = moved.run(
        lambda tx: (len(tx.exec(select(Person)).all()), len(tx.exec(select(Registration)).all()))
    )
    moved.close()
    assert (said.code, said.errors) == (0, "")
    assert (people, entries) == (3, 3)
    assert "         3  person" in said.output
    assert "         3  registration" in said.output
    assert "the same key" in said.output
    assert town not in said.output


def test_a_second_time_it_finds_everything_there(town: str, tmp_path: Path, nursery: Nursery) -> None:
    target = f"sqlite:///{tmp_path / 'new.db'}"
    nursery.run(tmp_path, "move", town, target)

    said = nursery.run(tmp_path, "move", town, target)

    assert said.code == 0
    assert "of them were there before" in said.output


def test_a_refused_move_says_why_and_changes_nothing(town: str, tmp_path: Path, nursery: Nursery) -> None:
    said = nursery.run(tmp_path, "move", town, town)

    assert said.code == 1
    assert "same database" in said.errors
    assert said.output == ""


@pytest.mark.parametrize("name", ["SOURCE_URL", "TARGET_URL"])
def test_an_address_that_is_none_is_named_without_its_password(
    name: str, town: str, tmp_path: Path, nursery: Nursery
) -> None:
    wrong = f"mysql://user:{PASSWORD}@host/name"

    said = nursery.run(tmp_path, "move", *((wrong, town) if name == "SOURCE_URL" else (town, wrong)))

    assert said.code == 2
    assert name in said.errors
    assert PASSWORD not in said.errors + said.output


def test_a_server_that_does_not_answer_is_told_in_a_sentence_without_the_password(
    town: str, tmp_path: Path, nursery: Nursery
) -> None:
    said = nursery.run(tmp_path, "move", town, f"postgresql://user:{PASSWORD}@127.0.0.1:9/name")

    assert said.code == 1
    assert "A database failed (OperationalError)" in said.errors
    assert "Traceback" not in said.errors
    assert PASSWORD not in said.errors + said.output


@pytest.mark.parametrize("why", list(Why))
def test_every_refusal_has_a_sentence_of_its_own(why: Why) -> None:
    sentences = {moving.sentence(CannotMoveError(other, "0007")) for other in Why}

    said = moving.sentence(CannotMoveError(why, "0007"))

    assert said.endswith(".")
    assert len(sentences) == len(Why)
    named = why in (Why.SOURCE_SCHEMA, Why.TARGET_SCHEMA, Why.STRANGERS, Why.DIFFERENT)
    assert ("0007" in said) == named
