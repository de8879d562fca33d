"""The same on PostgreSQL, with its own pg_dump and pg_restore: there and back, and honest where it cannot be tried."""

from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from pyrage import x25519
from sqlalchemy import make_url

from bot import backup
from bot.commands import restoring
from bot.settings import Settings, SettingsError, load
from storage.keeping.backup import BackupError
from tests.chat import NOON, RAJWADA, Chat
from tests.commands import KEY
from tests.postgres import Cluster, binaries

pytestmark = pytest.mark.xdist_group("backup on postgres")
PAIR = x25519.Identity.generate()


@pytest.fixture
def on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(binaries()), prepend=":")


@pytest.fixture
def town(on_postgres: Chat) -> Chat:
    on_postgres.has_cameras(RAJWADA)
    return on_postgres


def settings(url: str, folder: Path) -> Settings:
    return load(
        _env_file=None,
        database_url=url,
        citizen_eye_key=KEY,
        backup_key=str(PAIR.to_public()),
        backup_folder=folder,
    )


def address(chat: Chat) -> str:
    return chat.store.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)


@pytest.mark.usefixtures("on_the_path")
def test_a_register_comes_back_into_an_empty_database(town: Chat, postgres: Cluster, tmp_path: Path) -> None:
    identity = tmp_path / "in-the-safe"
    identity.write_text(f"{PAIR}\n")
    made = backup.make(settings(address(town), tmp_path / "backups"), town.store, NOON)
    empty = postgres.fresh("template0")

    said = restoring.restore(settings(empty, tmp_path / "backups"), made.file, identity, NOON)

    assert made.tried is not None
    assert f"{made.tried.rows:>10,}  rows" in said[0]
    with pytest.raises(SettingsError, match="restore into an empty one"):
        restoring.restore(settings(empty, tmp_path / "backups"), made.file, identity, NOON)
    postgres.drop(empty)


@pytest.mark.usefixtures("on_the_path")
def test_the_trial_leaves_no_database_behind(town: Chat, postgres: Cluster, tmp_path: Path) -> None:
    backup.make(settings(address(town), tmp_path), town.store, NOON)

    with psycopg.connect(f"{postgres.url}/postgres") as connection:
        names = [row[0] for row in connection.execute("SELECT datname FROM pg_database")]
    assert [name for name in names if "trial" in name] == []


@pytest.mark.usefixtures("on_the_path")
def test_where_no_database_may_be_made_the_backup_is_made_and_called_untried(
    town: Chat, postgres: Cluster, tmp_path: Path
) -> None:
    name = make_url(address(town)).database or ""
    with psycopg.connect(f"{postgres.url}/{name}", autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS clerk")
        connection.execute("CREATE ROLE clerk LOGIN")
        connection.execute("GRANT pg_read_all_data TO clerk")
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO clerk").format(sql.Identifier(name)))
    url = make_url(address(town)).set(username="clerk").render_as_string(hide_password=False)

    made = backup.make(settings(url, tmp_path), town.store, NOON)
    backup.write_down(town.store, made, NOON)

    assert made.tried is None
    assert "may not create databases" in made.note
    assert made.file.exists()


def test_without_its_programs_the_keeper_is_told_which_package_to_install(
    town: Chat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(BackupError, match="postgresql-client"):
        backup.make(settings(address(town), tmp_path / "backups"), town.store, NOON)


@pytest.mark.usefixtures("on_the_path")
def test_a_password_stands_in_no_word_of_the_programs(
    town: Chat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spy = tmp_path / "pg_dump"
    spy.write_text('#!/bin/sh\nprintf "%s\\n" "$@" > "$(dirname "$0")/words"\nexit 1\n')
    spy.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    url = make_url(address(town)).set(password="s3cret").render_as_string(hide_password=False)

    with pytest.raises(BackupError, match="it said nothing"):
        backup.make(settings(url, tmp_path / "backups"), town.store, NOON)
    assert "s3cret" not in (tmp_path / "words").read_text()
