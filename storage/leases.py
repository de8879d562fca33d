"""Leases of messages that end before they lapse, so that nobody waits for them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col

from storage.outbox import LEASE
from storage.tables.register import Outbox


def take_over(tx: Session, channel: str) -> None:
    """End the leases of a run before this one, so that nobody waits for them to lapse: where nobody else sends."""
    left = (col(Outbox.channel) == channel, col(Outbox.sent_at).is_(None))
    _end(tx, *left)


def give_back(tx: Session, channel: str, taken_at: datetime) -> None:
    """End the leases that were made at exactly this moment: whoever made them does not know of them."""
    left = (col(Outbox.channel) == channel, col(Outbox.sent_at).is_(None), col(Outbox.leased_until) == taken_at + LEASE)
    _end(tx, *left)


def let_go(tx: Session, messages: Collection[int]) -> None:
    """End the leases of these messages: whoever made them stops, and did not finish them."""
    _end(tx, col(Outbox.id).in_(messages))


def _end(tx: Session, *which: ColumnElement[bool]) -> None:
    tx.connection().execute(update(Outbox).where(*which).values(leased_until=None))
