"""Seals rows anew with the newest key of the ring, and makes their tokens anew: a batch in one transaction."""

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, LargeBinary, Table, and_, bindparam, func, or_, select, text, update
from sqlmodel import Session, SQLModel

from bot.core.cover import cell_of
from bot.core.geo import Point
from storage.dialect import is_postgres, try_locks
from storage.seal import CannotOpenError, Seal, seal_of
from storage.tables.admin import Broadcast, Proposal
from storage.tables.casework import Approval, Incident
from storage.tables.factors import Factor
from storage.tables.looks import Delay
from storage.tables.register import Grant, Invite, Kept, Outbox, Person, Registration, Spot
from storage.tables.societies import CameBy, Door, Society, Wish
from storage.tables.trace import Audit
from storage.tables.waiting import ClaimCode, Waiting

Fields = dict[str, Any]
BATCH = 500  # rows looked at in one transaction: people wait for it no longer than for each other
_POINT = struct.Struct(">dd")


@dataclass(frozen=True)
class Part:
    """A table with sealed columns, and what each of them is sealed as."""

    model: type[SQLModel]
    boxes: Mapping[str, str]
    key: str = "id"

    @property
    def table(self) -> Table:
        return cast(Table, self.model.__table__)  # type: ignore[attr-defined]  # SQLModel hides it from mypy

    @property
    def name(self) -> str:
        return self.table.name


PEOPLE = Part(Person, {"chat_sealed": "person.chat", "phone_sealed": "person.phone", "stages_sealed": "person.stages"})
SPOTS = Part(Spot, {"point_sealed": "spot"}, key="registration_id")
POST = Part(Outbox, {"message_sealed": "outbox"})
INCIDENTS = Part(Incident, {"told_sealed": "incident.told"})
KEPT = Part(Kept, {"kept_sealed": "kept"})
DOORS = Part(Door, {"payload_sealed": "door.payload"})
WAITING = Part(
    Waiting, {"phone_sealed": "waiting.phone", "place_sealed": "waiting.place", "once_sealed": "waiting.once"}
)
CODES = Part(ClaimCode, {"code_sealed": "claim_code.code"})
NEWS = Part(Broadcast, {"words_sealed": "broadcast.words"})
PROPOSALS = Part(Proposal, {"wish_sealed": "proposal.wish"})
LINKS = Part(Invite, {"name_sealed": "invite.name"})
PARTS = (
    PEOPLE,
    Part(Registration, {"place_sealed": "registration.place"}),
    SPOTS,
    Part(Grant, {"name_sealed": "grant.name"}),
    Part(Audit, {"detail_sealed": "audit.detail"}),
    POST,
    LINKS,
    INCIDENTS,
    PROPOSALS,
    NEWS,
    KEPT,
    Part(Delay, {"reason_sealed": "delay.reason"}, key="incident_id"),
    Part(Society, {"told_sealed": "society.told"}),
    DOORS,
    Part(Wish, {"named_sealed": "wish.named", "who_sealed": "wish.who"}),
    WAITING,
    CODES,
    Part(CameBy, {"told_sealed": "came_by.told"}, key="person_id"),
    Part(Factor, {"seed_sealed": "factor.seed"}),
    Part(Approval, {"asked_sealed": "approval.asked"}),
)


@dataclass
class Step:
    """One batch: up to which key, how many rows it looked at, which it sealed anew, and which it could not."""

    last: int
    looked: int
    sealed: int = 0
    stuck: set[int] = field(default_factory=set)  # their boxes do not open
    twice: set[int] = field(default_factory=set)  # another row has their chat


def end_of(tx: Session, part: Part) -> int:
    """The last key there is now: what comes after it is sealed with the newest key from the start."""
    return tx.connection().execute(select(func.max(part.table.c[part.key]))).scalar_one() or 0


def batch(tx: Session, part: Part, after: int, end: int, now: datetime) -> Step | None:
    """Seal the next rows anew, in the order of their keys; those that others work on are left. None at the end."""
    if is_postgres(tx):
        tx.connection().execute(text("SET LOCAL lock_timeout = '300ms'"))  # we give way before it is a deadlock
    key = part.table.c[part.key]
    window = select(key).where(key > after, key <= end).order_by(key).limit(BATCH).subquery()
    last, looked = tx.connection().execute(select(func.max(window.c[0]), func.count()).select_from(window)).one()
    if last is None:
        return None
    step = Step(last, looked)
    query = select(part.table).where(key > after, key <= last, is_old(seal_of(tx), part, now))
    found = tx.connection().execute(query.order_by(key).with_for_update(skip_locked=True)).mappings()
    rows = {row[part.key]: dict(row) for row in found}
    changes = {row_id: new for row_id, row in rows.items() if (new := _anew(seal_of(tx), part, row, step))}
    if part is PEOPLE:
        changes = _free(tx, changes, rows, step)
    if changes:
        _write(tx, part, changes)
    step.sealed = len(changes)
    return step


