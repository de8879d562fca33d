"""Claim codes: 80 bits, of which only a keyed hash is kept; shown once, on a slip or in an invitation."""

import secrets
from datetime import datetime
from hashlib import sha256

from sqlmodel import Session, col, select

from bot.core.regnumber import SIGNS
from bot.core.resident.claiming import code_from
from storage.ids import new_id
from storage.seal import Seal, seal_of
from storage.tables.waiting import ClaimCode

Row = dict[str, object]


def fresh() -> str:
    """A new code, as it is printed."""
    return code_from("".join(secrets.choice(SIGNS) for _ in range(16)))


def row_of(seal: Seal, code: str, now: datetime) -> Row:
    """The row that keeps a code."""
    row, digest = new_id(now), sha256(code.encode()).digest()
    box = seal.close("claim_code.code", row, digest)
    return {"id": row, "token": token_of(seal, digest), "code_sealed": box, "made_at": now}


def make(tx: Session, now: datetime) -> tuple[str, int]:
    """A new code, and the row it is kept in."""
    code = fresh()
    row = ClaimCode.model_validate(row_of(seal_of(tx), code, now))
    tx.add(row)
    tx.flush()
    return code, row.id


def find(tx: Session, code: str) -> int | None:
    """The row of a code, as `bot.core.resident.claiming.read_code` reads it."""
    tokens = seal_of(tx).tokens("claim_code", sha256(code.encode()).digest())
    return tx.exec(select(ClaimCode.id).where(col(ClaimCode.token).in_(tokens))).first()


def token_of(seal: Seal, digest: bytes) -> bytes:
    """What a code is found by."""
    return seal.token("claim_code", digest)
