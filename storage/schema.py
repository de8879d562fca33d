"""Which version the database has, and bringing it to ours."""

from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

OURS = "0022"  # the last of the migrations: a test compares


class OtherSchemaError(SQLAlchemyError):
    """The database was brought to another schema meanwhile: an outage, until this program is restarted."""

    def __init__(self, found: str) -> None:
        super().__init__(f"the database has schema {found or '(none)'}, this program works with {ours()}")
        self.found = found


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


def look(tx: Session) -> None:
    """Stop rather than write what another program cannot read. Raises OtherSchemaError."""
    if (there := of(tx.connection())) != ours():
        raise OtherSchemaError(there)


def migrate(engine: Engine) -> str:
    """Bring the database to our version, in one transaction, and return that version."""
    from storage import migrating  # a start with nothing to migrate is not to wait for Alembic

    migrating.migrate(engine)
    return ours()


def known() -> set[str]:
    """Every schema version this program can start from."""
    from storage import migrating  # as above: asked only of a database that is not ours

    return migrating.known()