def is_old(seal: Seal, part: Part, now: datetime) -> ColumnElement[bool]:
    """Whether a box of a row was sealed with an old key of the ring.

    A link that still works keeps its box: its token cannot be made anew, so its box tells which key it needs.
    """
    old = or_(*(_key_id(part, column).in_(seal.ids[1:]) for column in part.boxes))
    if part is LINKS:
        return and_(old, ~still_works(now))
    return old


def still_works(now: datetime) -> ColumnElement[bool]:
    """Whether a link was not used yet and is not too old."""
    links = LINKS.table.c
    return and_(links.used_at.is_(None), links.expires_at > now)


def _key_id(part: Part, column: str) -> ColumnElement[bytes]:
    return func.substr(part.table.c[column], 2, 2, type_=LargeBinary)


def tokens(seal: Seal, part: Part, row: Fields, plain: dict[str, bytes]) -> Fields:
    """What the row is found by, with the newest key."""
    if part is PEOPLE:
        chat = f"{row['channel']}:{plain['chat_sealed'].decode()}".encode()
        found = row["phone_token"] is not None and "phone_sealed" in plain  # none after /forget
        phone = seal.token("phone", plain["phone_sealed"]) if found else None
        return {"chat_token": seal.token("chat", chat), "phone_token": phone}
    if part is SPOTS:
        lat, lon = _POINT.unpack(plain["point_sealed"])
        return {"cell_token": seal.cell_tokens([cell_of(Point(lat, lon))])[0]}
    if part is INCIDENTS:
        reference = json.loads(plain["told_sealed"])["reference"]
        return {"reference_token": seal.token("incident.reference", reference.encode())}
    if part is KEPT:
        name = json.loads(plain["kept_sealed"])["name"]
        return {"token": seal.token("kept", f"{row['person_id']}:{name}".encode())}
    if part is DOORS:
        return {"token": seal.token("door", plain["payload_sealed"])}
    if part is CODES:
        return {"token": seal.token("claim_code", plain["code_sealed"])}
    if part is WAITING:
        phone = seal.token("phone", plain["phone_sealed"]) if "phone_sealed" in plain else None
        return {"phone_token": phone, "once_token": seal.token("waiting.once", plain["once_sealed"])}
    return {}


def opened(seal: Seal, part: Part, row: Fields) -> dict[str, bytes]:
    """The boxes of a row, opened; columns without one are left out. Raises CannotOpenError."""
    return {column: seal.open(what, row[part.key], row[column]) for column, what in part.boxes.items() if row[column]}


def _anew(seal: Seal, part: Part, row: Fields, step: Step) -> Fields:
    row_id = row[part.key]
    try:
        plain = opened(seal, part, row)
    except CannotOpenError:
        step.stuck.add(row_id)
        return {}
    boxes = {
        column: seal.close(what, row_id, plain[column]) if column in plain else row[column]
        for column, what in part.boxes.items()
    }
    return boxes | tokens(seal, part, row, plain)


def _free(tx: Session, changes: dict[int, Fields], rows: dict[int, Fields], step: Step) -> dict[int, Fields]:
    """The people among these whom nobody handles just now; the messages that wait for them change lanes with them."""
    before = {row: rows[row]["chat_token"] for row in changes}
    after = {row: change["chat_token"] for row, change in changes.items()}
    people = PEOPLE.table.c
    owners = select(people.chat_token, people.id).where(people.chat_token.in_(after.values()))
    owner = {row[0]: row[1] for row in tx.connection().execute(owners)}
    step.twice = {row for row, token in after.items() if owner.get(token, row) != row}
    held = try_locks(tx, {*before.values(), *after.values()})
    free = [row for row, token in after.items() if row not in step.twice and {before[row], token} <= held]
    moved = [{"old": before[row], "new": after[row]} for row in free if before[row] != after[row]]
    if moved:
        waiting = POST.table
        lane = update(waiting).where(waiting.c.lane == bindparam("old"), waiting.c.sent_at.is_(None))
        tx.connection().execute(lane.values(lane=bindparam("new")), moved)
    return {row: changes[row] for row in free}


def _write(tx: Session, part: Part, changes: dict[int, Fields]) -> None:
    columns = next(iter(changes.values()))
    statement = update(part.table).where(part.table.c[part.key] == bindparam("this_row"))
    statement = statement.values({column: bindparam(f"new_{column}") for column in columns})
    values = [
        {"this_row": row} | {f"new_{column}": value for column, value in change.items()}
        for row, change in changes.items()
    ]
    tx.connection().execute(statement, values)
