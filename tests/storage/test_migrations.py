"""The schema: what the migrations make is what the tables say; it can be undone; a newer one is refused."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlmodel import SQLModel

from bot import opening
from bot.settings import Settings, SettingsError, load
from storage import migrating, schema
from storage.engine import open_engine
from tests.conftest import KEY
from tests.postgres import Cluster


@pytest.fixture(params=["sqlite", "postgresql"])
def nothing(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database of each kind that holds nothing at all."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/town.db"
    postgres: Cluster = request.getfixturevalue("postgres")
    return postgres.fresh("template1")


@pytest.fixture
def engine(nothing: str) -> Iterator[Engine]:
    engine = open_engine(nothing)
    yield engine
    engine.dispose()


def down(engine: Engine, to: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrating.MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, to)


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), SQLModel.metadata))


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_an_empty_database_is_brought_to_our_version(engine: Engine) -> None:
    before = schema.found(engine)

    assert schema.migrate(engine) == schema.ours() == schema.found(engine) == migrating.newest()
    assert before == ""


def test_what_the_migrations_make_is_what_the_tables_say(engine: Engine) -> None:
    schema.migrate(engine)

    assert differences(engine) == []
    assert tables(engine) == set(SQLModel.metadata.tables)


def test_columns_that_may_be_empty_are_the_same_in_both(engine: Engine) -> None:
    schema.migrate(engine)

    made = {
        (table, column["name"], column["nullable"])
        for table in tables(engine)
        for column in inspect(engine).get_columns(table)
    }
    said = {
        (table.name, column.name, column.nullable)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
    }
    assert made == said


def test_which_rows_an_index_is_of_and_what_a_key_carries_are_as_the_tables_say(engine: Engine) -> None:
    schema.migrate(engine)

    database = engine.dialect.name
    for table in SQLModel.metadata.sorted_tables:
        made = {index["name"]: index.get("dialect_options", {}) for index in inspect(engine).get_indexes(table.name)}
        for index in table.indexes:
            said = {"sqlite_where": index.dialect_kwargs.get("sqlite_where"), **index.info}
            assert bare(made[index.name].get(f"{database}_where")) == bare(said.get(f"{database}_where")), index.name
        carried = inspect(engine).get_pk_constraint(table.name).get("dialect_options", {})
        if database == "postgresql":
            assert carried.get("postgresql_include", []) == table.primary_key.info.get("postgresql_include", [])


def bare(condition: object) -> str:
    """Without what PostgreSQL adds to it: parentheses around each part, types, and its own word for NOT LIKE."""
    return re.sub(r"[()]|::text", "", str(condition)).replace("!~~", "NOT LIKE")


def test_everything_can_be_undone_and_made_again(engine: Engine) -> None:
    schema.migrate(engine)

    down(engine, "base")
    left = tables(engine)
    schema.migrate(engine)

    assert left == set()
    assert differences(engine) == []


def test_migrating_twice_changes_nothing(engine: Engine) -> None:
    schema.migrate(engine)

    assert schema.migrate(engine) == schema.ours()
    assert differences(engine) == []


def settings_of(url: str, folder: Path) -> Settings:
    return load(_env_file=None, database_url=url, citizen_eye_key=KEY.hex(), trace_head=folder / "trace-head")


def test_the_database_of_an_older_program_is_refused_until_it_is_migrated(nothing: str, tmp_path: Path) -> None:
    settings = settings_of(nothing, tmp_path)
    opening.register(settings).close()
    engine, before = open_engine(nothing), sorted(schema.known())[-2]
    down(engine, before)

    with pytest.raises(SettingsError, match=rf"schema {before}.*with {schema.ours()}.*`citizen-eye migrate`"):
        opening.register(settings)
    left, migrated = schema.found(engine), opening.migrate(settings)
    opening.register(settings).close()

    engine.dispose()
    assert (left, migrated) == (before, (before, schema.ours()))


@pytest.mark.parametrize("act", [opening.register, opening.migrate])
def test_the_database_of_a_newer_program_is_refused_and_left_alone(nothing: str, tmp_path: Path, act: object) -> None:
    assert callable(act)
    settings = settings_of(nothing, tmp_path)
    store = opening.register(settings)
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()

    with pytest.raises(SettingsError, match=r"9999.*update the program"):
        act(settings)

    engine = open_engine(nothing)
    assert schema.found(engine) == "9999"
    engine.dispose()
