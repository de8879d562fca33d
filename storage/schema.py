"""Which version the database has, and bringing it to ours."""

from sqlalchemy import Connection, Engine, inspect

OURS = "0022"  # the last of the migrations: a test compares


def ours() -> str:
    """The schema version this program works with."""
    return OURS


def found(engine: Engine) -> str:
    """The schema version the database has; empty where it has none yet."""
    with engine.connect() as connection:
        return of(connection)


def of(connection: Connection) -> str:
    """The same, of the database that this connection leads to."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or "")


def migrate(engine: Engine) -> str:
    """Bring the database to our version, in one transaction, and return that version."""
    from storage import migrating  # a start with nothing to migrate is not to wait for Alembic

    migrating.migrate(engine)
    return ours()


def known() -> set[str]:
    """Every schema version this program can start from."""
    from storage import migrating  # as above: asked only of a database that is not ours

    return migrating.known()
