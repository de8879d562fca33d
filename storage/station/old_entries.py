"""Entries of an older register on their way in: which are new, and all of them at once."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert
from sqlmodel import Session, col, select

from bot.core.geo import Point, metres
from bot.core.registration import SAME_PLACE_M, Draft, State
from bot.core.station.old_register import Old
from storage import audit
from storage.places import placed
from storage.seal import seal_of
from storage.station import codes, stations, waiting
from storage.tables.register import Person, Registration
from storage.tables.waiting import ClaimCode, Waiting

SOURCE = "register"
BATCH = 2000


class Invited(NamedTuple):
    """A number with a code for what waits for it, and whoever has that number in the chat already."""

    phone: str
    code: str
    person_id: int | None


def news(tx: Session, rows: Iterable[Old], tell: Callable[[int], None]) -> list[bool]:
    """For each row whether it is new: not imported before, and not within 20 m of its owner's own entry."""
    seal = seal_of(tx)
    before = set(tx.exec(select(Waiting.once_token)))
    owners = _owners(tx)
    places: dict[int, list[Point]] = {}
    answers = []
    for n, row in enumerate(rows, 1):
        draft = row.draft
        there = any(token in before for token in seal.tokens("waiting.once", waiting.once_of(draft)))
        answers.append(not there and not _has(tx, owners, places, draft))
        if n % BATCH == 0:
            tell(BATCH)
    return answers


def _owners(tx: Session) -> dict[bytes, int]:
    """Who has which number, by its token."""
    found = tx.exec(select(Person.phone_token, Person.id).where(col(Person.phone_token).is_not(None)))
    return {token: person for token, person in found if token}


def _has(tx: Session, owners: dict[bytes, int], places: dict[int, list[Point]], draft: Draft) -> bool:
    owner = _owner(tx, owners, draft.phone)
    if owner is None:
        return False
    if owner not in places:
        own = placed(tx, Registration.person_id == owner, Registration.state != State.WITHDRAWN)
        places[owner] = list(own.values())
    return any(metres(point, draft.site.point) <= SAME_PLACE_M for point in places[owner])


def _owner(tx: Session, owners: dict[bytes, int], phone: str) -> int | None:
    tokens = seal_of(tx).tokens("phone", phone.encode())
    return next((owners[token] for token in tokens if token in owners), None)


def take(tx: Session, rows: Sequence[Old], station: str, now: datetime, tell: Callable[[int], None]) -> list[Invited]:
    """Keep them all, hidden until their owners agree; one code for each number. Raises IntegrityError."""
    invited = _invited(tx, rows, now)
    code_of = {one.phone: code_id for code_id, one in invited.items()}
    names = {one.id: one.name for one in stations.every(tx)}
    for first in range(0, len(rows), BATCH):
        part = rows[first : first + BATCH]
        homes = stations.ids_of(tx, [row.draft.site.point for row in part])
        told = [
            waiting.row_of(
                seal_of(tx),
                row.draft,
                SOURCE,
                now,
                kind=row.kind,
                code_id=code_of[row.draft.phone],
                station=station or names.get(home or 0, ""),
            )
            for row, home in zip(part, homes, strict=True)
        ]
        tx.connection().execute(insert(Waiting), told)
        tell(len(part))
    cameras = sum(row.draft.cameras for row in rows)
    audit.write(tx, audit.Act.IMPORT, now, places=len(rows), cameras=cameras, numbers=len(invited))
    return list(invited.values())


def _invited(tx: Session, rows: Sequence[Old], now: datetime) -> dict[int, Invited]:
    """A code for each number, by the row that keeps it."""
    owners, invited, kept = _owners(tx), {}, []
    for phone in dict.fromkeys(row.draft.phone for row in rows):
        code = codes.fresh()
        row = codes.row_of(seal_of(tx), code, now)
        kept.append(row)
        invited[int(str(row["id"]))] = Invited(phone, code, _owner(tx, owners, phone))
    for first in range(0, len(kept), BATCH):
        tx.connection().execute(insert(ClaimCode), kept[first : first + BATCH])
    return invited
