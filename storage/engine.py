"""Opens the database and runs one function in one transaction: the only place that commits."""

import asyncio
import os
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine, event
from sqlmodel import Session, create_engine

from storage import keycheck, schema, trace
from storage.head_file import HeadFile
from storage.moment import Clock
from storage.prepared import plain_savepoints
from storage.seal import Seal

T = TypeVar("T")
POSTGRES = "postgresql://"
LOOK_S = 1.0
BEGIN, NAP_S = "BEGIN IMMEDIATE", 0.002
POOL = 4  # transactions at once on PostgreSQL, for each process
LOCK_MS = 10_000  # a lock that somebody keeps for longer is an outage, and is said
FROZEN_MS = 120_000  # a worker that stands still in the middle of a transaction holds its locks no longer
_ALIVE = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 30_000}
_POSTGRES = {"connect_timeout": 5, **_ALIVE}
_POOLED: dict[str, Any] = {"pool_size": POOL, "max_overflow": 1, "pool_pre_ping": True}
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # what was confirmed survives a power cut
    "PRAGMA busy_timeout=5000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",  # what was forgotten leaves the file as well
    "PRAGMA cache_size=-4096",  # more only takes memory twice: the system keeps the file as well
)


class Store:
    """A database, its clock, the seal that opens what is in it, and where the head of its trace is kept outside."""

    def __init__(self, engine: Engine, seal: Seal, outside: HeadFile | None = None) -> None:
        self.engine = engine
        self.seal = seal
        self.outside = outside
        self.clock = Clock(follows=engine.dialect.name == "postgresql")
        self._look_at = time.monotonic() + LOOK_S
        threads = 1 if engine.dialect.name == "sqlite" else POOL
        self._workers = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="store")

    def run(self, work: Callable[[Session], T], *, look: bool = True) -> T:
        """Run `work` in one transaction: all of it is kept, or (on any exception) none."""
        with Session(self.engine, expire_on_commit=False, info={"seal": self.seal}) as tx:
            if look:
                self._look(tx)
                self.clock.follow(tx)
            result = work(tx)
            head = trace.chain(tx)
            tx.commit()
        if head and self.outside:
            self.outside.keep(head)
        return result

    def _look(self, tx: Session) -> None:
        """Once a second: whether the register was migrated, or is being sealed with a key that this process lacks."""
        if time.monotonic() >= self._look_at:
            schema.look(tx)
            keycheck.look(tx)
            self._look_at = time.monotonic() + LOOK_S

    async def turn(self, work: Callable[[Session], T]) -> T:
        """The same from async code: one hop to a thread (SQLite: to the one writer). It returns after the commit."""
        return await asyncio.get_running_loop().run_in_executor(self._workers, self.run, work)

    def close(self) -> None:
        """Finish the transactions under way and let go of the database."""
        self._workers.shutdown()
        self.engine.dispose()


def open_engine(url: str) -> Engine:
    """An engine for a `sqlite:///` or `postgresql://` URL. Raises sqlalchemy.exc.ArgumentError on any other."""
    engine = _opened(url)
    plain_savepoints(engine.dialect)
    return engine


def _opened(url: str) -> Engine:
    if url.startswith(POSTGRES):
        url = url.replace(POSTGRES, "postgresql+psycopg://", 1)
        engine = create_engine(url, hide_parameters=True, connect_args=_POSTGRES, **_POOLED)
        event.listen(engine, "connect", _prepare_postgres)
        return engine
    engine = create_engine(url, hide_parameters=True)  # an error is logged without values: they could be a person's
    path = engine.url.database
    if path and path != ":memory:":
        _make_private(Path(path))
    event.listen(engine, "connect", _prepare_sqlite)
    dialect: Any = engine.dialect
    dialect.do_begin = _begin_immediate
    return engine


def _prepare_postgres(connection: Any, _record: object) -> None:
    """The server, too, notices within a minute that this computer is gone, and lets go of the locks it held."""
    connection.autocommit = True
    connection.execute("SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3")
    connection.execute(f"SET lock_timeout = {LOCK_MS}; SET idle_in_transaction_session_timeout = {FROZEN_MS}")
    connection.autocommit = False


def _make_private(file: Path) -> None:
    """A new database is its owner's alone; SQLite gives what it puts beside it (-wal, -shm) the same mode."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not file.exists():
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600))


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy says BEGIN itself, see below
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin_immediate(raw: Any) -> None:
    """Deferred, two writers would lose effects. Whoever waits asks every few milliseconds, for as long as busy_timeout.

    SQLite itself would ask ten times a second, and another program that is busy could come first each time.
    """
    (patience_ms,) = raw.execute("PRAGMA busy_timeout").fetchone()
    until = time.monotonic() + patience_ms / 1000
    raw.execute("PRAGMA busy_timeout=0")
    try:
        while _must_wait(raw) and time.monotonic() < until:
            time.sleep(NAP_S)
        if not raw.in_transaction:
            raw.execute(BEGIN)  # the last try, which says why
    finally:
        raw.execute(f"PRAGMA busy_timeout={patience_ms}")


def _must_wait(raw: sqlite3.Connection) -> bool:
    """Begin. True where another program has the database just now."""
    try:
        raw.execute(BEGIN)
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    except sqlite3.Error:
        return False
    return False
