"""Rows of spots by the tokens of their cells: from the driver into columns, with as few objects as can be."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from sqlmodel import Session

from bot.core.casework.near import Column, Rows
from bot.core.later import np
from storage.dialect import is_postgres
from storage.questions import Question, Task, asked, listed, worked_through
from storage.seal import Boxes, CannotOpenError, even, seal_of

Made = TypeVar("Made")
POINT = struct.Struct(">dd")
_BOX = even(POINT.size)
_ROW: list[tuple[str, Any]] = [("id", ">i8"), ("cameras", ">i4"), ("box", _BOX)]
_MOST = 160  # cells at a time
_FIRST = 24  # of PostgreSQL: it looks for more while this process opens what came first

# All rows in one piece: an object for each value of each row would take as long as to find them.
_PIECE = "group_concat(registration_id), group_concat(cameras), group_concat(hex(point_sealed), '')"
_BYTES = "string_agg(int8send(registration_id) || int4send(cameras) || point_sealed, '')"
_BY_CELL = Question(
    f"SELECT {_PIECE} FROM json_each(?) AS asked CROSS JOIN spot ON spot.cell_token = asked.value",  # noqa: S608 - ours
    f"SELECT {_BYTES} FROM spot WHERE cell_token = ANY(%s::bigint[])",  # noqa: S608 - ours
)
_BY_ID = Question(
    f"SELECT {_PIECE} FROM spot WHERE registration_id = ?",  # noqa: S608 - ours
    f"SELECT {_BYTES} FROM spot WHERE registration_id = %s",  # noqa: S608 - ours
)
_COUNTS = Question(  # SQLite: for each cell in turn one number, as a group costs as much as ten rows
    "SELECT group_concat((SELECT (count(*) << 32) + ifnull(sum(cameras), 0) FROM spot"
    " WHERE cell_token = asked.value)) FROM json_each(?) AS asked",
    "SELECT cell_token, count(*), sum(cameras) FROM spot WHERE cell_token = ANY(%s::bigint[]) GROUP BY cell_token",
)


class Opened(NamedTuple):
    """Places in columns of bare numbers."""

    ids: Rows
    cameras: Rows
    lats: Column
    lons: Column


def opened(tx: Session, cells: Sequence[int]) -> Opened:
    """All places of these cells."""
    return _joined(list(worked_through(tx, _opening(tx, cells))))


def _opening(tx: Session, cells: Sequence[int]) -> list[Task]:
    tokens = sorted(seal_of(tx).cell_tokens(cells))  # neighbours in the table, one after the other
    parts = _parts(tokens, _FIRST if is_postgres(tx) else _MOST)
    return [Task(_BY_CELL, listed(tx, part), partial(_columns, tx)) for part in parts]


def _parts(tokens: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """The first of this size, each further one twice as large as the one before, up to the most."""
    while tokens:
        yield tokens[:size]
        tokens, size = tokens[size:], min(2 * size, _MOST)


def _joined(parts: Sequence[Opened]) -> Opened:
    if not parts:
        return Opened(_no_rows(), _no_rows(), np.empty(0), np.empty(0))
    return Opened._make(map(np.concatenate, zip(*parts, strict=True)))


def _no_rows() -> Rows:
    return np.empty(0, np.int64)


def of_one(tx: Session, registration_id: int) -> Opened:
    """This registration, where it can be found."""
    return _columns(tx, asked(tx, _BY_ID, registration_id).fetchall())


def _columns(tx: Session, rows: Sequence[Any]) -> Opened:
    """What came in one piece, cut and opened. Raises CannotOpenError."""
    try:
        ids, cameras, boxes = _of_postgres(*rows[0]) if is_postgres(tx) else _of_sqlite(*rows[0])
    except ValueError:  # a box of another length
        raise CannotOpenError("spot") from None
    points = seal_of(tx).open_even("spot", ids.tolist(), boxes)
    lats, lons = np.frombuffer(points, ">f8").reshape(-1, 2).T.astype(float)
    return Opened(ids, cameras, lats, lons)


def _of_postgres(rows: bytes | None) -> tuple[Rows, Rows, Boxes]:
    cut = np.frombuffer(rows or b"", _ROW)
    return cut["id"].astype(np.int64), cut["cameras"].astype(np.int64), cut["box"]


def _of_sqlite(ids: str | None, cameras: str | None, boxes: str | None) -> tuple[Rows, Rows, Boxes]:
    return _numbers(ids), _numbers(cameras), np.frombuffer(bytes.fromhex(boxes or ""), _BOX)


def _numbers(listed: str | None) -> Rows:
    return np.fromstring(listed or "", np.int64, sep=",")


def opened_and_counted(
    tx: Session, open_: Sequence[int], count: Sequence[int], work: Callable[[Opened], Made]
) -> tuple[Made, Rows, int]:
    """What is made of the places of some cells; of others how many each has, unopened, and their cameras in all.

    PostgreSQL counts while this process works on the places.
    """
    tokens, opening = seal_of(tx).cell_tokens(count), _opening(tx, open_)
    counting = [Task(_COUNTS, listed(tx, tokens), partial(_counts, tx, tokens))] if tokens else []
    with closing(worked_through(tx, [*opening, *counting])) as done:
        made = work(_joined(list(islice(done, len(opening)))))
        ((places, cameras),) = list(done) or [(_no_rows(), _no_rows())]
    of_each = places.reshape(len(seal_of(tx).ids), len(count)).sum(axis=0)  # a cell has a token for each key
    return made, of_each, int(cameras.sum())


def _counts(tx: Session, tokens: Sequence[int], rows: Sequence[Any]) -> tuple[Rows, Rows]:
    """How many places each token has, and cameras: of every token, or of those that have any."""
    if not is_postgres(tx):
        ((both,),) = rows
        return _numbers(both) >> 32, _numbers(both) & 0xFFFFFFFF
    places = {token: many for token, many, _ in rows}
    return np.array([places.get(token, 0) for token in tokens], np.int64), np.array([some for *_, some in rows])
