"""Which keys of the ring are in use: a new one once a bot takes it up, an old one for as long as it seals anything."""

import time
from collections import Counter

from sqlalchemy import LargeBinary, func, select
from sqlmodel import Session

from storage import keycheck
from storage.engine import LOOK_S, Store
from storage.keeping.reseal import PARTS, Part
from storage.seal import seal_of


def take_up(store: Store) -> bool:
    """Begin to work with a ring: say that its newest key seals from now on. False where the ring lacks a key in use."""
    before = store.run(lambda tx: _begin(tx, newest=True), look=False)
    if before:
        time.sleep(1.5 * LOOK_S)  # by then a process that lacks this key has noticed, and stopped
    return before is not None


def sealing(store: Store) -> int | None:
    """Which key of the ring seals just now, by its place: the first in use. None where the ring lacks a key in use."""
    return store.run(lambda tx: _begin(tx, newest=False), look=False)


def _begin(tx: Session, *, newest: bool) -> int | None:
    """The place of the key that sealed until now; `newest`: from now on it is the first of the ring."""
    used, ids, noted = _used(tx), seal_of(tx).ids, keycheck.in_use(tx)
    if used - set(ids):
        return None
    place = next((n for n, key in enumerate(ids) if key in used), 0)
    begun = used | {ids[0 if newest else place]}
    if begun != noted and (newest or not noted):
        keycheck.note(tx, begun)
    return place


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
