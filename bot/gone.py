"""What people ended, kept beside the backups: a register that is put back must not undo anybody's decision.

A file of lines `<row of the trace> <when, in milliseconds> <what> <whom>`. Registration numbers and row ids say
nothing of anybody to whom the register is closed.
"""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session, col, select

from bot.core.access import Role
from bot.core.registration import State
from bot.settings import Settings
from storage import audit, people, registrations, trace
from storage.acts import Act
from storage.admin import grants, invites
from storage.engine import Store
from storage.society import funnel, quiet
from storage.station import waiting
from storage.station.waiting import Outcome
from storage.tables.trace import Audit
from storage.withdrawal import withdraw

NAME = "withdrawn.txt"
UNDONE_BY = {Act.RESUME: Act.PAUSE, Act.UNMUTE: Act.MUTE}
KINDS = (Act.WITHDRAW, Act.DECLINE, Act.FORGET, Act.PAUSE, Act.RESUME, Act.MUTE, Act.UNMUTE, Act.REVOKE)


@dataclass(frozen=True, slots=True)
class Ended:
    """One line: where it stands in the trace, when that was, what was done, and with whom or what."""

    seq: int
    at_ms: int
    act: Act
    whom: str

    def __str__(self) -> str:
        return f"{self.seq} {self.at_ms} {self.act} {self.whom}\n"


def write_down(settings: Settings, store: Store) -> None:
    """Add what was ended since the last line; nothing where backups are off."""
    if not settings.backup_key:
        return
    file = settings.backup_folder / NAME
    last = next(reversed(list(_lines(file))), None)
    lines = store.run(lambda tx: list(_since(tx, last.seq if last else 0)))
    if lines:
        settings.backup_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "ab") as out:
            out.truncate(file.read_bytes().rfind(b"\n") + 1)  # what a power failure cut off is written again
            out.writelines(str(line).encode() for line in lines)
            out.flush()
            os.fsync(out.fileno())


def _since(tx: Session, seq: int) -> Iterator[Ended]:
    """What was chained after that row: in the order of the commits, whatever the clocks said."""
    head = trace.head(tx)
    if head is None or head.seq < seq:  # an older register was put back
        seq = 0
    query = select(Audit).where(col(Audit.action).in_(KINDS), col(Audit.seq) > seq).order_by(col(Audit.seq))
    for row in tx.exec(query):
        if row.seq and (whom := _whom(tx, row)):
            yield Ended(row.seq, round(row.at.timestamp() * 1000), Act(row.action), whom)


def _whom(tx: Session, row: Audit) -> str:
    detail = audit.detail_of(tx, row)
    match row.action:
        case Act.FORGET:
            return str(row.person_id)
        case Act.MUTE | Act.UNMUTE:
            return f"{row.person_id}.{detail['of']}"
        case Act.DECLINE:
            return str(detail["waiting"])
        case Act.REVOKE:
            return str(detail.get("grant", ""))  # a link that was taken back dies by itself in two days
    return str(detail["number"])


def end_again(settings: Settings, store: Store, moment: datetime) -> Counter[Act]:
    """In a register that was just put back, end what had been ended since that copy was made; how many of each."""
    newest = {(UNDONE_BY.get(line.act, line.act), line.whom): line for line in _lines(settings.backup_folder / NAME)}
    keep = settings.retention_days

    def ended(tx: Session) -> Counter[Act]:
        return Counter(line.act for line in newest.values() if _end(tx, line, keep, moment))

    return store.run(ended)


def _end(tx: Session, line: Ended, retention_days: int, moment: datetime) -> bool:
    """Whether there was something to end."""
    match line.act:
        case Act.WITHDRAW:
            return _withdraw(tx, line.whom, retention_days, moment)
        case Act.PAUSE:
            return _pause(tx, line.whom, moment)
        case Act.DECLINE:
            return _decline(tx, int(line.whom), moment)
        case Act.FORGET:
            return _forget(tx, int(line.whom), datetime.fromtimestamp(line.at_ms / 1000, UTC), retention_days, moment)
        case Act.MUTE:
            person, _, of = line.whom.partition(".")
            return _mute(tx, int(person), of, moment)
        case Act.REVOKE:
            return _revoke(tx, int(line.whom), moment)
    return False


def _withdraw(tx: Session, number: str, retention_days: int, moment: datetime) -> bool:
    row = registrations.find(tx, number)
    if row is None or row.withdrawn_at is not None:
        return False
    withdraw(tx, row, retention_days, moment)
    return True


def _pause(tx: Session, number: str, moment: datetime) -> bool:
    row = registrations.find(tx, number)
    if row is None or row.state != State.ACTIVE:
        return False
    registrations.pause(tx, row, moment)
    audit.write(tx, Act.PAUSE, moment, person_id=row.person_id, number=number)
    return True


def _decline(tx: Session, waiting_id: int, moment: datetime) -> bool:
    row = waiting.get(tx, waiting_id)
    if row is None or row.outcome not in ("", Outcome.SIGNED):
        return False
    waiting.settle(row, Outcome.REMOVED, moment)
    audit.write(tx, Act.DECLINE, moment, waiting=waiting_id)
    return True


def _forget(tx: Session, person_id: int, when: datetime, retention_days: int, moment: datetime) -> bool:
    """Whoever agreed again after that day, and before the backup, stays."""
    person = people.get(tx, person_id)
    if person is None or person.consent_at is None or person.consent_at > when:
        return False
    people.withdraw_consent(tx, person, keep_phone=retention_days > 0)
    people.keep_stages(tx, person, b"")
    funnel.forget(tx, person_id)
    audit.write(tx, Act.FORGET, moment, person_id=person_id)
    return True


def _mute(tx: Session, person_id: int, of: str, moment: datetime) -> bool:
    person = people.get(tx, person_id)
    if person is None or (quiet.is_quiet(tx, person_id) if of == audit.WEEKLY else person.muted_at is not None):
        return False
    if of == audit.WEEKLY:
        quiet.be_quiet(tx, person_id, moment)
    else:
        person.muted_at = moment
    audit.write(tx, Act.MUTE, moment, person_id=person_id, of=of)
    return True


def _revoke(tx: Session, grant_id: int, moment: datetime) -> bool:
    grant = grants.get(tx, grant_id)
    if grant is None or not grants.revoke(grant, moment):
        return False
    if grant.role == Role.ADMIN:
        invites.withdraw_those_of(tx, grant.person_id, moment)
    audit.write(tx, Act.REVOKE, moment, by=grant, role=grant.role, grant=grant.id)
    return True


def _lines(file: Path) -> Iterator[Ended]:
    """What was written down, oldest first; the last line only where it is whole."""
    written = file.read_bytes() if file.exists() else b""
    for line in written[: written.rfind(b"\n") + 1].decode("ascii").splitlines():
        match line.split():
            case [seq, at_ms, act, whom] if seq.isdecimal() and at_ms.isdecimal() and act in KINDS:
                yield Ended(int(seq), int(at_ms), Act(act), whom)
