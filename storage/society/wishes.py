"""Wishes to become an office-bearer: asked once, decided once, forgotten soon."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, update
from sqlmodel import Session, col, func, select

from bot.core.society.society import Named
from storage.ids import new_id
from storage.seal import seal_of
from storage.society import societies
from storage.tables.register import Grant
from storage.tables.societies import Wish

MOST, WITHIN = 3, timedelta(days=30)  # wishes of one person
WAITS, REMEMBERED = timedelta(days=90), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Asked:
    """What someone asked for, opened; `who` is their own name and office."""

    named: Named
    who: str


def ask(tx: Session, person_id: int, station: str, asked: Asked, now: datetime) -> Wish:
    """A new wish, for one station's staff or (where `station` is empty) for all."""
    row = new_id(now)
    wish = Wish(
        id=row,
        person_id=person_id,
        station=station,
        named_sealed=societies.sealed(tx, "wish.named", row, asked.named),
        who_sealed=seal_of(tx).close("wish.who", row, json.dumps(asked.who).encode()),
        asked_at=now,
    )
    tx.add(wish)
    tx.flush()
    return wish


def get(tx: Session, wish_id: int) -> Wish | None:
    """The wish as it is now; None where it was forgotten, or never was."""
    wish = tx.get(Wish, wish_id, populate_existing=True)
    return wish if wish and opened(tx, wish).who else None


def opened(tx: Session, wish: Wish) -> Asked:
    who: str = json.loads(seal_of(tx).open("wish.who", wish.id, wish.who_sealed))
    return Asked(societies.opened(tx, "wish.named", wish.id, wish.named_sealed), who)


def decide(tx: Session, wish: Wish, by: Grant, now: datetime, *, approved: bool) -> bool:
    """Decide a wish: of several who do so at once one wins. False where it was decided before."""
    waits = (col(Wish.id) == wish.id, col(Wish.decided_at).is_(None))
    values = {"decided_at": now, "decided_by": by.id, "approved": approved}
    won = bool(tx.connection().execute(update(Wish).where(*waits).values(values)).rowcount)
    tx.refresh(wish)
    return won


def waiting(tx: Session, station: str) -> Sequence[Wish]:
    """What a station's staff may decide now, oldest first."""
    theirs = col(Wish.station).in_((station, ""))
    return tx.exec(select(Wish).where(col(Wish.decided_at).is_(None), theirs).order_by(col(Wish.id))).all()


def of(tx: Session, person_id: int) -> Sequence[Wish]:
    """What a person asked for, oldest first."""
    asked = tx.exec(select(Wish).where(Wish.person_id == person_id).order_by(col(Wish.id))).all()
    return [wish for wish in asked if opened(tx, wish).who]


def forget(tx: Session, wish: Wish, now: datetime) -> None:
    """Wipe what was asked for. That something was asked is kept for a month, so that nobody asks without end."""
    wish.named_sealed = societies.sealed(tx, "wish.named", wish.id, Named("", ""))
    wish.who_sealed = seal_of(tx).close("wish.who", wish.id, json.dumps("").encode())
    wish.decided_at = wish.decided_at or now
    tx.flush()


def too_many(tx: Session, person_id: int, now: datetime) -> bool:
    """Whether a person has asked as often as anyone may."""
    recent = (
        select(func.count()).select_from(Wish).where(Wish.person_id == person_id, col(Wish.asked_at) > now - WITHIN)
    )
    return tx.exec(recent).one() >= MOST


def purge(tx: Session, now: datetime) -> int:
    """Forget wishes that were decided a month ago, and those that nobody decided for three."""
    old = or_(col(Wish.decided_at) < now - REMEMBERED, col(Wish.asked_at) < now - WAITS)
    return tx.connection().execute(delete(Wish).where(old)).rowcount or 0
