"""Which keys of the ring are in use: a new one once a bot takes it up, an old one for as long as it seals anything."""

import time
from collections import Counter
from enum import Enum, auto

from sqlalchemy import LargeBinary, func, select
from sqlmodel import Session

from storage import keycheck
from storage.engine import LOOK_S, Store
from storage.keeping.reseal import PARTS, Part
from storage.seal import seal_of


def take_up(store: Store) -> bool:
    """Begin to work with a ring: say that its newest key seals from now on. False where the ring lacks a key in use."""
    taken = store.run(_take_up, look=False)
    if taken is Taken.ANEW:
        time.sleep(1.5 * LOOK_S)  # by then a process that lacks this key has noticed, and stopped
    return taken is not Taken.NOT


def sealing(store: Store) -> int | None:
    """Which key of the ring seals just now, by its place: the first in use. None where the ring lacks a key in use."""
    return store.run(_sealing, look=False)


def _sealing(tx: Session) -> int | None:
    used, ids = _used(tx), seal_of(tx).ids
    if used - set(ids):
        return None
    first = next((n for n, key in enumerate(ids) if key in used), 0)
    if not keycheck.in_use(tx):
        keycheck.note(tx, used | {ids[first]})
    return first


class Taken(Enum):
    """How a ring was taken up."""

    NOT = auto()
    AS_BEFORE = auto()
    ANEW = auto()  # its newest key was not in use before


def _take_up(tx: Session) -> Taken:
    used, newest = _used(tx), seal_of(tx).ids[0]
    if used - set(seal_of(tx).ids):
        return Taken.NOT
    if used | {newest} != keycheck.in_use(tx):
        keycheck.note(tx, used | {newest})
    return Taken.ANEW if used and newest not in used else Taken.AS_BEFORE


def _used(tx: Session) -> set[bytes]:
    """The keys in use; one that this ring lacks and that sealed nothing was a mistake."""
    used = keycheck.in_use(tx)
    if used and not keycheck.lacking(tx):
        return used
    holding = {key for part in PARTS for key in holds(tx, part)}
    return used & holding if used else holding


def holds(tx: Session, part: Part) -> Counter[bytes]:
    """How many sealed values of a table each key holds, by key id."""
    counts: Counter[bytes] = Counter()
    for column in part.boxes:
        box = part.table.c[column]
        key = func.substr(box, 2, 2, type_=LargeBinary)
        found = tx.connection().execute(select(key, func.count()).where(func.length(box) > 0).group_by(key))
        counts.update({bytes(key_id): many for key_id, many in found})
    return counts
