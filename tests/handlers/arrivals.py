"""Batches of updates for the tests of reception, and real trouble in the middle of them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.core.messages import Envelope, Incoming, Say
from handlers import mail, reception
from handlers.reception import Arrived, Taken
from storage import outbox
from tests.chat import Chat
from tests.statements import listen

ASHA, IMRAN, ADMIN = 1001, 1002, 3001


def envelope(update: int, got: Incoming, chat: int = ASHA, tapped: str = "") -> Envelope:
    return Envelope("telegram", update, str(chat), str(chat), got, language="en", tapped=tapped)


def arrive(chat: Chat, *batch: Arrived) -> Taken:
    """One batch in one transaction."""
    return chat.store.run(lambda tx: reception.take_all(tx, chat.house, batch, chat.now))


def told(chat: Chat, person: int) -> list[str]:
    """What waits for a person, as the constants it is made of."""
    said = []
    now = chat.now
    while leased := chat.store.run(lambda tx: outbox.lease(tx, "telegram", 50, now)):
        for message in leased:
            out = mail.OUTGOING.validate_json(message.message)
            if out.chat == str(person) and isinstance(out.answer, Say):
                said += [line.text for line in out.answer.lines]
            chat.store.run(partial(outbox.done, message_id=message.id, outcome="sent", now=now))
    return said


@dataclass
class Trouble:
    """Breaks an INSERT into the outbox: a real failure in the middle of handling an update."""

    error: Callable[..., Exception]
    times: int
    after: int = 0

    def __call__(self, words: str, _values: Any) -> None:
        if not self.times or not words.startswith("INSERT INTO outbox"):
            return
        if self.after:
            self.after -= 1
            return
        self.times -= 1
        raise self.error("the words of an error")


def breaks(chat: Chat, error: Callable[..., Exception], times: int, after: int = 0) -> None:
    """From now on so many answers fail to be queued, once so many were."""
    listen(chat.store.engine, Trouble(error, times, after))
