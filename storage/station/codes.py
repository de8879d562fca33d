"""Claim codes: 80 bits, of which only a keyed hash is kept; shown once, on a slip or in an invitation."""

import secrets
from datetime import datetime
from hashlib import sha256

from sqlalchemy import and_, delete, exists, or_
from sqlmodel import Session, col, select

from bot.core.regnumber import SIGNS
from bot.core.resident.claiming import code_from
from storage.ids import new_id
from storage.leftovers import next_some
from storage.seal import Seal, seal_of
from storage.station.waiting import Outcome
from storage.tables.register import Registration
from storage.tables.waiting import ClaimCode, Waiting

Row = dict[str, object]
_LOOKED = "codes looked through up to"


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


def purge(tx: Session, before: datetime) -> int:
    """Forget codes made before then that open nothing, all that hung on them settled or gone: some at a time."""
    some = next_some(tx, col(ClaimCode.id), _LOOKED)
    claimable = and_(
        col(Waiting.outcome) == Outcome.SIGNED, exists().where(col(Registration.id) == Waiting.registration_id)
    )
    # what is asked of the codes is asked of what hangs on them: else PostgreSQL reads all of that
    on_it = some.hold(col(Waiting.code_id))  # type: ignore[arg-type] # it may be empty
    hangs = exists().where(
        col(Waiting.code_id) == ClaimCode.id, on_it, or_(col(Waiting.settled_at).is_(None), claimable)
    )
    dead = delete(ClaimCode).where(some.hold(col(ClaimCode.id)), col(ClaimCode.made_at) < before, ~hangs)
    return tx.connection().execute(dead).rowcount or 0
