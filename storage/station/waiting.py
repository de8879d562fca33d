"""Entries that wait for their owner's consent: made, offered, settled. Until then they are in no search."""

import json
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import bindparam, exists, update
from sqlmodel import Session, col, select

from bot.core.geo import Point
from bot.core.registration import Draft, Site
from storage.ids import new_id
from storage.prepared import Prepared
from storage.seal import Seal, seal_of
from storage.tables.register import Grant, Registration
from storage.tables.waiting import Waiting

_WAITS = Prepared(select(Waiting.id).where(col(Waiting.phone_token) == bindparam("token")))
ASSIST = "assist"
WIPED = {"phone_token": None, "phone_sealed": None, "place_sealed": None}


class Outcome(StrEnum):
    """How an entry stopped waiting."""

    KEPT = "kept"
    CORRECTED = "corrected"
    REMOVED = "removed"
    SIGNED = "signed"  # its slip was; the owner may still claim it
    LAPSED = "lapsed"  # nobody agreed in time


def row_of(
    seal: Seal, draft: Draft, source: str, now: datetime, once: bytes = b"", **more: object
) -> dict[str, object]:
    """The row that keeps an entry."""
    row, digest = new_id(now), once or once_of(draft)
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


def add_slip(tx: Session, draft: Draft, number: str, by: Grant, code_id: int, now: datetime) -> Waiting:
    """What staff entered for someone. Each is a row of its own: nothing tells staff what was there before."""
    row = row_of(
        seal_of(tx),
        draft,
        ASSIST,
        now,
        sha256(f"slip|{number}".encode()).digest(),
        number=number,
        station=by.station,
        grant_id=by.id,
        code_id=code_id,
    )
    made = Waiting.model_validate(row)
    tx.add(made)
    tx.flush()
    return made


def of_phone(tx: Session, phone: str) -> Sequence[Waiting]:
    """What waits for whoever has this number (E.164), or was signed for it on paper; the oldest first."""
    tokens = seal_of(tx).tokens("phone", phone.encode())
    if not any(_WAITS.rows(tx, {"token": token}) for token in tokens):
        return ()  # as for nearly everyone
    return tx.exec(select(Waiting).where(col(Waiting.phone_token).in_(tokens)).order_by(col(Waiting.id))).all()


def of_code(tx: Session, code_id: int) -> Sequence[Waiting]:
    """What hangs on a code: what waits, and what was signed on paper and nobody has claimed."""
    on_code = select(Waiting).where(Waiting.code_id == code_id).order_by(col(Waiting.id))
    rows = tx.exec(on_code).all()
    return [row for row in rows if row.settled_at is None or row.outcome == Outcome.SIGNED]


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
    """It waits no longer: number and place are wiped, the mark that it was there stays.

    One that was signed on paper keeps the number until its owner has claimed it.
    """
    row.place_sealed = None
    if outcome is not Outcome.SIGNED:
        row.phone_token = row.phone_sealed = None
    row.settled_at, row.outcome, row.registration_id = now, outcome, registration_id


def lapse(tx: Session, before: datetime, now: datetime) -> int:
    """Wipe what nobody agreed to since then, and the numbers of signed entries that are gone."""
    old = (col(Waiting.settled_at).is_(None), col(Waiting.created_at) < before)
    lapsed = update(Waiting).where(*old).values(settled_at=now, outcome=Outcome.LAPSED, **WIPED)
    there = exists().where(col(Registration.id) == Waiting.registration_id)
    signed = (col(Waiting.settled_at).is_not(None), col(Waiting.phone_sealed).is_not(None), ~there)
    gone = update(Waiting).where(*signed).values(**WIPED)
    return sum(tx.connection().execute(wiped).rowcount or 0 for wiped in (lapsed, gone))
