"""Binds looks to the trace: the row that is written next names each look before it, and a look without one is undone.

So what an owner reads cannot be removed, altered or made up behind the bot's back without `audit verify` noticing.
"""

import json
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, func, select
from sqlmodel import Session

from storage.tables.looks import Look
from storage.tables.register import Registration

SAID = "looks"  # where a row of the trace names them, among what it seals
_WAITING = "looks that no row of the trace names yet"
_AT_ONCE = 500
Named = list[tuple[int, int, str]]  # each look's id, whose registration, and what it said
_LOOK, _ENTRY = Look.__table__, Registration.__table__  # type: ignore[attr-defined]  # SQLModel hides it from mypy


class UnwitnessedError(Exception):
    """A look without a row of the trace: a fault in the program, and the whole transaction is undone."""


def wait(tx: Session, looks: list[Look]) -> None:
    """These were written, and wait for their row of the trace."""
    tx.info.setdefault(_WAITING, []).extend(looks)


def name(tx: Session) -> dict[str, Named]:
    """What the row of the trace says that is written now; those that were undone meanwhile are nobody's to name."""
    looks = [look for look in tx.info.pop(_WAITING, ()) if look in tx]
    return {SAID: [(look.id, look.registration_id, _digest(look)) for look in looks]} if looks else {}


def settle(tx: Session) -> None:
    """Before the commit. Raises UnwitnessedError where a look still waits."""
    if name(tx):
        raise UnwitnessedError


def tested(tx: Session, named: Named) -> tuple[int, int]:
    """How many of the named looks are there, and how many say something else, or are gone though their entry is not."""
    found = [_tested(tx, named[n : n + _AT_ONCE]) for n in range(0, len(named), _AT_ONCE)]
    return sum(there for there, _ in found), sum(wrong for _, wrong in found)


def _tested(tx: Session, named: Named) -> tuple[int, int]:
    wanted = [look for look, _, _ in named]
    there = {row.id: _digest(row) for row in tx.connection().execute(select(_LOOK).where(_LOOK.c.id.in_(wanted)))}
    gone = {registration for look, registration, _ in named if look not in there}
    kept = set(tx.connection().execute(select(_ENTRY.c.id).where(_ENTRY.c.id.in_(gone))).scalars()) if gone else set()
    wrong = [there[look] != digest if look in there else registration in kept for look, registration, digest in named]
    return len(there), sum(wrong)


def count(tx: Session, since: int = 0) -> int:
    """How many looks there are, from this one on."""
    return tx.connection().execute(select(func.count()).select_from(_LOOK).where(_LOOK.c.id >= since)).scalar_one()


def _digest(look: Look | Row[Any]) -> str:
    at = round(look.at.timestamp() * 1000)
    said = (look.registration_id, look.incident_id, look.station, look.kind, look.act, at)
    return sha256(json.dumps(said).encode()).hexdigest()[:24]
