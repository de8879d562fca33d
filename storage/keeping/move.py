"""Carries a town from one database to another: checked, copied in batches, and compared row by row."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import SQLModel

import storage.tables.every  # noqa: F401 - fills the metadata
from storage.keeping.hold import CannotMoveError, Why, held

BATCH = 2000  # rows for each transaction
BYTE_ORDER = {"sqlite": "BINARY", "postgresql": "C"}  # the collation that is the same in both
Key = tuple[Any, ...]


@dataclass
class Part:
    """One table: how many rows the source has, how many the target had, and up to which key."""

    table: sa.TableClause
    keys: tuple[str, ...]
    rows: int = 0
    there: int = 0
    last: Key | None = None

    @property
    def name(self) -> str:
        return self.table.name


@dataclass
class Move:
    """Two databases, held so that nobody else writes to them."""

    source: Connection
    target: Connection
    parts: list[Part] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.parts)

    @property
    def there(self) -> int:
        """How many rows an earlier, interrupted move had brought."""
        return sum(part.there for part in self.parts)


@contextmanager
def opened(source_url: str, target_url: str) -> Iterator[Move]:
    """Hold both databases and count. Raises CannotMoveError, and SQLAlchemyError where one cannot be opened."""
    with held(source_url, target_url) as (source, target):
        yield _counted(Move(source, target))


def check(move: Move) -> Iterator[int]:
    """Compare what the target has with the start of the source; yields rows looked at. Raises CannotMoveError."""
    for part in move.parts:
        if part.there > part.rows:
            raise CannotMoveError(Why.STRANGERS, part.name)
    for part in move.parts:
        with move.target.begin():
            ours = _stream(move.source, part, most=part.there)
            for mine, other in zip_longest(ours, _stream(move.target, part)):
                if mine != other:
                    raise CannotMoveError(Why.STRANGERS, part.name)
                part.last = tuple(mine[-1][part.table.c.keys().index(key)] for key in part.keys)
                yield len(mine)


def copy(move: Move) -> Iterator[int]:
    """Bring what is missing, in the order of keys, a transaction for each batch; yields rows brought."""
    for part in move.parts:
        names = part.table.c.keys()
        for rows in _stream(move.source, part, after=part.last):
            with move.target.begin():
                move.target.execute(sa.insert(part.table), [dict(zip(names, row, strict=True)) for row in rows])
            yield len(rows)


def verify(move: Move) -> Iterator[int]:
    """Compare every column of every row, and the counts; yields rows compared. Raises CannotMoveError."""
    for part in move.parts:
        with move.target.begin():
            for mine, other in zip_longest(_stream(move.source, part), _stream(move.target, part)):
                if mine != other:
                    raise CannotMoveError(Why.DIFFERENT, part.name)
                yield len(mine)


def _stream(
    connection: Connection, part: Part, after: Key | None = None, most: int | None = None
) -> Iterator[list[Key]]:
    """Rows in the order of keys, text in that of its bytes whatever the database's collation, in full batches."""
    columns = [part.table.c[key] for key in part.keys]
    of_bytes = BYTE_ORDER[connection.dialect.name]
    order: list[Any] = [sa.collate(c, of_bytes) if isinstance(c.type, sa.String) else c for c in columns]
    query = sa.select(part.table).order_by(*order).limit(most)
    if after is not None:
        values = [sa.literal(value, column.type) for value, column in zip(after, columns, strict=True)]
        query = query.where(sa.tuple_(*order) > sa.tuple_(*values))
    with connection.execute(query.execution_options(yield_per=BATCH)) as result:
        for rows in result.partitions():
            yield [tuple(row) for row in rows]


def _counted(move: Move) -> Move:
    for table in SQLModel.metadata.sorted_tables:
        plain = sa.table(table.name, *(sa.column(c.name, _plain(c.type)) for c in table.c))
        part = Part(plain, tuple(c.name for c in table.primary_key))
        count = sa.select(sa.func.count()).select_from(plain)
        part.rows = move.source.execute(count).scalar_one()
        part.there = move.target.execute(count).scalar_one()
        move.parts.append(part)
    move.target.rollback()
    return move


def _plain(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    """What is really kept: numbers stay numbers."""
    return kind.impl_instance if isinstance(kind, TypeDecorator) else kind
