"""Notices a wrong key at the start, and a missing one later: what the database says of its keys."""

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from storage.seal import CannotOpenError, seal_of
from storage.tables.register import Meta

_KEY, _PLAIN = "key check", b"citizen-eye"
_IN_USE = "keys in use"


class MissingKeyError(SQLAlchemyError):
    """The register is sealed with a newer key than this process has: an outage, until it is restarted with the key."""


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


def check_value(tx: Session) -> bytes:
    """The sealed value that the right key opens; empty where nothing was sealed yet."""
    row = tx.get(Meta, _KEY)
    return row.value if row else b""


def in_use(tx: Session) -> set[bytes]:
    """The ids of the keys that seal this register: whoever lacks one of them does not find some people and places."""
    found = tx.connection().execute(select(col(Meta.value)).where(col(Meta.key) == _IN_USE)).scalar() or b""
    return {found[at : at + 2] for at in range(0, len(found), 2)}


def lacking(tx: Session) -> set[bytes]:
    """Those of them that are not in the ring of this process."""
    return in_use(tx) - set(seal_of(tx).ids)


def note(tx: Session, ids: set[bytes]) -> None:
    """Write down which keys are in use."""
    tx.merge(Meta(key=_IN_USE, value=b"".join(sorted(ids))))


def look(tx: Session) -> None:
    """Stop rather than answer wrongly. Raises MissingKeyError."""
    if lacking(tx):
        raise MissingKeyError("this process lacks a key of the register: restart it with the whole ring")


def reseal(tx: Session) -> None:
    """From now on the newest key is the only one that is needed."""
    tx.merge(Meta(key=_KEY, value=seal_of(tx).close("meta.value", 0, _PLAIN)))
    note(tx, {seal_of(tx).ids[0]})
