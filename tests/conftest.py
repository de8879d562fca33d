"""What tests stand on: a fresh register each, and the officer who may search it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_socket import socket_allow_hosts
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState
from sqlmodel import Session, create_engine

import tests.profiles  # noqa: F401 - registers hypothesis' profiles
from bot import texts
from bot.core.access import Role
from storage import schema
from storage.admin import invites
from storage.engine import Store, open_engine
from storage.keycheck import key_fits
from storage.seal import Seal
from tests.chat import Chat, Phone, hasty
from tests.commands import Nursery, nursery_open
from tests.postgres import Cluster, Slate, cluster

KEY = bytes(range(32))
SQLITE, POSTGRESQL = "sqlite", "postgresql"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=(SQLITE, POSTGRESQL), default=SQLITE, help="where registers lie")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what has a register is run again: nothing else could differ."""
    if config.getoption("database") == POSTGRESQL:
        again = [item for item in items if _differs(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(again)])
        items[:] = again


def _differs(item: pytest.Item) -> bool:
    return "store" in getattr(item, "fixturenames", ()) and item.get_closest_marker(SQLITE) is None


def pytest_runtest_setup() -> None:
    """No test talks to anything but this computer."""
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(scope="session")
def empty_register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without a row, to copy for each test."""
    path = tmp_path_factory.mktemp("register") / "empty.db"
    engine = open_engine(f"sqlite:///{path}")
    schema.migrate(engine)
    engine.dispose()  # closing the last connection moves the WAL into the file
    return path


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Where processes of `citizen-eye` come from."""
    with nursery_open() as nursery:
        yield nursery


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A server for a whole session of tests; each test has a database of its own in it."""
    with cluster() as running:
        running.prepare()
        yield running
        running.clear()


@pytest.fixture
def postgres_url(postgres: Cluster) -> Iterator[str]:
    """A register without a row on PostgreSQL, whatever the run is about."""
    url = postgres.fresh()
    yield url
    postgres.drop(url)


@pytest.fixture
def on_postgres(postgres_url: str) -> Iterator[Chat]:
    """A bot on PostgreSQL, whatever the run is about."""
    store = Store(open_engine(postgres_url), Seal([KEY]))
    store.run(key_fits)
    yield Chat(store)
    store.close()


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def url(request: pytest.FixtureRequest, empty_register: Path, tmp_path: Path) -> str:
    """A register without a row on each of the two databases, whatever the run is about."""
    if request.param == SQLITE:
        (tmp_path / "town.db").write_bytes(empty_register.read_bytes())
        return f"sqlite:///{tmp_path / 'town.db'}"
    there: str = request.getfixturevalue("postgres_url")
    return there


@pytest.fixture(scope="session")
def slate(postgres: Cluster) -> Slate:
    """The database that every test of this process has for itself, and leaves empty: faster than one for each."""
    return Slate(postgres)


@pytest.fixture
def database(request: pytest.FixtureRequest, empty_register: Path, tmp_path: Path) -> Iterator[str]:
    """A register without a row: a SQLite file, or with `--database=postgresql` a database that nobody else is in."""
    if request.config.getoption("database") == SQLITE:
        path = tmp_path / "register.db"
        path.write_bytes(empty_register.read_bytes())
        yield f"sqlite:///{path}"
        return
    slate: Slate = request.getfixturevalue("slate")
    yield slate.url
    slate.wipe()


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    store = Store(hasty(open_engine(database)), Seal([KEY]))
    store.run(key_fits)
    yield store
    store.close()


@pytest.fixture
def tx(store: Store) -> Iterator[Session]:
    """A look at what is committed, at any moment; it locks nothing, so that the bot can go on meanwhile."""
    engine = hasty(create_engine(store.engine.url, isolation_level="AUTOCOMMIT"))
    with Session(engine, info={"seal": store.seal}) as session:
        event.listen(session, "do_orm_execute", _afresh)
        yield session
    engine.dispose()


def _afresh(reading: ORMExecuteState) -> None:
    reading.update_execution_options(populate_existing=True)


@pytest.fixture
def chat(store: Store) -> Iterator[Chat]:
    chat = Chat(store)
    yield chat
    chat.store.close()  # another one than `store` after a restart


@pytest.fixture
def resident(chat: Chat) -> Phone:
    return chat.phone(1001)


@pytest.fixture
def officer(chat: Chat) -> Phone:
    return make_officer(chat, 2001)


def make_officer(chat: Chat, number: int, role: Role = Role.OFFICER, station: str = "Palasia") -> Phone:
    """Someone who opened a one-time link and accepted the role."""
    return become_officer(chat.phone(number, number="+919812345678"), role, station)


def become_officer(who: Phone, role: Role = Role.OFFICER, station: str = "Palasia") -> Phone:
    who.says(f"/start {invitation(who.chat, role, station=station)}")
    who.taps(texts.ACCEPT_ROLE)
    return who


def at_station(chat: Chat, number: int, station: str, role: Role = Role.OFFICER) -> Phone:
    """Someone who accepted a role at this station."""
    who = chat.phone(number)
    who.says(f"/start {invitation(chat, role, station=station)}")
    who.taps(texts.ACCEPT_ROLE)
    return who


def invitation(chat: Chat, role: Role = Role.OFFICER, days: int = 365, station: str = "Palasia") -> str:
    """The start payload of a new link, for a role that lasts so many days."""
    until = chat.now + timedelta(days=days)
    return chat.store.run(lambda tx: invites.make(tx, role, station, "SI, Palasia 1", until, chat.now))
