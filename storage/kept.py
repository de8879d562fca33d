"""Messages that can be changed or deleted later: which one a person has under a name."""

import json
from datetime import datetime

from sqlalchemy import delete, exists, func
from sqlmodel import Session, col, select

from storage.dialect import insert_once
from storage.ids import new_id
from storage.seal import seal_of
from storage.tables.register import Kept, Outbox


def named(tx: Session, person_id: int, name: str, now: datetime) -> int:
    """The row that remembers a person's message of this name; made where there is none."""
    if (found := _find(tx, person_id, name)) is None:
        row = new_id(now)
        token = seal_of(tx).token("kept", f"{person_id}:{name}".encode())
        box = _sealed(tx, row, name, "")
        insert_once(tx, Kept, id=row, person_id=person_id, token=token, kept_sealed=box, there=False, at=now)
        found = _find(tx, person_id, name)
        assert found is not None  # noqa: S101 - we inserted it, or somebody else did
    return found


def _find(tx: Session, person_id: int, name: str) -> int | None:
    tokens = seal_of(tx).tokens("kept", f"{person_id}:{name}".encode())
    return tx.exec(select(Kept.id).where(col(Kept.token).in_(tokens))).first()


def message_of(tx: Session, kept_id: int) -> str:
    """The id that the channel gave to the message; empty where none was delivered yet, or it is deleted."""
    row = tx.get(Kept, kept_id)
    return _opened(tx, row)["message"] if row else ""


def remember(tx: Session, kept_id: int, message: str, now: datetime) -> None:
    """The message was delivered, and this is its id."""
    if row := tx.get(Kept, kept_id):
        row.kept_sealed = _sealed(tx, row.id, _opened(tx, row)["name"], message)
        row.there, row.at = bool(message), now


def forget(tx: Session, kept_id: int, now: datetime) -> None:
    """The message is deleted; its name can be used again."""
    remember(tx, kept_id, "", now)


def count(tx: Session, person_id: int) -> int:
    """How many messages of a person can be changed or deleted."""
    return tx.exec(select(func.count()).select_from(Kept).where(Kept.person_id == person_id)).one()


def purge(tx: Session, before: datetime) -> int:
    """Forget messages that nobody changed since then, and that nothing waits for."""
    waited_for = exists().where(col(Outbox.kept_id) == Kept.id, col(Outbox.sent_at).is_(None))
    return tx.connection().execute(delete(Kept).where(col(Kept.at) < before, ~waited_for)).rowcount or 0


def _sealed(tx: Session, row: int, name: str, message: str) -> bytes:
    plain = json.dumps({"name": name, "message": message}, ensure_ascii=False)
    return seal_of(tx).close("kept", row, plain.encode())


def _opened(tx: Session, row: Kept) -> dict[str, str]:
    kept: dict[str, str] = json.loads(seal_of(tx).open("kept", row.id, row.kept_sealed))
    return kept
