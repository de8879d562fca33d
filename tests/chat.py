"""People to test with: they send updates straight into a turn and read what lands in the outbox."""

import itertools
from dataclasses import dataclass, field

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from bot import texts
from bot.core import stages
from bot.core.geo import Point
from bot.core.messages import (
    Answer,
    Button,
    Command,
    Contact,
    Envelope,
    Incoming,
    Phrase,
    Pin,
    Say,
    Tap,
    Text,
    Whose,
)
from bot.words import words
from handlers import mail, turn
from storage import kept, people
from storage.seal import seal_of
from storage.tables.register import Outbox
from tests.town import HOUSE as HOUSE
from tests.town import INDORE as INDORE
from tests.town import NOON as NOON
from tests.town import PALASIA as PALASIA
from tests.town import RAJWADA as RAJWADA
from tests.town import STRICT as STRICT
from tests.town import TOWN as TOWN
from tests.town import Register
from tests.town import hasty as hasty

WAITING = (
    select(col(Outbox.id), col(Outbox.message_sealed), col(Outbox.kept_id))
    .where(col(Outbox.sent_at).is_(None), col(Outbox.due_at) <= bindparam("now"))
    .order_by(col(Outbox.priority), col(Outbox.id))
)
SENT = (
    update(Outbox)
    .where(col(Outbox.sent_at).is_(None), col(Outbox.due_at) <= bindparam("now"))
    .values(sent_at=bindparam("now"), outcome="sent", message_sealed=b"")
)
UPDATES = itertools.count(1)  # shared, so that a copied register has not taken the next one yet


@dataclass
class Chat(Register):
    """A bot with a register."""

    updates: "itertools.count[int]" = UPDATES
    delivered: dict[str, list[Answer]] = field(default_factory=dict)  # to people who have not looked since

    def phone(self, chat: int, language: str = "en", number: str = "+919876543210") -> "Phone":
        return Phone(self, str(chat), language, number)


@dataclass
class Phone:
    """One person's phone: what they do, and what they read."""

    chat: Chat
    id: str
    language: str
    number: str
    answers: list[Answer] = field(default_factory=list)
    note: str = ""

    def sends(self, got: Incoming, *, private: bool = True, update: int | None = None) -> list[Answer]:
        """Send one update and read the answers to it."""
        number = update if update is not None else next(self.chat.updates)
        return self.sends_as(Envelope("telegram", number, self.id, self.id, got, private, self.language, "tap", "7"))

    def sends_as(self, envelope: Envelope) -> list[Answer]:
        """Send an update just as it is, and read the answers to it."""
        chat = self.chat
        self.note = chat.store.run(lambda tx: turn.take(tx, chat.house, envelope, chat.now).note)
        self.answers = self._collect()
        return self.answers

    def sends_offline_as(self, got: Incoming, update: int) -> None:
        """Send an update whose answers wait, as when the channel cannot be reached."""
        envelope = Envelope("telegram", update, self.id, self.id, got, language=self.language)
        self.chat.store.run(lambda tx: turn.take(tx, self.chat.house, envelope, self.chat.now))

    def sends_offline(self, command: str) -> None:
        """Type a command; the answers to it wait, as when the channel cannot be reached."""
        envelope = Envelope("telegram", next(self.chat.updates), self.id, self.id, Command(command[1:]))
        self.chat.store.run(lambda tx: turn.take(tx, self.chat.house, envelope, self.chat.now))

    def _collect(self) -> list[Answer]:
        return self.chat.store.run(self._delivered)

    def _delivered(self, tx: Session) -> list[Answer]:
        """Everything that is due to anyone goes out; what is for this person is read."""
        seal, driver = seal_of(tx), tx.connection()
        waiting = driver.execute(WAITING, {"now": self.chat.now}).all()
        out = [mail.OUTGOING.validate_json(seal.open("outbox", row, sealed)) for row, sealed, _ in waiting]
        for one, (row, _, kept_id) in zip(out, waiting, strict=True):
            if kept_id:
                kept.remember(tx, kept_id, str(row) if isinstance(one.answer, Say) else "", self.chat.now)
        driver.execute(SENT, {"now": self.chat.now})
        for one in out:
            if one.chat != self.id:
                self.chat.delivered.setdefault(one.chat, []).append(one.answer)
        return [one.answer for one in out if one.chat == self.id]

    def looks(self) -> list[Answer]:
        """Read what came in since one last looked, without having sent anything."""
        new = self._collect()
        self.answers = self.chat.delivered.pop(self.id, []) + new
        return self.answers

    def says(self, words_: str) -> list[Answer]:
        """Type something; a slash makes it a command."""
        if not words_.startswith("/"):
            return self.sends(Text(words_))
        name, _, rest = words_[1:].partition(" ")
        return self.sends(Command(name, rest))

    def starts_in(self, language: str) -> list[Answer]:
        """`/start` on a phone that is set to this language."""
        self.language = language
        return self.says("/start")

    def shares_number(self, whose: Whose = Whose.OWN, number: str = "") -> list[Answer]:
        return self.sends(Contact(number or self.number, whose))

    def pins(self, point: Point, name: str = "") -> list[Answer]:
        return self.sends(Pin(point, name))

    def taps(self, label: str, **values: str | int) -> list[Answer]:
        """Tap the button with this text of the newest message that has it."""
        return self.sends(Tap(self.button(label, **values).data))

    def taps_again(self, button: Button) -> list[Answer]:
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
        if self.asked in (texts.NOTICE, texts.CONSENT_AGAIN):
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
    if line.text not in (texts.HINT, texts.STEP):  # these two only hold others
        return [line.text]
    return [text for inner in line.values.values() if isinstance(inner, Phrase) for text in _texts(inner)]
