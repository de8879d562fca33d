"""Looks through the whole trace for rows that were edited, removed, swapped, slipped in or cut off."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import RowMapping, func, or_, select
from sqlmodel import Session

from storage import audit, witness
from storage.acts import Act
from storage.engine import Store
from storage.seal import CannotOpenError, seal_of
from storage.trace import BATCH, BEFORE_ALL, TABLE, Head, chain_keys, proof


class Wrong(StrEnum):
    """What is not as it was written."""

    ALTERED = "altered"  # the row, or the one before it, is not what was proved
    MISSING = "missing"
    UNPROVABLE = "unprovable"  # its key is not here
    SLIPPED_IN = "slipped in"  # a row that no commit of ours chained
    CUT_OFF = "cut off"  # the chain ends before a head that was noted
    OTHER = "other"  # a noted head was never in this chain
    LOOKS = "looks"  # what the row showed is not in what owners read, or stands there otherwise
    MADE_UP = "made up"  # owners read of looks that no row of the trace names


@dataclass(frozen=True, slots=True)
class Finding:
    wrong: Wrong
    first: int
    last: int


@dataclass
class Checked:
    """How far the look went, and what it found."""

    head: Head | None = None
    rows: int = 0
    found: list[Finding] = field(default_factory=list)
    looks: int = 0  # that rows of the trace name
    first_look: int = 0

    def note(self, wrong: Wrong, first: int, last: int = 0) -> None:
        """Add a finding; neighbours of one kind become one."""
        last = last or first
        if self.found and self.found[-1].wrong is wrong and self.found[-1].last == first - 1:
            first = self.found.pop().first
        self.found.append(Finding(wrong, first, last))


@dataclass(frozen=True, slots=True)
class Loss:
    """What went when an older backup was put back: the rows behind `after`, up to `until` where that was known.

    `heads` were known then. They are no longer in the chain, and the row `told` of the chain says so itself.
    """

    told: int
    at: datetime
    after: int
    until: int
    heads: tuple[str, ...]


def losses(tx: Session) -> list[Loss]:
    """Every time that the register was put back, as its own trace tells it."""
    rows = [(row, audit.detail_of(tx, row)) for row in audit.rows(tx, Act.RESTORE)]
    return [Loss(row.seq or 0, row.at, said["after"], said["until"], tuple(said["heads"])) for row, said in rows]


def verify(store: Store, noted: Sequence[Head], checked: Checked) -> Iterator[int]:
    """Test every proof, in order, and the heads that were noted outside; yields how many rows were looked at."""
    proofs, looks = {head.seq: b"" for head in noted}, store.run(witness.count)
    while looked := store.run(lambda tx: _some(tx, checked, proofs)):
        yield looked
    known = {head for loss in store.run(losses) for head in loss.heads}
    for head in noted:
        if str(head) in known:
            continue
        if checked.head is None or head.seq > checked.head.seq:
            checked.note(Wrong.CUT_OFF, (checked.head.seq if checked.head else 0) + 1, head.seq)
        elif proofs[head.seq] != head.proof:
            checked.note(Wrong.OTHER, head.seq)
    for row in store.run(_unchained):
        checked.note(Wrong.SLIPPED_IN, row)
    if made_up := store.run(lambda tx: _made_up(tx, checked, looks)):
        checked.note(Wrong.MADE_UP, made_up)


def length(store: Store) -> int:
    """How many rows there are to look at."""
    return store.run(lambda tx: tx.connection().execute(select(func.count()).select_from(TABLE)).scalar_one())


def _some(tx: Session, checked: Checked, proofs: dict[int, bytes]) -> int:
    keys, last = chain_keys(tx), checked.head.seq if checked.head else 0
    query = select(TABLE).where(TABLE.c.seq > last).order_by(TABLE.c.seq).limit(BATCH)
    rows = tx.connection().execute(query).mappings().all()
    for row in rows:
        last, before = (checked.head.seq, checked.head.proof) if checked.head else (0, BEFORE_ALL)
        if row["seq"] != last + 1:
            checked.note(Wrong.MISSING, last + 1, row["seq"] - 1)
        elif wrong := _test(tx, checked, keys, before, row):
            checked.note(wrong, row["seq"])
        checked.head = Head(row["seq"], row["proof"] or b"")
        if row["seq"] in proofs:
            proofs[row["seq"]] = checked.head.proof
    checked.rows += len(rows)
    return len(rows)


def _test(tx: Session, checked: Checked, keys: Mapping[bytes, bytes], before: bytes, row: RowMapping) -> Wrong | None:
    key_id = (row["proof"] or b"")[:2]
    if key_id not in keys:
        return Wrong.UNPROVABLE
    try:
        plain = seal_of(tx).open("audit.detail", row["id"], row["detail_sealed"])
    except CannotOpenError:
        return Wrong.ALTERED
    if row["proof"] != key_id + proof(keys[key_id], before, row["seq"], row, plain):
        return Wrong.ALTERED
    return Wrong.LOOKS if _looks_changed(tx, checked, json.loads(plain).get(witness.SAID, ())) else None


def _looks_changed(tx: Session, checked: Checked, named: witness.Named) -> bool:
    if not named:
        return False
    checked.first_look = min(checked.first_look or named[0][0], *(look for look, _, _ in named))
    there, wrong = witness.tested(tx, named)
    checked.looks += there
    return bool(wrong)


def _made_up(tx: Session, checked: Checked, before: int) -> int:
    """Looks that no row names, younger than the first that one does; `before`: how many there were at first."""
    if not checked.first_look:
        return 0
    now = witness.count(tx)
    older = now - witness.count(tx, checked.first_look)
    return max(0, min(before, now) - older - checked.looks)


def _unchained(tx: Session) -> list[int]:
    """Rows outside the chain: a commit of ours leaves none."""
    outside = select(TABLE.c.id).where(or_(TABLE.c.seq.is_(None), TABLE.c.seq < 1)).order_by(TABLE.c.id)
    return list(tx.connection().execute(outside).scalars())
