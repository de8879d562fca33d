"""The places of many entries at once, opened in bulk."""

import json
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, col

from bot.core.geo import Point
from bot.core.registration import UNSEEN, State
from storage.seal import seal_of
from storage.tables.register import Registration


def findable() -> tuple[ColumnElement[bool], ...]:
    """What a search can find: active, and not hidden because its owner fell silent."""
    standing = col(Registration.standing).not_in(UNSEEN)
    return col(Registration.state) == State.ACTIVE, standing


def placed(tx: Session, *where: Any) -> dict[int, Point]:
    """Where the registrations are that fulfil all of these, by id."""
    conditions: tuple[ColumnElement[bool], ...] = where  # SQLModel's columns look like plain values to mypy
    found = (
        tx.connection().execute(select(col(Registration.id), col(Registration.place_sealed)).where(*conditions)).all()
    )
    if not found:
        return {}
    ids, boxes = zip(*found, strict=True)
    opened = map(json.loads, seal_of(tx).open_all("registration.place", ids, boxes))
    return {row: Point(lat, lon) for row, (lat, lon, _) in zip(ids, opened, strict=True)}
