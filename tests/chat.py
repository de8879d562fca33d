"""People to test with: they send updates straight into a turn and read what lands in the outbox."""

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, bindparam, event, update
from sqlmodel import Session, col, select

from bot import texts
from bot.core import stages
from bot.core.city import City
from bot.core.geo import Point
from bot.core.messages import (
    Button,
    Command,
    Contact,
    Envelope,
    Incoming,
    Menu,
    Name,
    Phrase,
    Pin,
    Say,
    Tap,
    Text,
    Whose,
)
from bot.core.registration import Draft, Site
from bot.core.town import NOTICE_VERSION, Town
from bot.words import words
from handlers import clock, turn
from handlers.visit import House
from storage import people, registrations
from storage.engine import Store, open_engine
from storage.seal import seal_of
from storage.tables import Outbox

RAJWADA = Point(22.7185, 75.8550)
PALASIA = Point(22.7236, 75.8850)
INDORE = City("Indore", "इन्दौर", Point(22.7196, 75.8577), 25_000)
TOWN = Town(
    INDORE, Name("Indore Police", "इन्दौर पुलिस"), Name("the data officer", "डेटा अधिकारी"), "IN", "Asia/Kolkata", 365
)
HOUSE = House(TOWN, "citizen_eye_bot")
NOON = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


WAITING = (
    select(col(Outbox.id), col(Outbox.message_sealed))
    .where(col(Outbox.sent_at).is_(None))
    .order_by(col(Outbox.priority), col(Outbox.id))
)
SENT = (
    update(Outbox)
    .where(col(Outbox.sent_at).is_(None))
    .values(sent_at=bindparam("now"), outcome="sent", message_sealed=b"")
)
UPDATES = itertools.count(1)  # shared, so that a copied register has not taken the next one yet


def hasty(engine: Engine) -> Engine:
    """Commits that do not wait for the disk: enough where nobody pulls the plug."""
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    return engine


@dataclass
class Chat:
    """A bot with a register, and a clock that tests move."""

    store: Store
    house: House = HOUSE
    now: datetime = NOON
    updates: "itertools.count[int]" = UPDATES

    def phone(self, chat: int, language: str = "en", number: str = "+919876543210") -> "Phone":
        return Phone(self, str(chat), language, number)

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


@dataclass
class Phone:
    """One person's phone: what they do, and what they read."""

    chat: Chat
    id: str
    language: str
    number: str
    answers: list[Say | Menu] = field(default_factory=list)
    note: str = ""

    def sends(self, got: Incoming, *, private: bool = True, update: int | None = None) -> list[Say | Menu]:
        """Send one update and read the answers to it."""
        number = update if update is not None else next(self.chat.updates)
        envelope = Envelope("telegram", number, self.id, self.id, got, private, self.language, "tap", "7")
        chat = self.chat
        self.note = chat.store.run(lambda tx: turn.take(tx, chat.house, envelope, chat.now))
        self.answers = self._collect()
        return self.answers

    def sends_offline(self, command: str) -> None:
        """Type a command; the answers to it wait, as when the channel cannot be reached."""
        envelope = Envelope("telegram", next(self.chat.updates), self.id, self.id, Command(command[1:]))
        self.chat.store.run(lambda tx: turn.take(tx, self.chat.house, envelope, self.chat.now))

    def _collect(self) -> list[Say | Menu]:
        return self.chat.store.run(self._delivered)

    def _delivered(self, tx: Session) -> list[Say | Menu]:
        """Everything that waits for anyone goes out; what is for this person is read."""
        seal, driver = seal_of(tx), tx.connection()
        waiting = driver.execute(WAITING).all()
        out = [turn.OUTGOING.validate_json(seal.open("outbox", row, sealed)) for row, sealed in waiting]
        driver.execute(SENT, {"now": self.chat.now})
        return [one.answer for one in out if one.chat == self.id]

    def says(self, words_: str) -> list[Say | Menu]:
        """Type something; a slash makes it a command."""
        if not words_.startswith("/"):
            return self.sends(Text(words_))
        name, _, rest = words_[1:].partition(" ")
        return self.sends(Command(name, rest))

    def starts_in(self, language: str) -> list[Say | Menu]:
        """`/start` on a phone that is set to this language."""
        self.language = language
        return self.says("/start")

    def shares_number(self, whose: Whose = Whose.OWN, number: str = "") -> list[Say | Menu]:
        return self.sends(Contact(number or self.number, whose))

    def pins(self, point: Point, name: str = "") -> list[Say | Menu]:
        return self.sends(Pin(point, name))

    def taps(self, label: str, **values: str | int) -> list[Say | Menu]:
        """Tap the button with this text of the newest message that has it."""
        return self.sends(Tap(self.button(label, **values).data))

    def taps_again(self, button: Button) -> list[Say | Menu]:
        """Tap a button that was there before."""
        return self.sends(Tap(button.data))

    def button(self, label: str, **values: str | int) -> Button:
        wanted = words(Phrase(label, dict(values)), "en")
        for said in reversed(self.answers):
            for row in said.buttons if isinstance(said, Say) else ():
                for button in row:
                    if words(button.label, "en") == wanted:
                        return button
        raise AssertionError(f"no button {wanted!r} in {self.reads}")

    @property
    def reads(self) -> list[str]:
        """The constants of bot/texts.py that the answers are made of, hints and their questions apart."""
        return [text for said in self.answers if isinstance(said, Say) for line in said.lines for text in _texts(line)]

    @property
    def asked(self) -> str:
        """The last sentence on the screen: the open question, where there is one."""
        return self.reads[-1]

    @property
    def stack(self) -> list[stages.Stage]:
        """The conversations that are open with this person, the current one last."""
        return self.chat.store.run(self._stack)

    def _stack(self, tx: Session) -> list[stages.Stage]:
        person = people.find(tx, "telegram", self.id)
        return stages.read(people.stages_of(tx, person)) if person else []

    @property
    def sees(self) -> str:
        """All answers as words."""
        lines = [words(line, "en") for said in self.answers if isinstance(said, Say) for line in said.lines]
        return "\n".join(lines)

    def registers(self, point: Point = RAJWADA, cameras: int = 4) -> str:
        """Go through the whole sign-up and return the registration number."""
        self.says("/start")
        if not self.stack:
            self.says("/add")
        if self.asked == texts.NOTICE:
            self.taps(texts.AGREE)
        if self.asked == texts.ASK_NUMBER:
            self.shares_number()
        self.pins(point)
        self.taps(texts.YES_HERE)
        if texts.ASK_SAME in self.reads:
            self.taps(texts.IT_IS_ANOTHER)
        self.says(str(cameras))
        if texts.ASK_MANY in self.reads:
            self.taps(texts.YES_MANY, n=cameras)
        self.taps(texts.SAVE)
        said = next(said for said in self.answers if isinstance(said, Say))
        return str(said.lines[0].values["number"])

    @property
    def row(self) -> int:
        """The id of this person's row."""
        person = self.chat.store.run(lambda tx: people.find(tx, "telegram", self.id))
        assert person is not None
        return person.id


def _texts(line: Phrase) -> list[str]:
    if line.text == texts.HINT:
        return [inner.text for inner in line.values.values() if isinstance(inner, Phrase)]
    return [line.text]
