"""Counts of who came how far through a door. What leaves this file is rounded: no exact count ever does."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, case, delete, func, update
from sqlmodel import Session, col, select

from bot.core.society.funnel import FEWEST, IN_ALL, Counts, Step, told
from storage.dialect import insert_once, upsert
from storage.prepared import Prepared
from storage.seal import seal_of
from storage.tables.societies import CameBy, Funnel

COLUMNS = {
    Step.OPENED: "opened",
    Step.AGREED: "agreed",
    Step.NUMBER: "gave_number",
    Step.PLACE: "gave_place",
    Step.SAVED: "saved",
}
_TOLD = Prepared(select(CameBy.told_sealed).where(CameBy.person_id == bindparam("person_id")))
_NOTHING = dict.fromkeys([*COLUMNS.values(), "cameras", "cameras_told"], 0)


def came(tx: Session, person_id: int, door_id: int, week: int, now: datetime) -> None:
    """Someone came through a door: whatever they do from now on counts for it."""
    _walked(tx, person_id, door_id, Step.OPENED, 0, week, now)


def went_on(tx: Session, person_id: int, step: Step, week: int, now: datetime, cameras: int = 0) -> None:
    """Someone got as far as a step: it counts once for each person and door, and those before it with it."""
    if door_id := _told(tx, person_id)[0]:
        _walked(tx, person_id, door_id, step, cameras, week, now)


def doors_of(tx: Session, person_id: int) -> Sequence[int]:
    """The doors through which someone came, for themselves to see."""
    return sorted(_told(tx, person_id)[1])


def counts(tx: Session, door_ids: Sequence[int], week: int = IN_ALL) -> Counts:
    """Of all these doors together: of one week, or in all. Who signs up has a camera: so there are as many of these."""
    sums = [func.coalesce(func.sum(col(getattr(Funnel, name))), 0) for name in (*COLUMNS.values(), "cameras_told")]
    query = select(*sums).where(col(Funnel.door_id).in_(door_ids), Funnel.week == week)
    opened, agreed, number, place, saved, cameras = (told(int(n)) for n in tx.connection().execute(query).one())
    return Counts((opened, agreed, number, place, saved), max(cameras, saved))


def forget(tx: Session, person_id: int) -> None:
    """Nothing leads from this person to a door any more; the counts stay."""
    tx.connection().execute(delete(CameBy).where(col(CameBy.person_id) == person_id))


def purge(tx: Session, before: datetime, week: int) -> int:
    """Forget how those came who stopped on the way before then, and all weeks but this one and the last."""
    stopped = delete(CameBy).where(~col(CameBy.saved), col(CameBy.at) < before)
    old = delete(Funnel).where(col(Funnel.week) != IN_ALL, col(Funnel.week) < week - 1)
    return sum(tx.connection().execute(statement).rowcount or 0 for statement in (stopped, old))


def _walked(tx: Session, person_id: int, door_id: int, step: Step, cameras: int, week: int, now: datetime) -> None:
    _, reached = _told(tx, person_id)
    before = reached.get(door_id, 0)
    new = [COLUMNS[other] for other in Step if before < other <= step]
    if new or cameras:
        for counted_in in (IN_ALL, week):
            _add(tx, door_id, counted_in, new, cameras)
    reached[door_id] = max(before, step)
    told = json.dumps([door_id, [list(pair) for pair in reached.items()]]).encode()
    row = {"told_sealed": seal_of(tx).close("came_by.told", person_id, told), "at": now}
    row |= {"saved": True} if step is Step.SAVED else {}
    upsert(tx, CameBy, {"person_id": person_id, "saved": False} | row, row)


def _told(tx: Session, person_id: int) -> tuple[int, dict[int, int]]:
    """The door of the moment, and how far they got through each."""
    if not (found := _TOLD.rows(tx, {"person_id": person_id})):
        return 0, {}
    ((box,),) = found
    door_id, reached = json.loads(seal_of(tx).open("came_by.told", person_id, box))
    return door_id, {int(door): int(step) for door, step in reached}


def _add(tx: Session, door_id: int, week: int, columns: Sequence[str], cameras: int) -> None:
    """Cameras are told only when five more people have saved: so they never give away what one of them has."""
    insert_once(tx, Funnel, door_id=door_id, week=week, **_NOTHING)
    values = {name: col(getattr(Funnel, name)) + 1 for name in columns}
    values["cameras"] = col(Funnel.cameras) + cameras
    if "saved" in columns:
        fifth = (col(Funnel.saved) + 1) % FEWEST == 0
        values["cameras_told"] = case((fifth, col(Funnel.cameras) + cameras), else_=col(Funnel.cameras_told))
    here = (col(Funnel.door_id) == door_id, col(Funnel.week) == week)
    tx.connection().execute(update(Funnel).where(*here).values(values))
