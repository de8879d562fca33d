"""Statements that every turn runs: compiled once for each kind of database, then handed to the driver as they are.

To be put together and compiled anew, even from a cache, takes such a statement longer than to run.
"""

import sqlite3
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect, Executable, insert, inspect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.sql import ClauseElement
from sqlmodel import Session, SQLModel

Into = Callable[[Any], Any]  # what a value becomes on its way into the database
_Made = tuple[str, list[tuple[str, Into]], bool]


class Prepared:
    """A statement whose values all have names, and are given by them each time it runs."""

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._made: dict[tuple[str, ...], _Made] = {}

    def run(self, tx: Session, values: dict[str, Any]) -> int:
        """How many rows it wrote. The same keys each time, in the same order: each set is compiled once."""
        return int(self._asked(tx, values).rowcount)

    def rows(self, tx: Session, values: dict[str, Any]) -> list[Any]:
        """Those it finds, as the driver gives them."""
        return list(self._asked(tx, values).fetchall())

    def _asked(self, tx: Session, values: dict[str, Any]) -> Any:
        connection = tx.connection()
        kind = (connection.dialect.name, *values)
        if kind not in self._made:
            self._made[kind] = self._make(connection.dialect, list(values))
        words, binds, by_name = self._made[kind]
        if by_name:
            return connection.exec_driver_sql(words, {name: into(values[name]) for name, into in binds})
        return _to_sqlite(connection, words, [into(values[name]) for name, into in binds])

    def _make(self, dialect: Dialect, names: Sequence[str]) -> _Made:
        assert isinstance(self._statement, ClauseElement)  # noqa: S101 - whatever is executable is one
        compiled: Any = self._statement.compile(dialect=dialect, column_keys=names)
        types = {name: compiled.binds[name].type.dialect_impl(dialect) for name in compiled.binds}
        order = compiled.positiontup or list(types)
        return (
            str(compiled),
            [(n, types[n].bind_processor(dialect) or _as_it_is) for n in order],
            not dialect.positional,
        )


def add(tx: Session, row: SQLModel) -> None:
    """Insert a new row at once; from then on the session knows it, as if it had been read."""
    columns, statement = _insert(type(row))
    statement.run(tx, {column: getattr(row, column) for column in columns})
    make_transient_to_detached(row)
    tx.add(row)


@cache
def _insert(table: type[SQLModel]) -> tuple[list[str], Prepared]:
    return [column.key for column in inspect(table).columns], Prepared(insert(table))


def plain_savepoints(dialect: Any) -> None:
    """Each update has its savepoint, and its two words would be compiled for each."""
    say = _to_sqlite if dialect.name == "sqlite" else Connection.exec_driver_sql
    dialect.do_savepoint = lambda connection, name: say(connection, f"SAVEPOINT {name}")
    dialect.do_release_savepoint = lambda connection, name: say(connection, f"RELEASE SAVEPOINT {name}")


def _to_sqlite(connection: Connection, words: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
    """Past all that SQLAlchemy does for each statement; what the database refuses is told in its words."""
    driver: Any = connection.connection.driver_connection
    try:
        asked: sqlite3.Cursor = driver.execute(words, values)
    except sqlite3.Error as error:
        raise DBAPIError.instance(words, None, error, sqlite3.Error, hide_parameters=True) from error
    return asked


def _as_it_is(value: Any) -> Any:
    return value
