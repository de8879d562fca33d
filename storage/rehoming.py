"""Moves every registration to the station whose outline holds it, after the outlines changed."""

import json
from collections.abc import Callable

from sqlalchemy import bindparam, func, select, update
from sqlmodel import Session, col

from bot.core.geo import Point
from storage import stations
from storage.seal import seal_of
from storage.tables import Registration

BATCH = 2000


def count(tx: Session) -> int:
    """How many registrations there are to look at."""
    return tx.connection().execute(select(func.count()).select_from(Registration)).scalar_one()


def rehome(tx: Session, tell: Callable[[int], None]) -> int:
    """Give each registration its station; `tell` hears how many were looked at. Returns how many moved."""
    moved, after = 0, -1
    columns = col(Registration.id), col(Registration.station_id), col(Registration.place_sealed)
    while True:
        query = select(*columns).where(col(Registration.id) > after).order_by(columns[0]).limit(BATCH)
        found = tx.connection().execute(query).all()
        if not found:
            return moved
        ids, before, boxes = zip(*found, strict=True)
        places = [json.loads(plain) for plain in seal_of(tx).open_all("registration.place", ids, boxes)]
        homes = stations.ids_of(tx, [Point(lat, lon) for lat, lon, _ in places])
        changes = [{"row": row, "home": home} for row, was, home in zip(ids, before, homes, strict=True) if was != home]
        if changes:
            where = update(Registration).where(col(Registration.id) == bindparam("row"))
            tx.connection().execute(where.values(station_id=bindparam("home")), changes)
        moved, after = moved + len(changes), ids[-1]
        tell(len(found))
