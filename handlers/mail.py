"""Puts a message for one person into the outbox: every feature may write to anyone, not only to who just wrote."""

from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import TypeAdapter
from sqlmodel import Session

from bot import texts
from bot.core.messages import Answer, Erase, Say, phrase
from storage import kept, outbox, people
from storage.tables.register import Person


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What waits in the outbox: to whom, in which language, and the message that it may take the place of."""

    chat: str
    language: str
    answer: Answer
    over: str = ""


OUTGOING = TypeAdapter(Outgoing)


def post(
    tx: Session,
    person: Person,
    answer: Answer,
    now: datetime,
    *,
    language: str = "",
    over: str = "",
    priority: int = outbox.ANSWER,
    due: datetime | None = None,
) -> int:
    """Put a message to a person into the outbox, for now or for when it is due: its id; 0 for who is on paper only."""
    if person.channel == people.PAPER:
        return 0
    out = Outgoing(people.chat_of(tx, person), language or person.language or "en", answer, over)
    name = answer.name if isinstance(answer, Erase) else answer.keep if isinstance(answer, Say) else ""
    return outbox.put(
        tx,
        person.channel,
        person.chat_token,
        OUTGOING.dump_json(out),
        now,
        person_id=person.id,
        priority=priority,
        due=due,
        kept_id=kept.named(tx, person.id, name, now) if name else None,
        must=isinstance(answer, Erase),
    )


def lend(tx: Session, person: Person, said: Say, now: datetime, until: datetime) -> None:
    """Show something for a while, under the name it is kept by.

    A message without it goes first and is then changed: what a crash sends twice holds nothing.
    """
    post(tx, person, replace(said, lines=(phrase(texts.ONE_MOMENT),)), now)
    post(tx, person, replace(said, over_kept=True), now)
    post(tx, person, Erase(said.keep), now, due=until)
