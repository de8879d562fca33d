"""The trace: a row for every look at residents' data and every change of access, written with what it records."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from pydantic import TypeAdapter
from sqlalchemy import exists
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from bot.core.casework.near import Circle
from bot.core.casework.scopes import centre_of
from bot.core.geo import Point
from bot.core.picture import Scope
from storage import trace, witness
from storage.acts import Act as Act
from storage.ids import new_id
from storage.seal import seal_of
from storage.tables.register import Grant
from storage.tables.trace import Audit

NEWS, WEEKLY = "news", "weekly"  # what someone may mute
_SCOPE: TypeAdapter[Scope] = TypeAdapter(Scope)


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
    incident_id: int | None = None,
    **detail: Any,
) -> Audit:
    """One row, naming the looks before it; `detail` is sealed. At the commit it becomes the chain's newest link."""
    row, said = new_id(now), json.dumps(detail | witness.name(tx), ensure_ascii=False).encode()
    audit = Audit(
        id=row,
        at=now,
        action=act,
        person_id=by.person_id if by else person_id,
        grant_id=by.id if by else None,
        station=by.station if by else station,
        places=places,
        cameras=cameras,
        incident_id=incident_id,
        detail_sealed=seal_of(tx).close("audit.detail", row, said),
    )
    trace.add(tx, audit)
    return audit


def adopt(tx: Session, now: datetime) -> None:
    """Chain what was written before there was a chain, and say so in it."""
    if rows := trace.adopt(tx):
        write(tx, Act.ADOPT, now, rows=rows)


class Searched(NamedTuple):
    """What a search asked for, and for which incident."""

    scope: Scope
    incident_id: int | None


def searched(tx: Session, by: Grant, what: Searched, places: int, cameras: int, now: datetime) -> Audit:
    """Who searched for which incident, where (degrees), how far around (metres), how many were found, when."""
    at = centre_of(what.scope)
    shape = (
        {"radius_m": what.scope.radius_m}
        if isinstance(what.scope, Circle)
        else {"scope": _SCOPE.dump_python(what.scope, mode="json")}
    )
    return write(
        tx,
        Act.SEARCH,
        now,
        by=by,
        places=places,
        cameras=cameras,
        incident_id=what.incident_id,
        lat=at.lat,
        lon=at.lon,
        **shape,
    )


def looked_again(tx: Session, by: Grant, search_id: int, act: Act, places: int, now: datetime, **detail: Any) -> None:
    """A further page, or the pin of one place, of a search; for the same incident."""
    search = tx.get(Audit, search_id)
    incident_id = search.incident_id if search else None
    write(tx, act, now, by=by, incident_id=incident_id, places=places, search_id=search_id, **detail)


def search_of(tx: Session, search_id: int, person_id: int) -> Searched | None:
    """A search that this person made; None for anyone else's."""
    row = tx.get(Audit, search_id)
    if row is None or row.action != Act.SEARCH or row.person_id != person_id:
        return None
    return Searched(scope_of(tx, row), row.incident_id)


def scope_of(tx: Session, row: Audit) -> Scope:
    """What a row of a search says was searched."""
    detail = detail_of(tx, row)
    if "scope" in detail:
        return _SCOPE.validate_python(detail["scope"])
    return Circle(Point(detail["lat"], detail["lon"]), detail["radius_m"])


def detail_of(tx: Session, row: Audit) -> dict[str, Any]:
    """The sealed part of a row, opened, apart from the looks that it names."""
    return {name: value for name, value in _said(tx, row).items() if name != witness.SAID}


def looks_of(tx: Session, row: Audit) -> witness.Named:
    """The looks that a row names."""
    named: witness.Named = _said(tx, row).get(witness.SAID, [])
    return named


def _said(tx: Session, row: Audit) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(seal_of(tx).open("audit.detail", row.id, row.detail_sealed))
    return said


def rows(tx: Session, act: Act | None = None) -> Sequence[Audit]:
    """The trace, oldest first; of one kind where asked."""
    query = select(Audit).order_by(col(Audit.id))
    return tx.exec(query if act is None else query.where(Audit.action == act)).all()


def of_person(tx: Session, person_id: int) -> Sequence[Audit]:
    """What a person did, or what was done with their roles, oldest first."""
    return tx.exec(select(Audit).where(Audit.person_id == person_id).order_by(col(Audit.id))).all()


def of_incidents(tx: Session, incident_ids: Sequence[int]) -> Sequence[Audit]:
    """What was done for these incidents, oldest first."""
    return tx.exec(select(Audit).where(col(Audit.incident_id).in_(incident_ids)).order_by(col(Audit.id))).all()


def naming(tx: Session, number: str, registration_id: int = 0) -> list[Audit]:
    """The rows that name a registration or showed it, oldest first. What they say is sealed, so all are opened."""

    def names(row: Audit) -> bool:
        said = _said(tx, row)
        shown = (entry for _, entry, _ in said.get(witness.SAID, ()))
        return said.get("number") == number or registration_id in shown

    return [row for row in rows(tx) if names(row)]


def took_part(tx: Session, person_id: int, incident_id: int) -> bool:
    """Whether a person opened this incident, or took it up before."""
    mine = select(Audit.id).where(Audit.incident_id == incident_id, Audit.person_id == person_id)
    return tx.exec(mine.where(col(Audit.action).in_((Act.OPEN, Act.TAKE_UP))).limit(1)).first() is not None


def searches_since(tx: Session, person_id: int, since: datetime) -> Sequence[Audit]:
    """A person's searches since then, oldest first."""
    mine = select(Audit).where(Audit.person_id == person_id, Audit.action == Act.SEARCH, col(Audit.at) >= since)
    return tx.exec(mine.order_by(col(Audit.id))).all()


def unasked(tx: Session, since: datetime, until: datetime, least: int) -> Sequence[tuple[int, int, int]]:
    """Who (a grant) searched at least so often for which incident, for which no owner was asked; and how often."""
    other = aliased(Audit)
    asked = exists().where(col(other.incident_id) == Audit.incident_id, col(other.action) == Act.REQUEST)
    idle = (
        select(func.max(col(Audit.grant_id)), col(Audit.incident_id), func.count())
        .where(Audit.action == Act.SEARCH, col(Audit.at) >= since, col(Audit.at) < until)
        .where(col(Audit.incident_id).is_not(None), ~asked)
        .group_by(col(Audit.person_id), col(Audit.incident_id))
        .having(func.count() >= least)
    )
    return [(grant, incident, n) for grant, incident, n in tx.exec(idle) if grant and incident]


def count_by(tx: Session, person_id: int) -> int:
    """How many rows of the trace a person left."""
    return tx.exec(select(func.count()).select_from(Audit).where(Audit.person_id == person_id)).one()


def count_since(tx: Session, person_id: int, act: Act, since: datetime) -> int:
    """How many rows of one kind a person left since then."""
    mine = (Audit.person_id == person_id, Audit.action == act, col(Audit.at) > since)
    return tx.exec(select(func.count()).select_from(Audit).where(*mine)).one()
