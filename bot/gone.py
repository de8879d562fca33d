"""What was withdrawn, kept beside the backups: a register that is put back must not bring anybody back.

A file of registration numbers, each behind the row of the trace that says who withdrew it. A number says nothing of
anybody to whom the register is closed.
"""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from bot.settings import Settings
from storage import audit, registrations
from storage.engine import Store
from storage.trace_tables import Audit

NAME = "withdrawn.txt"
LATE = 600_000 << 20  # ten minutes of row ids: another worker may commit an older row after a newer one


def write_down(settings: Settings, store: Store) -> None:
    """Add what was withdrawn since the last line; nothing where backups are off."""
    if not settings.backup_key:
        return
    file = settings.backup_folder / NAME
    known = {row for row, _ in _lines(file)}
    lines = store.run(lambda tx: list(_since(tx, max(known, default=0) - LATE, known)))
    if lines:
        settings.backup_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="ascii") as out:
            out.writelines(lines)
            out.flush()
            os.fsync(out.fileno())


def _since(tx: Session, row: int, known: set[int]) -> Iterator[str]:
    query = select(Audit).where(Audit.action == audit.Act.WITHDRAW, col(Audit.id) > row).order_by(col(Audit.id))
    for trace in tx.exec(query):
        if trace.id not in known:
            yield f"{trace.id} {audit.detail_of(tx, trace)['number']}\n"


def withdraw_again(settings: Settings, store: Store, moment: datetime) -> int:
    """In a register that was just put back, withdraw what had been withdrawn since that copy was made; how many."""
    numbers = [number for _, number in _lines(settings.backup_folder / NAME)]
    keep = settings.retention_days
    return store.run(lambda tx: sum(_withdrawn(tx, number, keep, moment) for number in numbers))


def _withdrawn(tx: Session, number: str, retention_days: int, moment: datetime) -> bool:
    row = registrations.find(tx, number)
    if row is None or row.withdrawn_at is not None:
        return False
    registrations.withdraw(tx, row, retention_days, moment)
    audit.write(tx, audit.Act.WITHDRAW, moment, person_id=row.person_id, number=number)
    return True


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    """The trace's row and the registration's number; a line that was cut off by a power failure is left out."""
    for line in file.read_text(encoding="ascii").splitlines() if file.exists() else ():
        match line.split():
            case [row, number] if row.isdecimal():
                yield int(row), number
