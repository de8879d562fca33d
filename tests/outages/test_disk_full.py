"""A disk that is full to its last byte: nothing is lost, people are told, and the bot goes on once there is room."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlmodel import func, select

from bot import backup, opening, texts
from bot.core.access import Role
from bot.settings import Settings, load
from storage.engine import Store, open_engine
from storage.keycheck import key_fits
from storage.outage import Outage
from storage.seal import Seal
from storage.tables.register import Registration
from tests.chat import NOON, RAJWADA, Chat
from tests.commands import KEY
from tests.conftest import make_officer
from tests.outages import test_database as outages
from tests.outages.test_database import Trouble, lives_through, town
from tests.postgres import TEMPLATE, Cluster, server_user
from tests.test_backup import PAIR

soon_told = outages.soon_told
MEGABYTES = 32


@pytest.fixture
def disk() -> Iterator[Path]:
    """A small disk of the test's own; mounting one takes root."""
    folder, mount = Path(tempfile.mkdtemp(prefix="citizen-eye-disk-")), shutil.which("mount")
    try:
        if mount is None or _mounted(mount, folder).returncode:
            pytest.skip("a disk can be mounted by root alone")
        folder.chmod(0o755)  # PostgreSQL runs as another user
        try:
            yield folder
        finally:
            subprocess.run(["umount", str(folder)], check=True)
    finally:
        folder.rmdir()


def _mounted(mount: str, folder: Path) -> "subprocess.CompletedProcess[bytes]":
    words = [mount, "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(folder)]
    return subprocess.run(words, check=False, capture_output=True)


@pytest.fixture
def settings(disk: Path) -> Settings:
    register = f"sqlite:///{disk / 'register.db'}"
    return load(
        _env_file=None,
        database_url=register,
        citizen_eye_key=KEY,
        backup_key=str(PAIR.to_public()),
        backup_folder=disk / "backups",
    )


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    store = opening.register(settings)
    yield store
    store.close()


class NoRoom(Trouble):
    """Something else takes every byte that is left."""

    def __init__(self, store: Store, disk: Path) -> None:
        super().__init__(store)
        self.junk = disk / "junk"

    def __enter__(self) -> None:
        if self.store.engine.dialect.name == "sqlite":
            self._empty_the_wal()
        with self.junk.open("wb", buffering=0) as out:
            for size in (2**16, 1):
                with suppress(OSError):
                    while out.write(bytes(size)):
                        pass

    def _empty_the_wal(self) -> None:
        register = Path(self.store.engine.url.database or "")
        keeper = sqlite3.connect(register)
        keeper.execute("PRAGMA busy_timeout=5000")
        keeper.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        keeper.close()

    def __exit__(self, *_: object) -> None:
        self.junk.unlink()


@pytest.mark.sqlite
def test_the_disk_of_these_tests_takes_not_a_byte_more(store: Store, disk: Path) -> None:
    with NoRoom(store, disk), pytest.raises(OSError, match="No space left"):
        disk.joinpath("more").write_bytes(b"x")


@pytest.mark.sqlite
async def test_a_full_disk_loses_nothing_and_everybody_is_answered_once_there_is_room(
    store: Store, tmp_path: Path, disk: Path
) -> None:
    async with town(store, tmp_path) as live:
        await lives_through(live, NoRoom(store, disk), Outage.FULL)

    keeper = sqlite3.connect(str(store.engine.url.database))
    assert keeper.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    keeper.close()


@pytest.mark.sqlite
def test_a_sign_up_whose_last_answer_finds_no_room_is_kept_once_there_is_some(store: Store, disk: Path) -> None:
    chat = Chat(store)
    resident = chat.phone(1001)
    resident.says("/start")
    resident.taps(texts.AGREE)
    resident.shares_number()
    resident.pins(RAJWADA)
    resident.taps(texts.YES_HERE)
    resident.says("4")
    save = resident.button(texts.SAVE)

    with NoRoom(store, disk), pytest.raises(Exception, match="full"):
        resident.taps_again(save)
    resident.taps_again(save)

    assert texts.SAVED in resident.reads
    assert store.run(lambda tx: tx.exec(select(func.count()).select_from(Registration)).one()) == 1


@pytest.mark.sqlite
def test_a_backup_that_finds_no_room_is_told_and_leaves_the_old_ones_and_nothing_half_done(
    store: Store, settings: Settings, disk: Path
) -> None:
    chat = Chat(store)
    admin = make_officer(chat, 3001, Role.ADMIN)
    chat.has_cameras(RAJWADA)
    before = backup.make(settings, store, NOON).file
    whole = before.read_bytes()
    filled = disk / "junk"
    filled.write_bytes(bytes(shutil.disk_usage(disk).free - 300_000))

    made = backup.nightly(settings, store, lambda: NOON)
    filled.unlink()
    admin.says("/help")

    assert made is None
    assert texts.BACKUP_FAILED in admin.reads
    assert [file.name for file in settings.backup_folder.iterdir()] == [before.name]
    assert before.read_bytes() == whole


@pytest.fixture
def on_small_postgres(postgres: Cluster, disk: Path) -> Iterator[Store]:
    """A database whose tables lie on the small disk."""
    if "TEST_DATABASE_URL" in os.environ:
        pytest.skip("the server of TEST_DATABASE_URL may be on another machine")
    folder = disk / "tables"
    folder.mkdir()
    if user := server_user():
        shutil.chown(folder, user)
    with psycopg.connect(f"{postgres.url}/postgres", autocommit=True) as keeper:
        keeper.execute(sql.SQL("CREATE TABLESPACE small LOCATION {}").format(sql.Literal(str(folder))))
        make = sql.SQL("CREATE DATABASE on_a_small_disk TEMPLATE {} TABLESPACE small")
        keeper.execute(make.format(sql.Identifier(TEMPLATE)))
        store = Store(open_engine(f"{postgres.url}/on_a_small_disk"), Seal([bytes.fromhex(KEY)]))
        store.run(key_fits)
        yield store
        store.close()
        keeper.execute("DROP DATABASE on_a_small_disk WITH (FORCE)")
        keeper.execute("DROP TABLESPACE small")


async def test_a_postgresql_without_room_loses_nothing_either(
    on_small_postgres: Store, tmp_path: Path, disk: Path
) -> None:
    async with town(on_small_postgres, tmp_path) as live:
        await lives_through(live, NoRoom(on_small_postgres, disk), Outage.FULL)
