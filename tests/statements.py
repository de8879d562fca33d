"""Hears every statement on its way to the database, whichever way it takes, and may break it."""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Engine, event

Ear = Callable[[str, Any], None]  # a statement's words and values; what it raises, the statement ends with


def listen(engine: Engine, ear: Ear) -> None:
    """From the next transaction on; more than one may listen."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "do_connect", lambda _dialect, _record, _args, more: _heard(more, ear))
        engine.dispose()
    else:
        event.listen(engine, "before_cursor_execute", lambda _c, _cursor, words, values, *_more: ear(words, values))


def _heard(how: dict[str, Any], ear: Ear) -> None:
    """SQLite is heard at the driver: what is prepared goes past SQLAlchemy."""
    below: type[sqlite3.Connection] = how.get("factory", sqlite3.Connection)

    class Connection(below):  # type: ignore[valid-type, misc]
        def cursor(self, kind: type[sqlite3.Cursor] = sqlite3.Cursor) -> sqlite3.Cursor:
            return super().cursor(_hearing(kind, ear))  # type: ignore[no-any-return]

        def execute(self, words: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
            return self.cursor().execute(words, values)

    how["factory"] = Connection


def _hearing(kind: type[sqlite3.Cursor], ear: Ear) -> type[sqlite3.Cursor]:
    class Cursor(kind):  # type: ignore[valid-type, misc]
        def execute(self, words: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
            ear(words, values)
            return super().execute(words, values)  # type: ignore[no-any-return]

    return Cursor
