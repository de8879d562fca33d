"""Second factors: made for a link or a person, tried, locked. The seed is sealed, and shown once, when it is made."""

import hmac
from datetime import datetime

import pyotp
from sqlalchemy import delete
from sqlmodel import Session, col, select

from bot.core.casework.factor import LOCK, MOST_WRONG, VALID, Tried
from storage.ids import new_id
from storage.seal import seal_of
from storage.tables.factors import Factor

STEP_S = 30
SLOW_CLOCKS = (0, -1, 1)  # half minutes that a phone's clock may be off


def make_for_link(tx: Session, invite_id: int, now: datetime) -> str:
    """A new seed for whoever opens a link."""
    return _make(tx, now, invite_id=invite_id)


def make(tx: Session, person_id: int, now: datetime) -> str:
    """A new seed for a person; the one they had works no more."""
    _drop(tx, person_id)
    return _make(tx, now, person_id=person_id)


def _make(tx: Session, now: datetime, *, person_id: int | None = None, invite_id: int | None = None) -> str:
    row, seed = new_id(now), pyotp.random_base32()
    sealed = seal_of(tx).close("factor.seed", row, seed.encode())
    tx.add(Factor(id=row, person_id=person_id, invite_id=invite_id, seed_sealed=sealed, made_at=now))
    tx.flush()
    return seed


def take_over(tx: Session, invite_id: int, person_id: int) -> None:
    """Whoever opened the link has what was made for it; links without one change nothing."""
    factor = tx.exec(select(Factor).where(Factor.invite_id == invite_id)).first()
    if factor is not None:
        _drop(tx, person_id)
        factor.person_id, factor.invite_id = person_id, None
        tx.flush()


def _drop(tx: Session, person_id: int) -> None:
    tx.connection().execute(delete(Factor).where(col(Factor.person_id) == person_id))


def of(tx: Session, person_id: int) -> Factor | None:
    """A person's second factor."""
    return tx.exec(select(Factor).where(Factor.person_id == person_id)).first()


def fresh(factor: Factor, now: datetime) -> bool:
    """Whether a right code was given less than thirty minutes ago."""
    return factor.passed_at is not None and factor.passed_at <= now < factor.passed_at + VALID


def locked(factor: Factor, now: datetime) -> bool:
    """Whether no code is taken now."""
    return factor.locked_until is not None and now < factor.locked_until


def enter(tx: Session, factor: Factor, code: str, now: datetime) -> Tried:
    """Try a code. A right one works once; five wrong ones in a row lock for fifteen minutes, right ones included."""
    if locked(factor, now):
        return Tried.LOCKED
    step = _step_of(tx, factor, code, now)
    if step is not None and step <= factor.last_step:
        return Tried.USED
    if step is not None:
        factor.last_step, factor.wrong, factor.passed_at = step, 0, now
        return Tried.RIGHT
    factor.wrong += 1
    if factor.wrong < MOST_WRONG:
        return Tried.WRONG
    factor.wrong, factor.passed_at, factor.locked_until = 0, None, now + LOCK
    return Tried.LOCKS


def _step_of(tx: Session, factor: Factor, code: str, now: datetime) -> int | None:
    """The half minute that this code belongs to, of the three that are looked at."""
    totp = pyotp.TOTP(seal_of(tx).open("factor.seed", factor.id, factor.seed_sealed).decode())
    this = int(now.timestamp()) // STEP_S
    right = [this + off for off in SLOW_CLOCKS if hmac.compare_digest(totp.generate_otp(this + off), code)]
    return right[0] if right else None


def purge(tx: Session, before: datetime) -> int:
    """Forget those whose link nobody opened."""
    waiting = delete(Factor).where(col(Factor.person_id).is_(None), col(Factor.made_at) < before)
    return tx.connection().execute(waiting).rowcount or 0
