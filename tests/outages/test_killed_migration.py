"""kill -9 in the middle of a migration, at every one of its statements: the old schema or the new, never between."""

import asyncio
import itertools
import multiprocessing
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, event, inspect, text
from sqlmodel import SQLModel

from handlers.health import Line
from storage import migrating, schema
from storage.engine import Store, open_engine
from storage.seal import Seal
from tests.handlers.test_health import bad, health_of
from tests.postgres import Cluster

BEFORE = "0021"  # the version before ours: its tables are ours already
pytestmark = pytest.mark.timeout(600)  # each kill is a process and a transaction of its own, there are hundreds
EVERY = 9  # of the statements of a first start; of the later migrations, all
FORKS = multiprocessing.get_context("forkserver")  # threads of this process must not stand beside a fork
FORKS.set_forkserver_preload([__name__])
PERSON = (
    "INSERT INTO person (id, channel, chat_token, chat_sealed, language, reachable, consent_version, created_at,"
    " seen_at) VALUES (7, 'telegram', :token, :token, 'hi', :yes, '', 1, 1)"
)


@pytest.fixture(params=["sqlite", "postgresql"])
def town(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The database of the first version, with somebody in it."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/town.db"
    else:
        server: Cluster = request.getfixturevalue("postgres")
        url = server.fresh("template1")
    engine = open_engine(url)
    to_version(engine, "0001")
    with engine.begin() as connection:
        connection.execute(text(PERSON), {"token": b"t", "yes": True})
    engine.dispose()
    yield url
    if request.param == "postgresql":
        server.drop(url)


def to_version(engine: Engine, version: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrating.MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)


def killed_at(url: str, statement: int) -> bool:
    """Migrate in a process of its own that is killed before so many statements; False where it ends before."""
    child = FORKS.Process(target=migrate_and_die, args=(url, statement))
    child.start()
    child.join()
    assert child.exitcode in (0, -signal.SIGKILL)
    return child.exitcode != 0


def migrate_and_die(url: str, statement: int) -> None:
    engine, seen = open_engine(url), itertools.count(1)

    def dies(*_: object) -> None:
        if next(seen) == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "before_cursor_execute", dies)
    event.listen(engine, "commit", dies)  # every statement is done, and nothing is confirmed
    schema.migrate(engine)


def state(url: str) -> tuple[str, int, list[object]]:
    """The version, how many people there are, and what differs from the tables as the program knows them."""
    engine = open_engine(url)
    with engine.connect() as connection:
        people = connection.execute(text("SELECT count(*) FROM person WHERE language = 'hi'")).scalar_one()
        differs = list(compare_metadata(MigrationContext.configure(connection), SQLModel.metadata))
    version = schema.found(engine)
    engine.dispose()
    return version, people, differs


def ready(url: str) -> list[Line]:
    """What `/health/ready` says."""
    store = Store(open_engine(url), Seal([bytes(32)]))
    try:
        return asyncio.run(health_of(store).report())
    finally:
        store.close()


def test_a_migration_that_is_killed_at_any_of_its_statements_is_undone_and_can_be_given_again(town: str) -> None:
    kills = 0

    while killed_at(town, kills + 1):
        kills += 1
        engine = open_engine(town)
        assert schema.found(engine) == "0001"
        engine.dispose()

    assert kills > 40
    assert state(town) == (schema.ours(), 1, [])


def test_a_worker_that_serves_meanwhile_says_which_schema_there_is(town: str, monkeypatch: pytest.MonkeyPatch) -> None:
    after = schema.ours()
    monkeypatch.setattr(schema, "OURS", BEFORE)
    engine, kills = open_engine(town), 0
    to_version(engine, BEFORE)
    engine.dispose()

    while killed_at(town, kills + 1):
        kills += 1
        killed = ready(town)
        assert bad(killed) == []
        assert str(killed[1]) == f"ok   schema    {BEFORE}"
    migrated = ready(town)

    assert kills > 10
    assert bad(migrated) == ["schema", "key", "queue"]
    assert f"restart it ({after}, not {BEFORE})" in str(migrated[1])


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_first_start_that_is_killed_on_its_way_leaves_nothing_and_can_be_given_again(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    server: Cluster | None = request.getfixturevalue("postgres") if kind == "postgresql" else None
    url, statement = server.fresh("template1") if server else f"sqlite:///{tmp_path}/town.db", 1

    while killed_at(url, statement):
        assert tables(url) == []
        statement += EVERY

    assert statement > 100
    assert state(url) == (schema.ours(), 0, [])
    if server:
        server.drop(url)


def tables(url: str) -> list[str]:
    engine = open_engine(url)
    found = inspect(engine).get_table_names()
    engine.dispose()
    return found
