"""Notices a wrong key at the start: a sealed value in the database that only the right key opens."""

from sqlmodel import Session

from storage.seal import CannotOpenError, seal_of
from storage.tables import Meta

_KEY, _PLAIN = "key check", b"citizen-eye"


def key_fits(tx: Session) -> bool:
    """Whether the key in use is this database's; the first key that opens a new database becomes its own."""
    row = tx.get(Meta, _KEY)
    if row is None:
        tx.add(Meta(key=_KEY, value=seal_of(tx).close("meta.value", 0, _PLAIN)))
        return True
    try:
        return seal_of(tx).open("meta.value", 0, row.value) == _PLAIN
    except CannotOpenError:
        return False
