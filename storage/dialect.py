"""Where SQLite and PostgreSQL differ: locks, and inserts that may find their row already there."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def is_postgres(tx: Session) -> bool:
    return tx.get_bind().dialect.name == "postgresql"


def insert_once(tx: Session, table: type[SQLModel], **values: Any) -> bool:
    """Insert a row unless its key is there; whether it was inserted. Of two at once, exactly one inserts."""
    insert = postgresql.insert if is_postgres(tx) else sqlite.insert
    statement = insert(table).values(**values).on_conflict_do_nothing()
    return bool(tx.connection().execute(statement).rowcount)


def lock(tx: Session, token: bytes) -> None:
    """Hold the lock of a token until this transaction ends. SQLite has one writer at a time anyway."""
    if is_postgres(tx):
        number = int.from_bytes(token[:8], "big", signed=True)
        tx.connection().execute(select(func.pg_advisory_xact_lock(number)))
