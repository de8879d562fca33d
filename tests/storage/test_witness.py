"""What owners read of looks is bound to the trace: none is kept without its row, and none changes unnoticed."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from bot import texts
from bot.core.geo import Point
from storage import audit, registrations
from storage.admin import grants
from storage.audit import Act
from storage.casework import looks
from storage.casework.looks import Eye
from storage.engine import Store
from storage.tables.looks import Look
from storage.trace_check import Checked, Finding, Wrong, verify
from storage.witness import UnwitnessedError
from tests.chat import RAJWADA, Chat, Phone
from tests.handlers.test_seen import works_on

LOOK = Look.__table__  # type: ignore[attr-defined]  # SQLModel hides it from mypy


@pytest.fixture
def shown(chat: Chat, officer: Phone) -> list[str]:
    """Three entries that an officer saw in a search, and the pin of the first."""
    numbers = chat.has_cameras(*(Point(RAJWADA.lat + n / 4000, RAJWADA.lon) for n in range(3)))
    works_on(officer)
    officer.says(f"/near {RAJWADA.lat} {RAJWADA.lon} 500")
    officer.taps(texts.PIN_BUTTON, n=1)
    return numbers


def found(store: Store) -> list[Finding]:
    checked = Checked()
    assert sum(verify(store, [], checked)) == checked.rows
    return checked.found


def behind(store: Store, statement: sa.Executable) -> None:
    """Somebody who has the database, but not the key."""
    with store.engine.begin() as connection:
        connection.execute(statement)


def searched(chat: Chat) -> int:
    """The number, in the chain, of the row of the search."""
    [row] = chat.store.run(lambda tx: audit.rows(tx, Act.SEARCH))
    assert row.seq
    return row.seq


def looked(tx: Session) -> list[int]:
    return [row.id for row in looks.rows(tx) if row.act == looks.Act.PLACE]


@pytest.mark.usefixtures("shown")
def test_every_look_is_named_by_one_row_of_the_trace(chat: Chat, tx: Session) -> None:
    named = [audit.looks_of(tx, row) for row in audit.rows(tx)]

    assert sorted(look for row in named for look, _, _ in row) == [row.id for row in looks.rows(tx)]
    assert [len(row) for row in named if row] == [3, 1]
    assert found(chat.store) == []


@pytest.mark.usefixtures("shown")
def test_a_look_that_was_removed_is_noticed(chat: Chat, tx: Session) -> None:
    behind(chat.store, sa.delete(LOOK).where(LOOK.c.id == looked(tx)[1]))

    assert found(chat.store) == [Finding(Wrong.LOOKS, searched(chat), searched(chat))]


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize(
    "values",
    [
        {"station": "Vijay Nagar"},
        {"kind": "missing"},
        {"act": "visit"},
        {"incident_id": None},
        {"at": Chat.now + timedelta(days=-1)},
    ],
)
def test_a_look_that_was_altered_is_noticed(chat: Chat, tx: Session, values: dict[str, object]) -> None:
    behind(chat.store, sa.update(LOOK).where(LOOK.c.id == looked(tx)[0]).values(**values))

    assert found(chat.store) == [Finding(Wrong.LOOKS, searched(chat), searched(chat))]


def test_a_look_that_was_moved_to_a_neighbour_s_entry_is_noticed(chat: Chat, shown: list[str], tx: Session) -> None:
    other = registrations.find(tx, shown[2])
    assert other
    behind(chat.store, sa.update(LOOK).where(LOOK.c.id == looked(tx)[0]).values(registration_id=other.id))

    assert found(chat.store) == [Finding(Wrong.LOOKS, searched(chat), searched(chat))]


@pytest.mark.usefixtures("shown")
def test_a_look_that_somebody_made_up_is_noticed(chat: Chat, tx: Session) -> None:
    newest = looks.rows(tx)[-1]
    made_up = newest.model_dump() | {"id": newest.id + 1, "station": "Vijay Nagar"}
    behind(chat.store, sa.insert(LOOK).values(**made_up))

    assert found(chat.store) == [Finding(Wrong.MADE_UP, 1, 1)]


def test_looks_that_went_with_the_entry_they_were_at_raise_no_alarm(chat: Chat, officer: Phone) -> None:
    owner = chat.phone(1001)
    owner.registers(RAJWADA)
    works_on(officer)
    officer.says(f"/near {RAJWADA.lat} {RAJWADA.lon} 500")
    owner.says("/forget")
    owner.taps(texts.YES_FORGET)
    before = len(chat.store.run(looks.rows))
    chat.later(days=366)
    chat.ticks()

    assert (before, chat.store.run(looks.rows)) == (1, [])
    assert found(chat.store) == []


def test_who_looks_without_a_row_of_the_trace_is_undone(chat: Chat, officer: Phone, tx: Session) -> None:
    [number] = chat.has_cameras(RAJWADA)
    row = registrations.find(tx, number)
    assert row
    eye = Eye(grants.of(tx, officer.row)[0], None, chat.now)

    with pytest.raises(UnwitnessedError):
        chat.store.run(lambda writing: looks.number_of(writing, eye, row.id))

    assert looks.rows(tx) == []


def test_a_look_that_was_undone_itself_needs_no_row(chat: Chat, officer: Phone, tx: Session) -> None:
    [number] = chat.has_cameras(RAJWADA)
    row = registrations.find(tx, number)
    assert row
    eye = Eye(grants.of(tx, officer.row)[0], None, chat.now)

    def in_part(writing: Session) -> None:
        undone = writing.begin_nested()
        looks.number_of(writing, eye, row.id)
        undone.rollback()
        audit.write(writing, Act.READ, chat.now)

    chat.store.run(in_part)

    assert audit.looks_of(tx, audit.rows(tx, Act.READ)[0]) == []
    assert found(chat.store) == []
