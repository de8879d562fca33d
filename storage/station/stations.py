"""Police stations: their outlines, and which one a place belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from bot.core.geo import Point
from bot.core.later import shapely
from bot.core.reading.digits import folded
from bot.core.station.atlas import Atlas
from bot.core.station.outlines import Outline
from storage.ids import new_id
from storage.prepared import Prepared
from storage.tables.stations import Station

_MOST_KEPT = 4
_STATE = Prepared(select(col(Station.drawn)).order_by(col(Station.drawn)))
_drawn: dict[tuple[int, ...], Atlas] = {}  # built once for each state of the outlines


@dataclass
class Changes:
    """What an import did, by station name."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)  # known before, not in the file
    removed: list[str] = field(default_factory=list)


def put(tx: Session, outlines: Iterable[Outline], now: datetime, *, remove_others: bool = False) -> Changes:
    """Take these outlines over, by name; whatever else is known stays, unless it is to be removed."""
    done = Changes()
    known = {folded(station.name): station for station in every(tx)}
    for one in outlines:
        _take(tx, known.pop(folded(one.name), None), one, now, done)
    done.others = sorted(station.name for station in known.values())
    if remove_others:
        for station in known.values():
            tx.delete(station)
        done.removed, done.others = done.others, []
    tx.flush()
    return done


def _take(tx: Session, station: Station | None, one: Outline, now: datetime, done: Changes) -> None:
    outline = str(shapely.to_wkb(one.area, hex=True))
    if station is None:
        row = new_id(now)
        tx.add(Station(id=row, name=one.name, outline=outline, contact=one.contact, drawn=row))
        done.added.append(one.name)
        return
    if station.outline == outline and station.contact in (one.contact, station.contact if not one.contact else ""):
        done.same.append(station.name)
        return
    if station.outline != outline:
        station.outline, station.drawn = outline, new_id(now)
    station.contact = one.contact or station.contact
    done.changed.append(station.name)


def every(tx: Session) -> Sequence[Station]:
    """All stations, by name."""
    return tx.exec(select(Station).order_by(col(Station.name))).all()


def get(tx: Session, station_id: int | None) -> Station | None:
    return None if station_id is None else tx.get(Station, station_id)


def find(tx: Session, name: str) -> Station | None:
    """The station of that name, however it is spelled: a role names its station by hand."""
    wanted = folded(name)
    known = tx.exec(select(Station.id, Station.name)).all()
    return next((get(tx, row) for row, said in known if folded(said) == wanted), None)


def outline(tx: Session, name: str) -> shapely.Geometry | None:
    """The area of the station of that name (longitude, latitude in degrees); None where it is not known."""
    station = find(tx, name)
    return shapely.from_wkb(station.outline) if station else None


def of_point(tx: Session, point: Point) -> Station | None:
    """The station that a place belongs to; None only where no outlines were imported."""
    return get(tx, ids_of(tx, [point])[0])


def ids_of(tx: Session, points: Sequence[Point]) -> list[int | None]:
    """The station's id for each of these places."""
    return _atlas(tx).of(points)


def _atlas(tx: Session) -> Atlas:
    key = tuple(drawn for (drawn,) in _STATE.rows(tx, {}))
    if key not in _drawn:
        if len(_drawn) >= _MOST_KEPT:
            _drawn.clear()
        _drawn[key] = Atlas([(one.id, one.name, shapely.from_wkb(one.outline)) for one in every(tx)])
    return _drawn[key]
