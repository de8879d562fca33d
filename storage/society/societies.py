"""Societies: whose links there are, at which station; what they are called is sealed."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from bot.core.geo import Point
from bot.core.society.society import Named
from storage.ids import new_id
from storage.seal import seal_of
from storage.tables.societies import Society


def add(tx: Session, station: str, named: Named, now: datetime) -> Society:
    """A new society of a station."""
    row = new_id(now)
    society = Society(id=row, station=station, told_sealed=sealed(tx, "society.told", row, named), made_at=now)
    tx.add(society)
    tx.flush()
    return society


def get(tx: Session, society_id: int) -> Society | None:
    """A society that is not closed."""
    society = tx.get(Society, society_id)
    return society if society and society.closed_at is None else None


def named(tx: Session, society: Society) -> Named:
    return opened(tx, "society.told", society.id, society.told_sealed)


def of_station(tx: Session, station: str) -> Sequence[Society]:
    """A station's societies, oldest first."""
    query = select(Society).where(Society.station == station, col(Society.closed_at).is_(None))
    return tx.exec(query.order_by(col(Society.id))).all()


def close(society: Society, now: datetime) -> bool:
    """End a society. False where it had been closed before."""
    if society.closed_at is not None:
        return False
    society.closed_at = now
    return True


def sealed(tx: Session, what: str, row: int, named: Named) -> bytes:
    """A society's name and place, sealed for a row."""
    at = [named.point.lat, named.point.lon] if named.point else None
    told = json.dumps({"name": named.name, "place": named.place, "at": at}, ensure_ascii=False)
    return seal_of(tx).close(what, row, told.encode())


def opened(tx: Session, what: str, row: int, box: bytes) -> Named:
    """What `sealed` sealed."""
    told = json.loads(seal_of(tx).open(what, row, box))
    return Named(told["name"], told["place"], Point(*told["at"]) if told["at"] else None)
