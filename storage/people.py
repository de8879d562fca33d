"""People: found by the keyed token of their chat, everything about them sealed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, delete, exists, or_, update
from sqlmodel import Session, col, select

from storage.dialect import lock, try_locks
from storage.ids import new_id
from storage.seal import seal_of
from storage.spread_tables import Wish
from storage.tables import Grant, Outbox, Person, Registration

# made once: building a statement takes longer than running it
_OF_CHAT = select(Person).where(
    Person.channel == bindparam("channel"), col(Person.chat_token).in_(bindparam("tokens", expanding=True))
)
PAPER = "slip"  # the channel of owners who signed on paper: nothing can be sent to them


def lane_of(tx: Session, channel: str, chat: str) -> bytes:
    """The token to keep for a chat: it is found by it, and its messages keep their order by it."""
    return _tokens_of(tx, channel, chat)[0]


def _tokens_of(tx: Session, channel: str, chat: str) -> list[bytes]:
    return seal_of(tx).tokens("chat", f"{channel}:{chat}".encode())


def find(tx: Session, channel: str, chat: str) -> Person | None:
    tokens = _tokens_of(tx, channel, chat)
    return tx.exec(_OF_CHAT, params={"channel": channel, "tokens": tokens}).first()


def meet(tx: Session, channel: str, chat: str, language: str, now: datetime) -> Person:
    """The person of this chat; a new row the first time. Nobody else handles this chat until the commit."""
    for token in sorted(_tokens_of(tx, channel, chat)):  # all: another worker's newest key may be another one
        lock(tx, token)
    if person := find(tx, channel, chat):
        return person
    row = new_id(now)
    person = Person(
        id=row,
        channel=channel,
        chat_token=lane_of(tx, channel, chat),
        chat_sealed=seal_of(tx).close("person.chat", row, chat.encode()),
        language=language,
        created_at=now,
        seen_at=now,
    )
    tx.add(person)
    tx.flush()
    return person


def chat_of(tx: Session, person: Person) -> str:
    return seal_of(tx).open("person.chat", person.id, person.chat_sealed).decode()


def set_phone(tx: Session, person: Person, phone: str) -> None:
    """Keep a phone number (E.164): sealed, and findable by its token."""
    person.phone_token = seal_of(tx).token("phone", phone.encode())
    person.phone_sealed = seal_of(tx).close("person.phone", person.id, phone.encode())


def phone_of(tx: Session, person: Person) -> str:
    """The phone number in E.164; empty where there is none."""
    box = person.phone_sealed
    return seal_of(tx).open("person.phone", person.id, box).decode() if box else ""


def keep_stages(tx: Session, person: Person, stages: bytes) -> None:
    """Keep where the conversation stands; empty: no question is open."""
    person.stages_sealed = seal_of(tx).close("person.stages", person.id, stages) if stages else None
    if not stages:
        person.reminded_at = None


def stages_of(tx: Session, person: Person) -> bytes:
    box = person.stages_sealed
    return seal_of(tx).open("person.stages", person.id, box) if box else b""


def get(tx: Session, person_id: int) -> Person | None:
    return tx.get(Person, person_id)


def stopped(tx: Session, after: datetime, before: datetime) -> Sequence[Person]:
    """Who has an open question, fell silent between these moments, and was not reminded of it."""
    query = select(Person).where(
        col(Person.seen_at) > after,
        col(Person.seen_at) <= before,
        col(Person.stages_sealed).is_not(None),
        col(Person.reminded_at).is_(None),
        col(Person.reachable),
    )
    return tx.exec(query.order_by(col(Person.seen_at))).all()


def hold(tx: Session, person_id: int) -> Person | None:
    """The person as they are now, for this transaction alone; None where somebody handles them just now."""
    person = tx.get(Person, person_id)
    if person is None or not try_locks(tx, {person.chat_token}):
        return None
    tx.flush()  # what this transaction changed of them is not to be forgotten
    tx.refresh(person)
    return person


def wipe_unfinished(tx: Session, before: datetime) -> int:
    """Forget the open questions of people who have been silent since `before`, and strangers altogether."""
    silent = tx.exec(select(Person).where(col(Person.seen_at) < before, col(Person.stages_sealed).is_not(None))).all()
    for person in silent:
        person.stages_sealed = person.reminded_at = None
    tx.flush()
    strangers = delete(Person).where(
        col(Person.seen_at) < before,
        ~exists().where(col(Registration.person_id) == Person.id),
        ~exists().where(col(Grant.person_id) == Person.id),
        ~exists().where(col(Outbox.person_id) == Person.id),
        ~exists().where(col(Wish.person_id) == Person.id),
    )
    return len(silent) + (tx.connection().execute(strangers).rowcount or 0)


def wipe_ownerless(tx: Session, before: datetime) -> int:
    """Forget number and consent of people without an entry, not even a withdrawn one.

    At once where they took their consent back; else when no question is open and they were silent since `before`.
    """
    silent = and_(col(Person.seen_at) < before, col(Person.stages_sealed).is_(None))
    wiped = update(Person).where(
        or_(col(Person.phone_sealed).is_not(None), col(Person.consent_at).is_not(None)),
        or_(col(Person.consent_at).is_(None), silent),
        ~exists().where(col(Registration.person_id) == Person.id),
    )
    nothing = {"phone_sealed": None, "phone_token": None, "consent_version": "", "consent_at": None}
    return tx.connection().execute(wiped.values(nothing)).rowcount or 0


def withdraw_consent(tx: Session, person: Person, *, keep_phone: bool) -> None:
    """Take consent back: nobody can be found by this phone number; it goes with the last sealed leftover."""
    person.consent_version, person.consent_at, person.phone_token = "", None, None
    if not keep_phone:
        person.phone_sealed = None
    tx.flush()


def with_phone(tx: Session, phone: str) -> Sequence[Person]:
    """Everyone in a chat who proved that this number (E.164) is theirs."""
    tokens = seal_of(tx).tokens("phone", phone.encode())
    mine = (col(Person.phone_token).in_(tokens), Person.channel != PAPER)
    return tx.exec(select(Person).where(*mine).order_by(col(Person.id))).all()


def on_paper(tx: Session, slip: str, phone: str, version: str, now: datetime) -> Person:
    """The owner who signed this slip, which is the proof of the consent."""
    person = meet(tx, PAPER, slip, "", now)
    person.reachable, person.consent_version, person.consent_at = False, version, now
    set_phone(tx, person, phone)
    tx.flush()
    return person
