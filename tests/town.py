"""A town to test with: its places, its register in a file, and its clock."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, event
from sqlmodel import Session

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
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    return engine


@dataclass
class Register:
    """A town's register, and a clock that tests move."""

    store: Store
    house: House = HOUSE
    now: datetime = NOON

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    def restarts(self) -> None:
        """The program ends, and another one opens the same file."""
        self.store.close()
        self.store = Store(hasty(open_engine(str(self.store.engine.url))), self.store.seal)

    @property
    def file(self) -> Path:
        """Where the register lies."""
        return Path(str(self.store.engine.url.database))

    def saved(self) -> bytes:
        """The register as a file, whole."""
        self.restarts()  # closing the last connection moves the WAL into the file
        return self.file.read_bytes()

    def goes_on_with(self, register: bytes) -> None:
        """The register becomes a copy of an earlier one."""
        self.store.close()
        self.file.write_bytes(register)
        self.restarts()

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
