"""Which version the database has, and bringing it to ours (Alembic)."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

LOCK = 0x63697469  # any number, as long as it is always the same
MIGRATIONS = Path(__file__).parent / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


def ours() -> str:
    """The schema version this program works with."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def found(engine: Engine) -> str:
    """The schema version the database has; empty where it has none yet."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


def migrate(engine: Engine) -> str:
    """Bring the database to our version, in one transaction, and return that version."""
    config = _config()
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":  # of several workers one migrates, the others wait
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return ours()


def known() -> set[str]:
    """Every schema version this program can start from."""
    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
