"""Alembic: brings a database to this program's schema. Loaded only where there is something to be brought."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

LOCK = 0x63697469  # any number, as long as it is always the same
MIGRATIONS = Path(__file__).parent / "migrations"


def config() -> Config:
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    made.set_main_option("path_separator", "os")
    return made


def newest() -> str:
    """The version that the last of the migrations makes."""
    return ScriptDirectory.from_config(config()).get_current_head() or ""


def known() -> set[str]:
    """Every schema version this program can start from."""
    return {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}


def migrate(engine: Engine) -> None:
    """Bring the database to the newest version, in one transaction."""
    made = config()
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":  # of several workers one migrates, the others wait
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        made.attributes["connection"] = connection
        command.upgrade(made, "head")
