"""Boxes in the database itself: copied into another row or another column, not one of them opens."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Table, select, update
from sqlmodel import Session, SQLModel
from sqlmodel import select as rows_of

from bot.core.casework.near import Circle
from storage import audit, people, registrations, spots
from storage.admin import grants, invites
from storage.engine import Store
from storage.seal import CannotOpenError, seal_of
from storage.tables.register import Grant, Invite, Outbox, Person, Registration
from storage.tables.trace import Audit
from tests.chat import PALASIA, RAJWADA, Chat
from tests.conftest import invitation, make_officer

READERS: dict[tuple[str, str], Callable[[Session], list[Any]]] = {
    ("person", "chat_sealed"): lambda tx: [people.chat_of(tx, row) for row in tx.exec(rows_of(Person))],
    ("person", "phone_sealed"): lambda tx: [people.phone_of(tx, row) for row in tx.exec(rows_of(Person))],
    ("person", "stages_sealed"): lambda tx: [people.stages_of(tx, row) for row in tx.exec(rows_of(Person))],
    ("registration", "place_sealed"): lambda tx: [
        registrations.site_of(tx, row) for row in tx.exec(rows_of(Registration))
    ],
    ("spot", "point_sealed"): lambda tx: list(spots.within(tx, Circle(RAJWADA, 50.0))[0]),
    ("invite", "name_sealed"): lambda tx: [invites.name_of(tx, row) for row in tx.exec(rows_of(Invite))],
    ("role_grant", "name_sealed"): lambda tx: [grants.name_of(tx, row) for row in tx.exec(rows_of(Grant))],
    ("audit", "detail_sealed"): lambda tx: [audit.detail_of(tx, row) for row in tx.exec(rows_of(Audit))],
    ("outbox", "message_sealed"): lambda tx: [
        seal_of(tx).open("outbox", row.id, row.message_sealed) for row in tx.exec(rows_of(Outbox)) if not row.sent_at
    ],
}
KEYS = {"spot": "registration_id"}
every_box = pytest.mark.parametrize("box", READERS, ids="/".join)


@pytest.fixture
def town(chat: Chat) -> Store:
    """Two, at least, of everything that is sealed."""
    for number in (1001, 1002):
        chat.has_cameras(RAJWADA, owner=number)
        who = make_officer(chat, number)
        who.says("/near 22.7185 75.8550 500")
        who.says("/add")
        who.pins(PALASIA)
        invitation(chat)
    for number in (1001, 1002):
        chat.phone(number).sends_offline("/help")
    return chat.store


def boxes(tx: Session, box: tuple[str, str]) -> dict[int, bytes]:
    """The boxes of a column by their rows."""
    table, key = _table(box)
    found = tx.connection().execute(select(table.c[key], table.c[box[1]]))
    return {row: sealed for row, sealed in found if sealed}


def put(tx: Session, box: tuple[str, str], row: int, sealed: bytes) -> None:
    table, key = _table(box)
    tx.connection().execute(update(table).where(table.c[key] == row).values({box[1]: sealed}))


def _table(box: tuple[str, str]) -> tuple[Table, str]:
    return SQLModel.metadata.tables[box[0]], KEYS.get(box[0], "id")


@every_box
def test_boxes_open_in_their_own_rows(town: Store, box: tuple[str, str]) -> None:
    assert len(town.run(READERS[box])) >= 2


@every_box
def test_boxes_that_changed_places_with_another_row_do_not_open(town: Store, box: tuple[str, str]) -> None:
    def swapped(tx: Session) -> None:
        (one, first), (other, second), *_ = boxes(tx, box).items()
        put(tx, box, one, second)
        put(tx, box, other, first)
        READERS[box](tx)

    with pytest.raises(CannotOpenError):
        town.run(swapped)


@every_box
def test_a_box_of_another_column_does_not_open(town: Store, box: tuple[str, str]) -> None:
    def copied(tx: Session, source: tuple[str, str]) -> None:
        sealed = next(iter(boxes(tx, source).values()))
        for row in boxes(tx, box):
            put(tx, box, row, sealed)
        READERS[box](tx)

    for source in READERS.keys() - {box}:
        with pytest.raises(CannotOpenError):
            town.run(partial(copied, source=source))
