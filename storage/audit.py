"""The trace: a row for every look at residents' data and every change of access, written with what it records."""

import json
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Session, col, func, select

from bot.core.geo import Point
from bot.core.near import Circle
from storage.ids import new_id
from storage.seal import seal_of
from storage.tables import Audit, Grant


class Act(StrEnum):
    """What was done."""

    SEARCH = "search"
    PAGE = "page"
    PIN = "pin"
    INVITE = "invite"
    GRANT = "grant"
    REVOKE = "revoke"
    WITHDRAW = "withdraw"


def write(
    tx: Session,
    act: Act,
    now: datetime,
    *,
    by: Grant | None = None,
    person_id: int | None = None,
    station: str = "",
    places: int = 0,
    cameras: int = 0,
    **detail: Any,
) -> Audit:
    """One row of the trace; `detail` is sealed."""
    row = new_id(now)
    audit = Audit(
        id=row,
        at=now,
        action=act,
        person_id=by.person_id if by else person_id,
        grant_id=by.id if by else None,
        station=by.station if by else station,
        places=places,
        cameras=cameras,
        detail_sealed=seal_of(tx).close("audit.detail", row, json.dumps(detail, ensure_ascii=False).encode()),
    )
    tx.add(audit)
    tx.flush()
    return audit


def searched(tx: Session, by: Grant, circle: Circle, places: int, cameras: int, now: datetime) -> Audit:
    """Who searched where (degrees), how far around (metres), how many were found, when."""
    at = circle.centre
    return write(
        tx,
        Act.SEARCH,
        now,
        by=by,
        places=places,
        cameras=cameras,
        lat=at.lat,
        lon=at.lon,
        radius_m=circle.radius_m,
    )


def looked_again(tx: Session, by: Grant, search_id: int, act: Act, places: int, now: datetime, **detail: Any) -> None:
    """A further page, or the pin of one place, of a search."""
    write(tx, act, now, by=by, places=places, search_id=search_id, **detail)


def search_of(tx: Session, search_id: int, person_id: int) -> Circle | None:
    """The circle of a search that this person made; None for anyone else's."""
    row = tx.get(Audit, search_id)
    if row is None or row.action != Act.SEARCH or row.person_id != person_id:
        return None
    detail = detail_of(tx, row)
    return Circle(Point(detail["lat"], detail["lon"]), detail["radius_m"])


def detail_of(tx: Session, row: Audit) -> dict[str, Any]:
    """The sealed part of a row, opened."""
    detail: dict[str, Any] = json.loads(seal_of(tx).open("audit.detail", row.id, row.detail_sealed))
    return detail


def rows(tx: Session, act: Act | None = None) -> Sequence[Audit]:
    """The trace, oldest first; of one kind where asked."""
    query = select(Audit).order_by(col(Audit.id))
    return tx.exec(query if act is None else query.where(Audit.action == act)).all()


def count_by(tx: Session, person_id: int) -> int:
    """How many rows of the trace a person left."""
    return tx.exec(select(func.count()).select_from(Audit).where(Audit.person_id == person_id)).one()
