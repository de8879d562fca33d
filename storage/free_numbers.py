"""Numbers of entries: drawn by lot, so that none tells how many there are or who came first."""

import secrets

from sqlalchemy import bindparam, union_all
from sqlmodel import Session, select

from bot.core.regnumber import number_from
from storage.prepared import Prepared
from storage.tables.register import Registration
from storage.tables.waiting import Waiting

_BITS = 35
_TAKEN = Prepared(
    union_all(*(select(table.id).where(table.number == bindparam("number")) for table in (Registration, Waiting)))
)


def draw(tx: Session) -> str:
    """A number that no entry and no slip has."""
    while True:
        number = number_from(secrets.randbits(_BITS))
        if not _TAKEN.rows(tx, {"number": number}):
            return number
