"""Where SQLite and PostgreSQL differ: locks, and inserts that may find their row already there."""

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import ARRAY, BigInteger, func, inspect, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from storage.prepared import Prepared


def is_postgres(tx: Session) -> bool:
    return tx.get_bind().dialect.name == "postgresql"


def insert_once(tx: Session, table: type[SQLModel], **values: Any) -> bool:
    """Insert a row unless its key is there; whether it was inserted. Of two at once, exactly one inserts."""
    return _insert_once(table, is_postgres(tx)).run(tx, values) > 0


@cache
def _insert_once(table: type[SQLModel], postgres: bool) -> Prepared:
    insert = postgresql.insert if postgres else sqlite.insert
    return Prepared(insert(table).on_conflict_do_nothing())


def upsert(tx: Session, table: type[SQLModel], values: dict[str, Any], otherwise: dict[str, Any]) -> None:
    """Insert a row, or, where its key is there, set these columns of it."""
    insert = postgresql.insert if is_postgres(tx) else sqlite.insert
    keys = [column.name for column in inspect(table).primary_key]
    statement = insert(table).values(**values).on_conflict_do_update(index_elements=keys, set_=otherwise)
    tx.connection().execute(statement)


def lock(tx: Session, token: bytes) -> None:
    """Hold the lock of a token until this transaction ends. SQLite has one writer at a time anyway."""
    if is_postgres(tx):
        tx.connection().execute(select(func.pg_advisory_xact_lock(_number(token))))


def try_locks(tx: Session, tokens: Collection[bytes]) -> set[bytes]:
    """Take the locks that are free, without waiting for any; which ones are held now."""
    if not is_postgres(tx):
        return set(tokens)
    wanted = literal([_number(token) for token in tokens], ARRAY(BigInteger))
    number = func.unnest(wanted).column_valued("number")
    tried = tx.connection().execute(select(number, func.pg_try_advisory_xact_lock(number)))
    got = {row[0]: row[1] for row in tried}
    return {token for token in tokens if got[_number(token)]}


def _number(token: bytes) -> int:
    return int.from_bytes(token[:8], "big", signed=True)
