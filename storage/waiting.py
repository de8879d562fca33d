"""Entries that wait for their owner's consent: made, offered, settled. Until then they are in no search."""

import json
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.core.geo import Point
from bot.core.registration import Draft, Site
from storage.ids import new_id
from storage.seal import Seal, seal_of
from storage.waiting_tables import Waiting

WIPED = {"phone_token": None, "phone_sealed": None, "place_sealed": None}


class Outcome(StrEnum):
    """How an entry stopped waiting."""

    KEPT = "kept"
    CORRECTED = "corrected"
    REMOVED = "removed"
    SIGNED = "signed"  # its slip was; the owner may still claim it
    LAPSED = "lapsed"  # nobody agreed in time


def row_of(seal: Seal, draft: Draft, source: str, now: datetime, **more: object) -> dict[str, object]:
    """The row that keeps an entry."""
    row, digest = new_id(now), once_of(draft)
    place = json.dumps([draft.site.point.lat, draft.site.point.lon, draft.site.name], ensure_ascii=False)
    return {
        "id": row,
        "source": source,
        "cameras": draft.cameras,
        "phone_token": seal.token("phone", draft.phone.encode()),
        "phone_sealed": seal.close("waiting.phone", row, draft.phone.encode()),
        "place_sealed": seal.close("waiting.place", row, place.encode()),
        "once_token": seal.token("waiting.once", digest),
        "once_sealed": seal.close("waiting.once", row, digest),
        "created_at": now,
        **more,
    }


def once_of(draft: Draft) -> bytes:
    """The same number at the same place, to about a metre, comes once."""
    at = draft.site.point
    return sha256(f"{draft.phone}|{at.lat:.5f}|{at.lon:.5f}".encode()).digest()


def add(tx: Session, draft: Draft, source: str, now: datetime, **more: object) -> Waiting | None:
    """Keep an entry until its owner agrees; None where the same one was there before."""
    tokens = seal_of(tx).tokens("waiting.once", once_of(draft))
    if tx.exec(select(Waiting.id).where(col(Waiting.once_token).in_(tokens))).first():
        return None
    row = Waiting.model_validate(row_of(seal_of(tx), draft, source, now, **more))
    tx.add(row)
    tx.flush()
    return row


def of_phone(tx: Session, phone: str) -> Sequence[Waiting]:
    """What waits for whoever has this number (E.164), the oldest first."""
    tokens = seal_of(tx).tokens("phone", phone.encode())
    return tx.exec(_open().where(col(Waiting.phone_token).in_(tokens)).order_by(col(Waiting.id))).all()


def of_code(tx: Session, code_id: int) -> Sequence[Waiting]:
    """What hangs on a code: what waits, and what was signed on paper and nobody has claimed."""
    on_code = select(Waiting).where(Waiting.code_id == code_id).order_by(col(Waiting.id))
    rows = tx.exec(on_code).all()
    return [row for row in rows if row.settled_at is None or row.outcome == Outcome.SIGNED]


def _open() -> SelectOfScalar[Waiting]:
    return select(Waiting).where(col(Waiting.settled_at).is_(None))


def get(tx: Session, waiting_id: int) -> Waiting | None:
    return tx.get(Waiting, waiting_id)


def with_number(tx: Session, number: str) -> Waiting | None:
    """The entry of a slip's number."""
    return tx.exec(select(Waiting).where(Waiting.number == number)).first()


def draft_of(tx: Session, row: Waiting) -> Draft:
    """What it says, opened. Raises ValueError once it is settled."""
    if row.phone_sealed is None or row.place_sealed is None:
        raise ValueError("settled: its number and place were wiped")
    phone = seal_of(tx).open("waiting.phone", row.id, row.phone_sealed).decode()
    lat, lon, name = json.loads(seal_of(tx).open("waiting.place", row.id, row.place_sealed))
    return Draft(phone, Site(Point(lat, lon), name), row.cameras)


def settle(row: Waiting, outcome: Outcome, now: datetime, registration_id: int | None = None) -> None:
    """It waits no longer: number and place are wiped, the mark that it was there stays."""
    row.phone_token = row.phone_sealed = row.place_sealed = None
    row.settled_at, row.outcome, row.registration_id = now, outcome, registration_id


def forget(tx: Session, phone: str, now: datetime) -> int:
    """Someone wants nothing of theirs here: nor what waits for their number."""
    rows = of_phone(tx, phone)
    for row in rows:
        settle(row, Outcome.REMOVED, now)
    tx.flush()
    return len(rows)


def lapse(tx: Session, before: datetime, now: datetime) -> int:
    """Wipe what nobody agreed to since then."""
    old = (col(Waiting.settled_at).is_(None), col(Waiting.created_at) < before)
    wiped = update(Waiting).where(*old).values(settled_at=now, outcome=Outcome.LAPSED, **WIPED)
    return tx.connection().execute(wiped).rowcount or 0
