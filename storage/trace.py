"""The chain of the trace: each row has its number, and a proof made over the proof before it and all its own fields.

A proof is `key id (2) | HMAC-SHA256 (32)`, with a key derived from the ring for this alone. What the sealed detail
says is proved, not its box: so a rotation of the keys seals the rows anew and leaves every proof, and every head that
was noted outside, as it was. The chain keys of old keys stay, sealed, when those leave the ring.
"""

import hmac
import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import RowMapping, bindparam, select, true, update
from sqlmodel import Session, col

from storage import witness
from storage.dialect import lock
from storage.seal import seal_of
from storage.tables.register import Meta
from storage.tables.trace import Audit

BEFORE_ALL = bytes(34)  # what the first row's proof follows
BATCH = 2000
_NOT_SAID = ("seq", "proof", "detail_sealed")  # and what is empty: so a later column leaves older proofs as they are
_LOCK = b"the trace"
_NEW = "rows of the trace to be chained"
_KEPT = "trace key "
TABLE = Audit.__table__  # type: ignore[attr-defined]  # SQLModel hides it from mypy


@dataclass(frozen=True, slots=True)
class Head:
    """The newest link: its number and its proof. Who noted it can tell later whether rows were cut off."""

    seq: int
    proof: bytes

    def __str__(self) -> str:
        return f"{self.seq}-{self.proof.hex()}"


def read_head(written: str) -> Head:
    """What `str(head)` wrote. Raises ValueError."""
    seq, _, proof = written.strip().partition("-")
    return Head(int(seq), bytes.fromhex(proof))


def add(tx: Session, row: Audit) -> None:
    """Write a row of the trace; at the end of this transaction `chain` gives it its number and proof."""
    tx.add(row)
    tx.flush()
    tx.info.setdefault(_NEW, []).append(row.id)


def chain(tx: Session) -> Head | None:
    """Chain what this transaction wrote: called last, so that nobody waits for the others' work. The new head.

    Raises storage.witness.UnwitnessedError where somebody looked without a row of the trace.
    """
    witness.settle(tx)
    rows = tx.info.pop(_NEW, None)
    if not rows:
        return None
    tx.flush()
    lock(tx, _LOCK)  # held to the end of the transaction: two chains would be a fork
    last = head(tx)
    return _extend(tx, TABLE.c.id.in_(rows) if last else true(), last)  # the first takes along what was there before


def adopt(tx: Session) -> int:
    """Chain the rows of a trace that began before there was a chain: once, oldest first. How many there were."""
    lock(tx, _LOCK)
    if head(tx) is not None:
        return 0
    newest = _extend(tx, true(), None)
    return newest.seq if newest else 0


def head(tx: Session) -> Head | None:
    """The newest link of the chain; None where there is none yet."""
    newest = select(TABLE.c.seq, TABLE.c.proof).where(TABLE.c.seq.is_not(None)).order_by(TABLE.c.seq.desc()).limit(1)
    found = tx.connection().execute(newest).first()
    return Head(*found) if found else None


def _extend(tx: Session, which: Any, last: Head | None) -> Head | None:
    query = select(TABLE).where(which, TABLE.c.seq.is_(None)).order_by(TABLE.c.id).limit(BATCH)
    link = update(TABLE).where(TABLE.c.id == bindparam("this_row"))
    seal = seal_of(tx)
    key_id = seal.ids[0]
    while rows := tx.connection().execute(query).mappings().all():
        links = []
        for row in rows:
            seq, before = (last.seq + 1, last.proof) if last else (1, BEFORE_ALL)
            plain = seal.open("audit.detail", row["id"], row["detail_sealed"])
            last = Head(seq, key_id + proof(seal.chain[key_id], before, seq, row, plain))
            links.append({"this_row": row["id"], "seq": last.seq, "proof": last.proof})
        tx.connection().execute(link, links)
    return last


def proof(key: bytes, before: bytes, seq: int, row: RowMapping, plain: bytes) -> bytes:
    """What proves a row: an HMAC over the proof before it, its number, and everything it says."""
    said = {name: value for name, value in row.items() if value is not None and name not in _NOT_SAID}
    said["at"] = round(row["at"].timestamp() * 1000)
    fields = json.dumps([seq, said], sort_keys=True).encode()  # no line break in it: where it ends is plain
    return hmac.digest(key, before + fields + b"\n" + plain, sha256)


def keep_keys(tx: Session) -> None:
    """Seal the chain keys with the newest key, so that every proof can be tested after the old keys have gone."""
    seal = seal_of(tx)
    for key_id, key in chain_keys(tx).items():
        row = int.from_bytes(key_id)
        tx.merge(Meta(key=_KEPT + key_id.hex(), value=seal.close("meta.trace", row, key)))


def chain_keys(tx: Session) -> dict[bytes, bytes]:
    """The chain key of each key that is in the ring, or was when the keys were last changed."""
    seal, keys = seal_of(tx), {}
    for kept in tx.scalars(select(Meta).where(col(Meta.key).startswith(_KEPT))):
        key_id = bytes.fromhex(kept.key.removeprefix(_KEPT))
        keys[key_id] = seal.open("meta.trace", int.from_bytes(key_id), kept.value)
    return keys | seal.chain
