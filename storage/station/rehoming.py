"""Moves every registration to the station whose outline holds it, after the outlines changed."""

from collections.abc import Callable

from sqlalchemy import bindparam, func, select, update
from sqlmodel import Session, col

from storage.places import placed
from storage.station import stations
from storage.tables.register import Registration

BATCH = 2000


def count(tx: Session) -> int:
    """How many registrations there are to look at."""
    return tx.connection().execute(select(func.count()).select_from(Registration)).scalar_one()


def rehome(tx: Session, tell: Callable[[int], None]) -> int:
    """Give each registration its station; `tell` hears how many were looked at. Returns how many moved."""
    moved, after = 0, -1
    key = col(Registration.id)
    while True:
        query = select(key, col(Registration.station_id)).where(key > after).order_by(key).limit(BATCH)
        found = tx.connection().execute(query).all()
        if not found:
            return moved
        places = placed(tx, key > after, key <= found[-1][0])
        homes = dict(zip(places, stations.ids_of(tx, list(places.values())), strict=True))
        changes = [{"row": row, "home": homes[row]} for row, was in found if was != homes[row]]
        if changes:
            where = update(Registration).where(key == bindparam("row"))
            tx.connection().execute(where.values(station_id=bindparam("home")), changes)
        moved, after = moved + len(changes), found[-1][0]
        tell(len(found))
