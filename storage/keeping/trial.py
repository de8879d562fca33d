"""Tries a copy of the register: puts it back somewhere else, opens it with the key, and looks whether it is whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Engine, create_engine, func, make_url, select
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from storage import schema
from storage.engine import Store, open_engine
from storage.keeping import backup
from storage.keeping.backup import BackupError, Kind
from storage.keeping.reseal import PARTS, Part, opened
from storage.keycheck import key_fits
from storage.seal import CannotOpenError, Seal

BOXES = 200  # of each kind, the newest: opening them all would take minutes on a large register


@dataclass(frozen=True, slots=True)
class Tried:
    """What a copy held: rows of the tables that hold anything sealed, and how many boxes of them were opened."""

    rows: int
    boxes: int


class CannotTryError(Exception):
    """There is no place to try it in: nothing is said of the copy."""


def of_copy(file: Path, url: str, seal: Seal) -> Tried:
    """Put a copy back beside the register at `url`, under another name, and look into it.

    Raises BackupError where it is not whole, CannotTryError where it cannot be tried.
    """
    with _elsewhere(file, url) as place:
        backup.put_back(file, place)
        return look_into(place, seal)


def look_into(url: str, seal: Seal) -> Tried:
    """Whether a register is whole: schema, key, structure, and the newest boxes. Raises BackupError."""
    engine = open_engine(url)
    store = Store(engine, seal)
    try:
        if (found := schema.found(engine)) != schema.ours():
            raise BackupError(f"it has schema {found or '(none)'}, this program works with {schema.ours()}")
        _sound(engine)
        return store.run(_opened, look=False)
    except SQLAlchemyError as error:
        raise BackupError(f"it cannot be read ({type(error).__name__})") from None
    finally:
        store.close()


def _sound(engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        return  # PostgreSQL checked every key and every reference when it took the rows in
    with engine.connect() as connection:
        if connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() != "ok":
            raise BackupError("its file is damaged (integrity_check)")
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            raise BackupError("a row refers to one that is missing (foreign_key_check)")


def _opened(tx: Session) -> Tried:
    if not key_fits(tx):
        raise BackupError("the key of this register does not open it")
    rows = sum(tx.connection().execute(select(func.count()).select_from(part.table)).scalar_one() for part in PARTS)
    return Tried(rows, sum(_boxes(tx, part) for part in PARTS))


def _boxes(tx: Session, part: Part) -> int:
    newest = select(part.table).order_by(part.table.c[part.key].desc()).limit(BOXES)
    try:
        return sum(len(opened(tx.info["seal"], part, dict(row))) for row in tx.connection().execute(newest).mappings())
    except CannotOpenError:
        raise BackupError(f"something sealed in it does not open ({part.name})") from None


@contextmanager
def _elsewhere(file: Path, url: str) -> Iterator[str]:
    """A place for the trial, gone afterwards: a file beside the copy, or a database beside the register's."""
    if backup.kind_of(url) is Kind.SQLITE:
        trial = file.with_name("trial.db")
        try:
            yield f"sqlite:///{trial}"
        finally:
            for name in (trial.name, f"{trial.name}-wal", f"{trial.name}-shm"):
                trial.with_name(name).unlink(missing_ok=True)
        return
    name = f"citizen_eye_trial_{uuid4().hex[:12]}"
    there = make_url(url).set(drivername="postgresql+psycopg")
    server = create_engine(there, isolation_level="AUTOCOMMIT")
    try:
        with server.connect() as connection:
            try:
                connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
            except SQLAlchemyError:
                raise CannotTryError("the database's user may not create databases (ALTER ROLE … CREATEDB)") from None
        try:
            yield make_url(url).set(database=name).render_as_string(hide_password=False)
        finally:
            with server.connect() as connection:
                connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    finally:
        server.dispose()
