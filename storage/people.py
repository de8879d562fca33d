"""People: found by the keyed token of their chat, everything about them sealed."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import TypeAlias

from sqlalchemy import bindparam, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col, select

from storage import prepared
from storage.dialect import lock, try_locks
from storage.ids import new_id
from storage.prepared import Prepared
from storage.seal import seal_of
from storage.tables.register import Person

# made once: building a statement takes longer than running it
_OF_CHAT = select(Person).where(
    Person.channel == bindparam("channel"), col(Person.chat_token).in_(bindparam("tokens", expanding=True))
)
_CHANGE = Prepared(update(Person).where(col(Person.id) == bindparam("person_id")))
_HELD = "chats that this transaction holds, and who writes in them"
_Held: TypeAlias = dict[tuple[str, str], Person | None]  # by channel and chat
PAPER = "slip"  # the channel of owners who signed on paper: nothing can be sent to them


def lane_of(tx: Session, channel: str, chat: str) -> bytes:
    """The token to keep for a chat: it is found by it, and its messages keep their order by it."""
    return _tokens_of(tx, channel, chat)[0]


def _tokens_of(tx: Session, channel: str, chat: str) -> list[bytes]:
    return seal_of(tx).tokens("chat", f"{channel}:{chat}".encode())


def hold_all(tx: Session, channel: str, chats: Collection[str]) -> None:
    """Load the people of these chats with one query; nobody else handles them until the commit.

    Everyone takes the locks in the same order, so that no two workers wait for each other.
    """
    held: _Held = tx.info.setdefault(_HELD, {})
    of_chat = {chat: _tokens_of(tx, channel, chat) for chat in chats if (channel, chat) not in held}
    tokens = sorted(chain.from_iterable(of_chat.values()))  # of every key: another worker's newest may differ
    for token in tokens:
        lock(tx, token)
    found = _those(tx, channel, tokens)
    held |= {(channel, chat): _newest(found, its) for chat, its in of_chat.items()}


def find(tx: Session, channel: str, chat: str) -> Person | None:
    """Whoever writes in this chat."""
    held: _Held = tx.info.get(_HELD, {})
    if (channel, chat) in held:
        return held[channel, chat]
    tokens = _tokens_of(tx, channel, chat)
    return _newest(_those(tx, channel, tokens), tokens)


def _those(tx: Session, channel: str, tokens: Sequence[bytes]) -> dict[bytes, Person]:
    found = tx.exec(_OF_CHAT, params={"channel": channel, "tokens": tokens}) if tokens else ()
    return {person.chat_token: person for person in found}


def _newest(found: Mapping[bytes, Person], tokens: Sequence[bytes]) -> Person | None:
    """Where a chat has two rows, since a worker lacked a key for a while: that of the newest key."""
    return next((found[token] for token in tokens if token in found), None)


def let_go(tx: Session) -> None:
    """Forget what was loaded: something was undone, and all is read anew. The locks stay."""
    tx.expunge_all()
    tx.info.pop(_HELD, None)


def meet(tx: Session, channel: str, chat: str, language: str, now: datetime) -> Person:
    """The person of this chat; a new row the first time. Nobody else handles this chat until the commit."""
    hold_all(tx, channel, [chat])
    if person := find(tx, channel, chat):
        return person
    row, token = new_id(now), lane_of(tx, channel, chat)
    person = Person(
        id=row,
        channel=channel,
        chat_token=token,
        chat_sealed=seal_of(tx).close("person.chat", row, chat.encode()),
        language=language,
        created_at=now,
        seen_at=now,
    )
    prepared.add(tx, person)
    tx.info[_HELD][channel, chat] = person
    return person


def change(tx: Session, person: Person, **values: object) -> None:
    """Change these columns with one statement: to let the session find out what changed takes many times as long."""
    _CHANGE.run(tx, values | {"person_id": person.id})
    for name, value in values.items():
        set_committed_value(person, name, value)


def chat_of(tx: Session, person: Person) -> str:
    return seal_of(tx).open("person.chat", person.id, person.chat_sealed).decode()


def set_phone(tx: Session, person: Person, phone: str) -> None:
    """Keep a phone number (E.164): sealed, and findable by its token."""
    token = seal_of(tx).token("phone", phone.encode())
    box = seal_of(tx).close("person.phone", person.id, phone.encode())
    change(tx, person, phone_token=token, phone_sealed=box)


def phone_of(tx: Session, person: Person) -> str:
    """The phone number in E.164; empty where there is none."""
    box = person.phone_sealed
    return seal_of(tx).open("person.phone", person.id, box).decode() if box else ""


def keep_stages(tx: Session, person: Person, stages: bytes) -> None:
    """Keep where the conversation stands; empty: no question is open."""
    person.stages_sealed = seal_of(tx).close("person.stages", person.id, stages) if stages else None
    if not stages:
        person.reminded_at = None


def stays(tx: Session, person: Person, stages: bytes, now: datetime) -> None:
    """Write down that this person was here, and where the conversation stands: the end of every turn."""
    box = seal_of(tx).close("person.stages", person.id, stages) if stages else None
    reminded_at = person.reminded_at if stages else None
    change(tx, person, stages_sealed=box, seen_at=now, reachable=True, reminded_at=reminded_at)


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
