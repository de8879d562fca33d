"""A town to test with: its places, its register in a file, and its clock."""

import ast
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Engine, Table, TableClause, event
from sqlmodel import Session, SQLModel

from bot.core.city import City
from bot.core.geo import Point
from bot.core.messages import Name
from bot.core.registration import Draft, Site
from bot.core.town import NOTICE_VERSION, Town
from handlers import clock
from handlers.visit import House
from storage import people, registrations
from storage.engine import Store, open_engine

RAJWADA = Point(22.7185, 75.8550)
PALASIA = Point(22.7236, 75.8850)
INDORE = City("Indore", "इन्दौर", Point(22.7196, 75.8577), 25_000)
TOWN = Town(
    INDORE, Name("Indore Police", "इन्दौर पुलिस"), Name("the data officer", "डेटा अधिकारी"), "IN", "Asia/Kolkata", 365
)
STRICT = House(TOWN, "citizen_eye_bot")  # as it serves: every search needs an incident
HOUSE = replace(STRICT, search_needs_incident=False)
NOON = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


def hasty(engine: Engine) -> Engine:
    """Commits that do not wait for the disk: enough where nobody pulls the plug."""
    if engine.dialect.name == "sqlite":  # the PostgreSQL of tests/postgres.py does not wait anyway
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    return engine


def url_of(store: Store) -> str:
    """Where a register is, as DATABASE_URL says it."""
    url = store.engine.url
    return url.set(drivername=url.get_backend_name()).render_as_string(hide_password=False)


def another(store: Store) -> Store:
    """A second program on the same register."""
    return Store(hasty(open_engine(url_of(store))), store.seal)


def is_sqlite(store: Store) -> bool:
    return store.engine.dialect.name == "sqlite"


def refuse_rows(store: Store, table: str) -> None:
    """From now on a rule of the database forbids every new row of a table. Its name is `refused`."""
    rule = f"ALTER TABLE {table} ADD CONSTRAINT refused CHECK (false) NOT VALID"
    if is_sqlite(store):
        rule = f"CREATE TRIGGER refused BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'refused'); END"
    with store.engine.begin() as connection:
        connection.exec_driver_sql(rule)


def plain(table: Table) -> TableClause:
    """A table whose values are what the database really keeps."""
    return sa.table(table.name, *(sa.column(column.name) for column in table.columns))


def rows_of(store: Store) -> bytes:
    """Every row of every table."""
    with store.engine.connect() as connection:
        tables = {
            table.name: [tuple(row) for row in connection.execute(sa.select(plain(table)))]
            for table in SQLModel.metadata.sorted_tables
        }
    return repr(tables).encode()


def put_rows(store: Store, written: bytes) -> None:
    """Take these rows in place of all there are."""
    tables = ast.literal_eval(written.decode())
    with store.engine.begin() as connection:
        for table in reversed(SQLModel.metadata.sorted_tables):
            connection.execute(sa.delete(plain(table)))
        for table in SQLModel.metadata.sorted_tables:
            names = [column.name for column in table.columns]
            if rows := tables[table.name]:
                connection.execute(sa.insert(plain(table)), [dict(zip(names, row, strict=True)) for row in rows])


@dataclass
class Register:
    """A town's register, and a clock that tests move."""

    store: Store
    house: House = HOUSE
    now: datetime = NOON

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    def restarts(self) -> None:
        """The program ends, and another one opens the same register."""
        self.store.close()
        self.store = another(self.store)

    @property
    def file(self) -> Path:
        """Where the register lies, for tests of SQLite alone."""
        assert self.store.engine.dialect.name == "sqlite", "mark this test with pytest.mark.sqlite"
        return Path(str(self.store.engine.url.database))

    def saved(self) -> bytes:
        """The register whole: the file, or every row."""
        self.restarts()  # closing the last connection moves the WAL into the file
        return self.file.read_bytes() if is_sqlite(self.store) else rows_of(self.store)

    def goes_on_with(self, register: bytes) -> None:
        """The register becomes a copy of an earlier one."""
        if is_sqlite(self.store):
            self.store.close()
            self.file.write_bytes(register)
            self.restarts()
        else:
            put_rows(self.store, register)

    def has_cameras(self, *points: Point, cameras: int = 4, owner: int = 5000) -> list[str]:
        """Someone registered these places a while ago: their numbers."""
        return self.store.run(lambda tx: [self._registered(tx, point, cameras, str(owner)) for point in points])

    def _registered(self, tx: Session, point: Point, cameras: int, owner: str) -> str:
        person = people.meet(tx, "telegram", owner, "en", self.now)
        person.consent_version, person.consent_at = NOTICE_VERSION, self.now
        people.set_phone(tx, person, f"+9198765{owner:0>5}")
        draft = Draft(f"+9198765{owner:0>5}", Site(point), cameras)
        return registrations.add(tx, person, draft, self.now).number

    def ticks(self) -> dict[str, int]:
        """The clock's chores that are due now, and how many rows each touched."""
        return self.store.run(lambda tx: clock.tick(tx, self.house, self.now))
