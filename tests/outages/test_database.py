"""The database in trouble while people write: nobody's message is lost, none is taken twice, and they are told."""

import asyncio
import itertools
import sqlite3
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from psycopg import sql
from sqlalchemy import event, text
from sqlmodel import func, select

from bot import texts
from bot.core.messages import phrase
from bot.words import words
from handlers import metrics
from handlers.telegram import sorry
from sandbox.people import Person
from sandbox.world import World
from storage import claims, engine, schema
from storage.engine import LOOK_S, Store, open_engine
from storage.keycheck import key_fits
from storage.outage import Outage
from storage.seal import Seal
from storage.tables.register import Claim
from tests.live import Live, alive, hooked
from tests.ports import free_port
from tests.postgres import Cluster, cluster

CROWD = [Person(5000 + n, f"Neighbour {n}", language_code="en") for n in range(40)]
KNOWN = CROWD[:20]
PATIENCE_S = 60.0  # of a busy computer

pytestmark = pytest.mark.timeout(6 * PATIENCE_S)
ANSWER = words(phrase(texts.NOTHING_TO_CANCEL), "en")
WAITS = words(phrase(texts.NOTHING_SAVED_NOW), "en")


@pytest.fixture(autouse=True)
def soon_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes seconds in a city takes less here."""
    monkeypatch.setattr(sorry, "AFTER_S", 0.3)
    monkeypatch.setattr(sorry, "BETWEEN_S", 0.01)


@asynccontextmanager
async def town(store: Store, folder: Path, **more: Any) -> AsyncIterator[Live]:
    """A bot that half of the crowd has written to before."""
    world = World(list(CROWD))
    world.webhook_pace = 0.05
    async with alive(world, store, folder / "unused.db", **({"listen_port": free_port()} | more)) as live:
        for person in KNOWN:
            live.world.says(person.id, "/cancel")
        await live.settles()
        yield live


async def ready(live: Live) -> list[str]:
    async with httpx.AsyncClient(trust_env=False) as keeper:
        answer = await keeper.get(f"http://127.0.0.1:{live.settings.listen_port}/health/ready", timeout=PATIENCE_S)
    lines = answer.text.splitlines()
    assert answer.status_code == (200 if all(line.startswith("ok") for line in lines) else 503)
    return lines


def refused(kind: Outage) -> float:
    name = "citizen_eye_outages_total"
    return metrics.REGISTRY.get_sample_value(name, {"kind": kind.name.lower()}) or 0.0


async def lives_through(live: Live, trouble: "Trouble", kind: Outage, line: str = "database") -> None:
    """Everybody writes during the trouble, and again after it: who was told, what was taken, what was answered."""
    taken, before = count(live.store), refused(kind)
    with trouble:
        for person in CROWD:
            live.world.says(person.id, "/cancel")
        await live.until(lambda: refused(kind) > before)
        async with asyncio.timeout(PATIENCE_S):
            while not any(told(live, person) for person in CROWD):  # noqa: ASYNC110 - rings no bell
                await asyncio.sleep(0.05)
        during = await ready(live)
    await live.settles()
    after = await ready(live)

    assert any(line in said and kind in said for said in during), during
    assert all(line.startswith("ok") for line in after), after
    assert count(live.store) == taken + len(CROWD)
    assert live.store.run(claims.set_aside) == 0
    for person in CROWD:
        said = live.hands(person.id).texts
        assert said.count(ANSWER) == 1 + (person in KNOWN)
        assert said.count(WAITS) <= 1
        assert len(said) == said.count(ANSWER) + said.count(WAITS)


def told(live: Live, person: Person) -> bool:
    return WAITS in live.hands(person.id).texts


def count(store: Store) -> int:
    return store.run(lambda tx: tx.exec(select(func.count()).select_from(Claim)).one())


def in_a_hurry(connection: Any, *_: object) -> None:
    """The bot waits a tenth of a second for a lock; the test itself waits until a busy computer has got on."""
    patience_ms = PATIENCE_S * 1000 if threading.current_thread() is threading.main_thread() else 100
    connection.execute(f"PRAGMA busy_timeout={patience_ms:.0f}")


class Trouble:
    """Something is the matter with the database, from `__enter__` to `__exit__`."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def __enter__(self) -> None:
        raise NotImplementedError

    def __exit__(self, *_: object) -> None:
        raise NotImplementedError


class Locked(Trouble):
    """Another program holds the file for as long as it likes."""

    def __enter__(self) -> None:
        self.other = sqlite3.connect(str(self.store.engine.url.database), isolation_level=None)
        self.other.execute("PRAGMA busy_timeout=5000")
        self.other.execute("BEGIN EXCLUSIVE")

    def __exit__(self, *_: object) -> None:
        self.other.execute("ROLLBACK")
        self.other.close()


class Pragma(Trouble):
    """Every connection of the bot is set so, as a full or read-only disk would make it."""

    during, after = "", ""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.words = self.after
        event.listen(store.engine, "checkout", lambda one, *_: one.execute(f"PRAGMA {self.words}"))

    def __enter__(self) -> None:
        self.words = self.during

    def __exit__(self, *_: object) -> None:
        self.words = self.after


