"""What waits for a second administrator: decided once, by one person, within two days."""

import json
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import Session, col

from bot.core.admin import officers
from bot.core.admin.officers import Wish
from storage.ids import new_id
from storage.seal import seal_of
from storage.tables.admin import Proposal
from storage.tables.register import Grant

LIVES = timedelta(hours=48)


def make(tx: Session, by: Grant, wish: Wish, about_id: int | None, now: datetime) -> Proposal:
    """Keep a wish until somebody else decides."""
    row = new_id(now)
    written = json.dumps(officers.write(wish), ensure_ascii=False).encode()
    box = seal_of(tx).close("proposal.wish", row, written)
    proposal = Proposal(id=row, grant_id=by.id, about_id=about_id, wish_sealed=box, made_at=now)
    tx.add(proposal)
    tx.flush()
    return proposal


def waiting(tx: Session, proposal_id: int, now: datetime) -> Proposal | None:
    """One that nobody decided yet and that is not too old."""
    proposal = tx.get(Proposal, proposal_id, populate_existing=True)
    fresh = proposal and proposal.decided_at is None and proposal.made_at > now - LIVES
    return proposal if fresh else None


def decide(tx: Session, proposal: Proposal, by: Grant, now: datetime, *, agreed: bool) -> bool:
    """Decide it: of two who tap at once, one does."""
    undecided = (col(Proposal.id) == proposal.id, col(Proposal.decided_at).is_(None))
    decided = update(Proposal).where(*undecided).values(decided_at=now, decided_by=by.id, agreed=agreed)
    return bool(tx.connection().execute(decided).rowcount)


def wish_of(tx: Session, proposal: Proposal) -> Wish:
    return officers.read(json.loads(seal_of(tx).open("proposal.wish", proposal.id, proposal.wish_sealed)))


def purge(tx: Session, before: datetime) -> int:
    """Forget those made before then; what came of them stands in the trace."""
    return tx.connection().execute(delete(Proposal).where(col(Proposal.made_at) < before)).rowcount or 0
