"""People who sign up, as updates: what each of them sends at each step, with the buttons they were shown."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from bot import texts
from bot.core.city import City
from bot.core.geo import Point
from bot.core.messages import Answer, Command, Contact, Envelope, Incoming, Name, Pin, Say, Tap, Text, Whose
from bot.core.town import Town
from handlers import mail
from handlers.visit import House
from storage.seal import seal_of
from storage.tables.register import Outbox

INDORE = City("Indore", "इन्दौर", Point(22.7196, 75.8577), 25_000)
HOUSE = House(Town(INDORE, Name("Police", "पुलिस"), Name("the desk", "डेस्क"), "IN", "Asia/Kolkata", 365), "bench_bot")
Buttons = dict[str, dict[str, str]]  # of each chat: what is written on a button, and what it carries
Step = Callable[[int, Buttons], Incoming]


def now() -> datetime:
    return datetime.now(UTC)


def _tap(label: str) -> Step:
    return lambda person, shown: Tap(shown[str(person)][label])


STEPS: dict[str, Step] = {
    "start": lambda _person, _shown: Command("start"),
    "consent": _tap(texts.AGREE),
    "number": lambda person, _shown: Contact(f"+91{9_000_000_000 + person}", Whose.OWN),
    "place": lambda person, _shown: Pin(Point(22.65 + person % 997 * 1.4e-4, 75.79 + person % 991 * 1.4e-4)),
    "here": _tap(texts.YES_HERE),
    "cameras": lambda _person, _shown: Text("4"),
    "save": _tap(texts.SAVE),
}


def updates(people: range, step: Step, shown: Buttons, first: int) -> Iterator[Envelope]:
    """The same step by each of these people."""
    for n, person in enumerate(people):
        yield Envelope("telegram", first + n, str(person), str(person), step(person, shown), language="hi")


def buttons(answer: Answer) -> dict[str, str]:
    """What is written on the buttons of an answer, and what they carry."""
    rows = answer.buttons if isinstance(answer, Say) else ()
    return {button.label.text: button.data for row in rows for button in row}


def delivered(tx: Session) -> Buttons:
    """Read what waits in the outbox, as its people would, and mark it sent."""
    shown: Buttons = {}
    for row in tx.exec(select(Outbox).where(col(Outbox.sent_at).is_(None)).order_by(col(Outbox.id))):
        out = mail.OUTGOING.validate_json(seal_of(tx).open("outbox", row.id, row.message_sealed))
        if labels := buttons(out.answer):
            shown[out.chat] = labels
    tx.exec(update(Outbox).values(sent_at=now(), outcome="sent", message_sealed=b""))
    return shown
