"""What an officer has looked at today: counted before anything is shown, and stopped at the limit."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import delete
from sqlmodel import Session, col

from bot.core.casework.limits import NEARLY, Measure
from storage.dialect import insert_once
from storage.tables.alarms import Tally


class Taken(NamedTuple):
    """Whether so many more were allowed, and whether the count has just passed four fifths of the limit."""

    allowed: bool
    nearly: bool


def take(tx: Session, person_id: int, measure: Measure, n: int, most: int, day: date) -> Taken:
    """Count `n` more for this day, unless they would go beyond `most` (again as much for each time it was lifted)."""
    row = _row(tx, person_id, measure, day)
    allowed = most * (1 + row.lifted)
    if row.used + n > allowed:
        return Taken(False, nearly=False)
    before, row.used = row.used, row.used + n
    tx.add(row)
    tx.flush()
    return Taken(True, nearly=before < NEARLY * allowed <= row.used)


def lift(tx: Session, person_id: int, measure: Measure, day: date) -> None:
    """Allow as much again on that day."""
    row = _row(tx, person_id, measure, day)
    row.lifted += 1
    tx.add(row)
    tx.flush()


def lifts(tx: Session, person_id: int, measure: Measure, day: date) -> int:
    """How often as much again was allowed on a day."""
    return _row(tx, person_id, measure, day).lifted


def used(tx: Session, person_id: int, measure: Measure, day: date) -> int:
    """How much was counted on a day."""
    return _row(tx, person_id, measure, day).used


def purge(tx: Session, before: date) -> int:
    """Forget the counts of the days before."""
    return tx.connection().execute(delete(Tally).where(col(Tally.day) < before.toordinal())).rowcount or 0


def _row(tx: Session, person_id: int, measure: Measure, day: date) -> Tally:
    key = {"person_id": person_id, "day": day.toordinal(), "measure": measure.value}
    insert_once(tx, Tally, **key, used=0, lifted=0)
    row = tx.get(Tally, key, with_for_update=True)
    assert row is not None  # noqa: S101 - it was put there just now, or before
    return row
