"""Withdrawals: an entry is hidden for good, and that is written down with its station, for the public report."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from storage import audit, registrations
from storage.station import stations
from storage.tables.register import Registration


def withdraw(
    tx: Session, row: Registration, retention_days: int, now: datetime, *, by: int | None = None, **detail: Any
) -> None:
    """`by`: the person who wanted it, where that is not its owner. With no days to stay it is destroyed at once."""
    home = stations.get(tx, row.station_id)
    who, station = row.person_id if by is None else by, home.name if home else ""
    audit.write(tx, audit.Act.WITHDRAW, now, person_id=who, station=station, number=row.number, **detail)
    registrations.withdraw(tx, row, retention_days, now)
