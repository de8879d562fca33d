"""Holds two databases, from the first look to the end, so that nobody else writes to them."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError
from sqlmodel import SQLModel

from storage import schema
from storage.engine import open_engine

SQLITE = "sqlite:///"


class Why(Enum):
    """What keeps a town from being moved."""

    SAME = auto()  # source and target are one database
    NO_TOWN = auto()  # there is no register at the source
    SOURCE_IN_USE = auto()
    TARGET_IN_USE = auto()
    SOURCE_SCHEMA = auto()  # detail: the version found
    TARGET_SCHEMA = auto()
    STRANGERS = auto()  # the target holds rows that are not the source's; detail: the table
    DIFFERENT = auto()  # after the copy something is not the same; detail: the table


class CannotMoveError(Exception):
    """The move was refused, or what arrived is not what was sent."""

    def __init__(self, why: Why, detail: str = "") -> None:
        super().__init__(why.name)
        self.why, self.detail = why, detail


@contextmanager
def held(source_url: str, target_url: str) -> Iterator[tuple[Connection, Connection]]:
    """Connections to a town of our schema and to where it goes, which gets the schema where it has none.

    The target is not touched before the source is held.
    Raises CannotMoveError, and SQLAlchemyError where one cannot be opened.
    """
    _refuse_one_file(source_url, target_url)
    with _engine(source_url) as source:
        with _free(Why.SOURCE_IN_USE):
            _refuse_schema(Why.SOURCE_SCHEMA, schema.found(source))
        with source.connect() as reading:
            with _free(Why.SOURCE_IN_USE):
                reading.begin()
            _hold(reading)
            with _engine(target_url) as target:
                with _free(Why.TARGET_IN_USE), target.connect() as writing:
                    _refuse_one_server(reading, writing)
                    _refuse_others(writing, Why.TARGET_IN_USE)
                _refuse_schema(Why.TARGET_SCHEMA, schema.found(target) or schema.migrate(target))
                with target.connect() as writing:
                    yield reading, writing


@contextmanager
def _engine(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _alone, insert=True)
    try:
        yield engine
    finally:
        engine.dispose()


def _alone(connection: Any, _record: object) -> None:
    """Nobody else may have this file open, from the first look at it to the end."""
    connection.execute("PRAGMA busy_timeout=500")
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")


@contextmanager
def _free(otherwise: Why) -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        if "locked" in str(error.orig) or getattr(error.orig, "sqlstate", "") == "55P03":
            raise CannotMoveError(otherwise) from None
        raise


def _hold(source: Connection) -> None:
    """Keep writers out of a PostgreSQL source until the end; a SQLite file is ours alone already."""
    if source.dialect.name == "postgresql":
        _refuse_others(source, Why.SOURCE_IN_USE)
        names = ", ".join(f'"{table.name}"' for table in SQLModel.metadata.sorted_tables)
        with _free(Why.SOURCE_IN_USE):
            source.exec_driver_sql(f"LOCK TABLE {names} IN SHARE MODE NOWAIT")


def _refuse_others(connection: Connection, why: Why) -> None:
    if connection.dialect.name == "postgresql":
        others = connection.exec_driver_sql(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND usename = current_user AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        if others.scalar_one():
            raise CannotMoveError(why)


def _refuse_one_file(source_url: str, target_url: str) -> None:
    files = [Path(url.removeprefix(SQLITE)) for url in (source_url, target_url) if url.startswith(SQLITE)]
    if source_url.startswith(SQLITE) and not files[0].is_file():
        raise CannotMoveError(Why.NO_TOWN)
    if source_url == target_url or (len(files) == 2 and files[1].exists() and files[0].samefile(files[1])):
        raise CannotMoveError(Why.SAME)


def _refuse_one_server(source: Connection, target: Connection) -> None:
    if source.dialect.name == target.dialect.name == "postgresql":
        which = "SELECT pg_postmaster_start_time(), oid FROM pg_database WHERE datname = current_database()"
        if source.exec_driver_sql(which).one() == target.exec_driver_sql(which).one():
            raise CannotMoveError(Why.SAME)


def _refuse_schema(why: Why, version: str) -> None:
    if why is Why.SOURCE_SCHEMA and not version:
        raise CannotMoveError(Why.NO_TOWN)
    if version != schema.ours():
        raise CannotMoveError(why, version)
