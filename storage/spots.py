"""Spots: what a search reads. Positions under the keyed token of their H3 cell; opened row by row, measured exactly."""

import struct
from collections.abc import Sequence

from sqlalchemy import delete
from sqlmodel import Session, col, select

from bot.core.cover import cell_of, cover
from bot.core.geo import Point
from bot.core.near import Circle, Hit, rank
from storage.seal import seal_of
from storage.tables import Spot

_POINT = struct.Struct(">dd")


def put(tx: Session, registration_id: int, point: Point, cameras: int) -> None:
    """Make a registration searchable at this point (again)."""
    drop(tx, registration_id)
    seal = seal_of(tx)
    box = seal.close("spot", registration_id, _POINT.pack(point.lat, point.lon))
    token = seal.cell_tokens([cell_of(point)])[0]
    tx.add(Spot(cell_token=token, registration_id=registration_id, cameras=cameras, point_sealed=box))
    tx.flush()


def drop(tx: Session, registration_id: int) -> None:
    """Hide a registration: from this transaction on no search finds it."""
    tx.connection().execute(delete(Spot).where(col(Spot.registration_id) == registration_id))


def within(tx: Session, circle: Circle) -> tuple[list[Hit], dict[int, int]]:
    """All spots in the circle, nearest first, and the cameras of each (by registration id)."""
    cells = cover(circle)
    rows = _rows(tx, [*cells.inside, *cells.rim])
    unseal, unpack = seal_of(tx).open, _POINT.unpack
    places = [(row_id, *unpack(unseal("spot", row_id, box))) for row_id, _, box in rows]
    return rank(circle, places), {row_id: cameras for row_id, cameras, _ in rows}


def _rows(tx: Session, cells: Sequence[int]) -> list[tuple[int, int, bytes]]:
    tokens = seal_of(tx).cell_tokens(cells)
    query = select(col(Spot.registration_id), col(Spot.cameras), col(Spot.point_sealed))
    found = tx.connection().execute(query.where(col(Spot.cell_token).in_(tokens)))
    return [(row[0], row[1], row[2]) for row in found]
