"""Rotation: everything sealed anew with the newest key, while the bot serves; then verified value by value."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from sqlalchemy import LargeBinary, func, select, update
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from storage import keycheck, trace
from storage.dialect import is_postgres
from storage.engine import Store
from storage.keeping.reseal import LINKS, PARTS, PEOPLE, POST, Part, batch, end_of, is_old, opened, still_works, tokens
from storage.keeping.ring import holds
from storage.seal import CannotOpenError, seal_of

T = TypeVar("T")
FIRST, LAST = -1, 2**63 - 1
PASSES = 20  # through a table, for the rows that somebody worked on just then
BETWEEN_PASSES_S = 0.5
WAITS_S = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20)  # for a database that is busy, or away


@dataclass
class Rotation:
    """What was done, and what could not be: row ids, by table."""

    now: datetime
    sealed: int = 0
    stuck: dict[str, set[int]] = field(default_factory=dict)  # they open with no key of the ring
    twice: set[int] = field(default_factory=set)  # people who have a second row for the same chat
    left: dict[str, set[int]] = field(default_factory=dict)  # still sealed, or found, with an old key
    links: int = 0  # that work only with an old key
    links_until: datetime | None = None

    @property
    def complete(self) -> bool:
        return not (self.stuck or self.twice or self.left)


def held(store: Store, part: Part) -> Counter[bytes]:
    """How many sealed values of a table each key holds, by key id."""
    return _patiently(store, lambda tx: holds(tx, part))


def rows(store: Store) -> int:
    """How many rows a rotation looks at."""
    return store.run(lambda tx: sum(_count(tx, part) for part in PARTS))


def _count(tx: Session, part: Part) -> int:
    return tx.connection().execute(select(func.count()).select_from(part.table)).scalar_one()


def reseal(store: Store, doing: Rotation) -> Iterator[int]:
    """Seal everything anew, giving way to whoever serves; yields rows looked at. Begins anew where it was stopped."""
    for part in PARTS:
        for _ in range(PASSES):
            yield from _once(store, part, doing)
            if not _left(store, part, doing):
                break
            time.sleep(BETWEEN_PASSES_S)
    _patiently(store, _one_lane_each)


def _once(store: Store, part: Part, doing: Rotation) -> Iterator[int]:
    after, end = FIRST, _patiently(store, lambda tx: end_of(tx, part))
    while True:
        began = time.monotonic()
        step = _patiently(store, lambda tx: batch(tx, part, after, end, doing.now))  # noqa: B023 - it runs at once
        if step is None:
            return
        after = step.last
        doing.sealed += step.sealed
        doing.twice |= step.twice
        if step.stuck:
            doing.stuck.setdefault(part.name, set()).update(step.stuck)
        pause = time.monotonic() - began
        yield step.looked
        time.sleep(pause)  # as long as we held the database, others may have it


def _left(store: Store, part: Part, doing: Rotation) -> int:
    """How many rows wait for another pass; on SQLite nobody else was at work, so none."""

    def count(tx: Session) -> int:
        if not is_postgres(tx):
            return 0
        old = select(part.table.c[part.key]).where(is_old(seal_of(tx), part, doing.now))
        known = doing.stuck.get(part.name, set()) | (doing.twice if part is PEOPLE else set())
        return len(set(tx.connection().execute(old).scalars()) - known)

    return _patiently(store, count)


def _one_lane_each(tx: Session) -> None:
    """What others queued in a person's old lane meanwhile goes on in the new one."""
    people, post = PEOPLE.table.c, POST.table
    lane = select(people.chat_token).where(people.id == post.c.person_id).scalar_subquery()
    strays = (post.c.sent_at.is_(None), post.c.lane != lane)
    tx.connection().execute(update(post).where(*strays).values(lane=lane))


def verify(store: Store, doing: Rotation) -> Iterator[int]:
    """Open every value and make every token again, to compare; yields rows looked at. At the end the key is changed."""
    for part in PARTS:
        after, end = FIRST, _patiently(store, lambda tx: end_of(tx, part))  # noqa: B023 - it runs at once
        while after < end:
            began = time.monotonic()
            looked, after = _patiently(store, lambda tx: _look_through(tx, part, after, doing))  # noqa: B023 - it runs at once
            pause = time.monotonic() - began
            yield looked
            time.sleep(pause)
    doing.links, doing.links_until = _patiently(store, lambda tx: _links(tx, doing.now))
    if doing.complete:
        _patiently(store, _done)


def _done(tx: Session) -> None:
    trace.keep_keys(tx)
    keycheck.reseal(tx)


def _look_through(tx: Session, part: Part, after: int, doing: Rotation, most: int = 2000) -> tuple[int, int]:
    key, seal = part.table.c[part.key], seal_of(tx)
    query = select(part.table).where(key > after).order_by(key).limit(most)
    found = [dict(row) for row in tx.connection().execute(query).mappings()]
    known = doing.stuck.get(part.name, set()) | (doing.twice if part is PEOPLE else set())
    for row in found:
        if part is LINKS and row["used_at"] is None and row["expires_at"] > doing.now:
            continue  # it still works, with the key it was made with
        boxes = [row[column] for column in part.boxes if row[column]]
        if row[part.key] in known or all(box[1:3] not in seal.ids for box in boxes):
            continue
        try:
            plain = opened(seal, part, row)
            fine = all(box[1:3] == seal.ids[0] for box in boxes)
            fine = fine and all(row[column] == token for column, token in tokens(seal, part, row, plain).items())
        except CannotOpenError:
            fine = False
        if not fine:
            doing.left.setdefault(part.name, set()).add(row[part.key])
    return len(found), found[-1][part.key] if len(found) == most else LAST


def _links(tx: Session, now: datetime) -> tuple[int, datetime | None]:
    """How many links work only while an old key is in the ring, and until when."""
    links = LINKS.table.c
    old = func.substr(links.name_sealed, 2, 2, type_=LargeBinary).in_(seal_of(tx).ids[1:])
    query = select(func.count(), func.max(links.expires_at)).where(old, still_works(now))
    many, until = tx.connection().execute(query).one()
    return many, until


def _patiently(store: Store, work: Callable[[Session], T]) -> T:
    """Run it in a transaction; where the database is busy or away, again a little later."""
    for wait in WAITS_S:
        try:
            return store.run(work)
        except OperationalError:
            time.sleep(wait)
    return store.run(work)
