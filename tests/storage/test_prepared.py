"""Prepared statements and plain savepoints: what is undone is undone, and what fails is told as ever."""

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, PendingRollbackError
from sqlmodel import Session, select

from storage import claims, prepared
from storage.engine import Store
from storage.tables.register import Claim
from tests.chat import NOON


def test_after_a_statement_failed_nothing_is_written_past_the_savepoint(store: Store) -> None:
    def careless(tx: Session) -> None:
        claims.claim(tx, "telegram", 1, NOON)
        tx.add(Claim(channel="telegram", update_id=1, at=NOON))
        with pytest.raises(IntegrityError, match="SQL parameters hidden"):
            tx.flush()
        with pytest.raises(PendingRollbackError):
            claims.claim(tx, "telegram", 2, NOON)
        tx.rollback()

    store.run(careless)

    assert store.run(lambda tx: claims.taken(tx, "telegram", 1)) is False


def test_a_row_that_the_database_refuses_is_told_as_its_other_errors_are(store: Store) -> None:
    def writes(tx: Session) -> None:
        claims.claim(tx, "telegram", 1, NOON)
        with pytest.raises(IntegrityError, match=r"UNIQUE|duplicate key"):
            prepared.add(tx, Claim(channel="telegram", update_id=1, at=NOON))
        tx.rollback()

    store.run(writes)

    assert store.run(lambda tx: claims.taken(tx, "telegram", 1)) is False


def test_a_savepoint_that_is_undone_takes_with_it_what_was_written_in_it(store: Store) -> None:
    def writes(tx: Session) -> None:
        claims.claim(tx, "telegram", 1, NOON)
        point = tx.begin_nested()
        claims.claim(tx, "telegram", 2, NOON)
        point.rollback()
        claims.claim(tx, "telegram", 3, NOON)

    store.run(writes)

    assert store.run(lambda tx: sorted(tx.exec(select(Claim.update_id)))) == [1, 3]


def test_a_savepoint_that_the_database_has_lost_is_told_as_its_other_errors_are(store: Store) -> None:
    def writes(tx: Session) -> None:
        point = tx.begin_nested()
        claims.claim(tx, "telegram", 1, NOON)
        tx.connection().exec_driver_sql("ROLLBACK")  # as SQLite does of itself when its disk is full
        with pytest.raises(DBAPIError):
            point.commit()
        tx.rollback()

    store.run(writes)

    assert store.run(lambda tx: claims.taken(tx, "telegram", 1)) is False


def test_a_session_that_goes_on_after_its_commit_writes_in_a_transaction_of_its_own(store: Store) -> None:
    def writes(tx: Session) -> None:
        claims.claim(tx, "telegram", 1, NOON)
        tx.commit()
        claims.claim(tx, "telegram", 2, NOON)

    store.run(writes)

    assert store.run(lambda tx: claims.taken(tx, "telegram", 2))