class Full(Pragma):
    """Not a page more than there is, and every page there is in use."""

    during, after = "max_page_count=1", "max_page_count=1000000"  # SQLite makes the first what is in use

    def __enter__(self) -> None:
        super().__enter__()
        filler = sqlite3.connect(str(self.store.engine.url.database), isolation_level=None)
        filler.execute(f"PRAGMA {self.during}")
        for size in (3000, 300, 30):
            with suppress(sqlite3.OperationalError):
                for n in itertools.count():
                    filler.execute("INSERT INTO meta VALUES (?, ?)", (f"junk {size} {n}", b"x" * size))
        filler.close()


class ReadOnly(Pragma):
    during, after = "query_only=ON", "query_only=OFF"


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("trouble", "kind"),
    [(Locked, Outage.BUSY), (Full, Outage.FULL), (ReadOnly, Outage.READ_ONLY)],
    ids=["locked", "full", "read-only"],
)
async def test_a_sqlite_register_in_trouble_loses_nothing_and_everybody_is_answered_after_it(
    store: Store, tmp_path: Path, trouble: type[Trouble], kind: Outage
) -> None:
    event.listen(store.engine, "checkout", in_a_hurry)

    to_come = trouble(store)  # before the bot works: who listens to an engine must not change while others use it

    async with town(store, tmp_path) as live:
        await lives_through(live, to_come, kind)


@pytest.mark.sqlite
async def test_telegram_posts_again_what_a_register_in_trouble_could_not_take(store: Store, tmp_path: Path) -> None:
    event.listen(store.engine, "checkout", in_a_hurry)

    async with town(store, tmp_path, **hooked()) as live:
        await lives_through(live, Locked(store), Outage.BUSY)

    assert live.calls("getUpdates") == []


@pytest.fixture(scope="module")
def own() -> Iterator[Cluster]:
    """A PostgreSQL of this module's own, to stop and to start; unlike that of other tests it keeps its word."""
    with cluster() as server:
        with psycopg.connect(f"{server.url}/postgres", autocommit=True) as keeper:
            keeper.execute("ALTER ROLE CURRENT_USER SET synchronous_commit = on")
        server.prepare()
        yield server


@pytest.fixture
def on_postgres(own: Cluster) -> Iterator[Store]:
    store = Store(open_engine(own.fresh()), Seal([bytes(range(32))]))
    store.run(key_fits)
    yield store
    store.close()


class Away(Trouble):
    """The server is gone; at the end it comes back, as after a crash."""

    def __init__(self, store: Store, server: Cluster) -> None:
        super().__init__(store)
        self.server = server

    def __enter__(self) -> None:
        self.server.stop()

    def __exit__(self, *_: object) -> None:
        self.server.start()


class Standby(Trouble):
    """The database takes no writes, as a standby or one that its keeper has set so."""

    def __init__(self, store: Store, server: Cluster) -> None:
        super().__init__(store)
        self.server = server

    def __enter__(self) -> None:
        self.sets(sql.SQL("ALTER DATABASE {} SET default_transaction_read_only = on"))

    def __exit__(self, *_: object) -> None:
        self.sets(sql.SQL("ALTER DATABASE {} RESET default_transaction_read_only"))

    def sets(self, how: sql.SQL) -> None:
        name = str(self.store.engine.url.database)
        with psycopg.connect(f"{self.server.url}/postgres", autocommit=True) as keeper:
            keeper.execute(how.format(sql.Identifier(name)))
            keeper.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))


class Migrated(Trouble):
    """Somebody brings the register to the schema of a newer program, and back from a backup."""

    def __enter__(self) -> None:
        self._says("9999")
        time.sleep(LOOK_S)  # the bot looks that often

    def __exit__(self, *_: object) -> None:
        self._says(schema.ours())

    def _says(self, version: str) -> None:
        with self.store.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})


async def test_who_writes_to_a_bot_whose_register_was_migrated_meanwhile_waits_for_the_next_one(
    store: Store, tmp_path: Path
) -> None:
    async with town(store, tmp_path) as live:
        await lives_through(live, Migrated(store), Outage.SCHEMA, "9999")


class Held(Trouble):
    """Another program keeps what everybody needs, for as long as it likes."""

    def __enter__(self) -> None:
        url = self.store.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self.other = psycopg.connect(url)
        self.other.execute("LOCK TABLE claim, outbox, meta IN ACCESS EXCLUSIVE MODE")

    def __exit__(self, *_: object) -> None:
        self.other.close()


async def test_a_postgresql_whose_tables_another_program_holds_costs_nobody_anything(
    own: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "LOCK_MS", 300)
    store = Store(open_engine(own.fresh()), Seal([bytes(range(32))]))
    store.run(key_fits)

    async with town(store, tmp_path) as live:
        await lives_through(live, Held(store), Outage.BUSY)
    store.close()


async def test_a_postgresql_that_goes_away_and_comes_back_costs_nobody_anything(
    on_postgres: Store, own: Cluster, tmp_path: Path
) -> None:
    async with town(on_postgres, tmp_path) as live:
        await lives_through(live, Away(on_postgres, own), Outage.AWAY)


async def test_a_postgresql_that_takes_no_writes_for_a_while_costs_nobody_anything(
    on_postgres: Store, own: Cluster, tmp_path: Path
) -> None:
    async with town(on_postgres, tmp_path) as live:
        await lives_through(live, Standby(on_postgres, own), Outage.READ_ONLY)
