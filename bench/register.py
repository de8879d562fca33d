"""Builds a register of the made-up city: whole rows (person, registration, spot), sealed as the bot seals them."""

import json
import struct
from collections.abc import Iterable, Sequence
from contextlib import closing
from functools import partial
from itertools import islice
from typing import Any

from sqlmodel import Session

from bench.city import Place, sees_road
from bot.core.cover import cell_of
from bot.core.geo import Point
from bot.core.registration import State
from bot.core.regnumber import number_from
from storage.dialect import is_postgres
from storage.engine import Store
from storage.seal import Seal

BATCH = 10_000
_SEEN = 1_767_225_600_000  # milliseconds: 1 January 2026
_SCATTER = 0x5DEECE66D  # odd, so that numbers differ and come in no order
_POINT = struct.Struct(">dd")
Row = dict[str, Any]


def build(store: Store, places: Iterable[Place]) -> None:
    """Everything a sign-up leaves behind, for each place, in batches."""
    _hurry(store)
    left = iter(places)
    while batch := list(islice(left, BATCH)):
        rows = [(_person(store.seal, one), _registration(store.seal, one), _spot(store.seal, one)) for one in batch]
        store.run(partial(_insert, rows))
    settle(store)
    store.engine.dispose()  # with the hurried connection; the next one is as the bot's


def _hurry(store: Store) -> None:
    """For the time of building: nothing is lost if this breaks off."""
    if store.engine.dialect.name == "sqlite":
        with closing(store.engine.raw_connection()) as connection:
            for pragma in ("synchronous=OFF", "cache_size=-1000000", "wal_autocheckpoint=100000"):
                connection.cursor().execute(f"PRAGMA {pragma}")


def _insert(rows: Sequence[tuple[Row, Row, Row]], tx: Session) -> None:
    for name, of_table in zip(("person", "registration", "spot"), zip(*rows, strict=True), strict=True):
        columns = list(of_table[0])
        values = [tuple(row.values()) for row in of_table]
        if is_postgres(tx):
            _copy(tx, name, columns, values)
        else:
            marks = ",".join("?" * len(columns))
            statement = f"INSERT INTO {name} ({','.join(columns)}) VALUES ({marks})"  # noqa: S608 - names from our own tables
            raw(tx).executemany(statement, values)


def _copy(tx: Session, name: str, columns: Sequence[str], values: Iterable[tuple[Any, ...]]) -> None:
    with raw(tx).copy(f"COPY {name} ({','.join(columns)}) FROM STDIN") as copy:
        for row in values:
            copy.write_row(row)


def raw(tx: Session) -> Any:
    """The driver's own cursor."""
    return tx.connection().connection.cursor()


def settle(store: Store) -> None:
    """What a database does for itself after a while: statistics, the visibility map, the log moved into the file."""
    with closing(store.engine.raw_connection()) as connection:
        if store.engine.dialect.name == "postgresql":
            connection.driver_connection.autocommit = True  # type: ignore[union-attr] # it is psycopg's, and open
            connection.cursor().execute("VACUUM ANALYZE")
            connection.driver_connection.autocommit = False  # type: ignore[union-attr] # see above
        else:
            connection.cursor().execute("ANALYZE")
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def size(store: Store) -> int:
    """Bytes of the whole database, its indexes included."""
    with store.engine.connect() as connection:
        if store.engine.dialect.name == "postgresql":
            asked = "SELECT pg_database_size(current_database())"
        else:
            asked = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        return int(connection.exec_driver_sql(asked).scalar_one())


def _person(seal: Seal, place: Place) -> Row:
    chat, phone = str(place.id >> 20).encode(), b"+91%d" % (place.id >> 20)
    return {
        "id": place.id,
        "channel": "telegram",
        "chat_token": seal.token("chat", chat),
        "chat_sealed": seal.close("person.chat", place.id, chat),
        "language": "hi",
        "reachable": True,
        "phone_token": seal.token("phone", phone),
        "phone_sealed": seal.close("person.phone", place.id, phone),
        "consent_version": "1",
        "consent_at": _SEEN,
        "stages_sealed": None,
        "created_at": _SEEN,
        "seen_at": _SEEN,
    }


def _registration(seal: Seal, place: Place) -> Row:
    site = json.dumps([place.lat, place.lon, ""]).encode()
    return {
        "id": place.id,
        "number": number_from((place.id >> 20) * _SCATTER),
        "person_id": place.id,
        "state": State.ACTIVE,
        "cameras": place.cameras,
        "kind": "home",
        "sees_road": sees_road(place.id),
        "days_kept": 15,
        "place_sealed": seal.close("registration.place", place.id, site),
        "consent_version": "1",
        "consent_at": _SEEN,
        "created_at": _SEEN,
        "changed_at": _SEEN,
        "withdrawn_at": None,
    }


def _spot(seal: Seal, place: Place) -> Row:
    return {
        "cell_token": seal.cell_tokens([cell_of(Point(place.lat, place.lon))])[0],
        "registration_id": place.id,
        "cameras": place.cameras,
        "point_sealed": seal.close("spot", place.id, _POINT.pack(place.lat, place.lon)),
    }
