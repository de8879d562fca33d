"""Where SQLite and PostgreSQL differ: locks, and inserts that may find their row already there."""

from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ARRAY, BigInteger, bindparam, func, inspect, literal, select
from sqlalchemy.dialects import sqlite
from sqlmodel import Session, SQLModel

from storage.prepared import Prepared

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

_LOCK = Prepared(select(func.pg_advisory_xact_lock(bindparam("number", type_=BigInteger))))


def is_postgres(tx: Session) -> bool:
    return tx.get_bind().dialect.name == "postgresql"


def insert_once(tx: Session, table: type[SQLModel], **values: Any) -> bool:
    """Insert a row unless its key is there; whether it was inserted. Of two at once, exactly one inserts."""
    return _insert_once(table, is_postgres(tx)).run(tx, values) > 0


@cache
def _insert_once(table: type[SQLModel], postgres: bool) -> Prepared:
    return Prepared(_insert(table, postgres).on_conflict_do_nothing())


def upsert(tx: Session, table: type[SQLModel], values: dict[str, Any], otherwise: dict[str, Any]) -> None:
    """Insert a row, or, where its key is there, set these columns of it."""
    tx.connection().execute(upserting(table, is_postgres(tx), values, otherwise))


def upserting(
    table: type[SQLModel], postgres: bool, values: dict[str, Any], otherwise: dict[str, Any]
) -> "postgresql.Insert | sqlite.Insert":
    """The statement that does this, to be prepared."""
    keys = [column.name for column in inspect(table).primary_key]
    insert = _insert(table, postgres).values(**values)
    return insert.on_conflict_do_update(index_elements=keys, set_=otherwise)


def _insert(table: type[SQLModel], postgres: bool) -> "postgresql.Insert | sqlite.Insert":
    if not postgres:
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # large: loaded where there is such a database

    return postgresql.insert(table)


def lock(tx: Session, token: bytes) -> None:
    """Hold the lock of a token until this transaction ends. SQLite has one writer at a time anyway."""
    if is_postgres(tx):
        _LOCK.rows(tx, {"number": _number(token)})


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
