"""Registrations: saved, corrected, paused, withdrawn; the position and the label sealed in every one of them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func
from sqlmodel import Session, col, select

from bot.core.geo import Point
from bot.core.registration import UNSEEN, Draft, Entry, Kind, Site, Standing, State
from bot.core.resident.standing import first_check
from storage import free_numbers, prepared, spots
from storage.ids import new_id
from storage.prepared import Prepared
from storage.questions import Question, asked, listed
from storage.seal import seal_of
from storage.station import stations
from storage.tables.register import Person, Registration

# made once: building a statement takes longer than running it
_EVER_OWNED = (
    select(Registration).where(Registration.person_id == bindparam("person_id")).order_by(col(Registration.id))
)
_HOW_MANY = Prepared(
    select(func.count()).where(
        Registration.person_id == bindparam("person_id"), Registration.state != bindparam("withdrawn")
    )
)
_DAYS_KEPT = Question(
    "SELECT id, days_kept FROM registration WHERE days_kept IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
    "SELECT id, days_kept FROM registration WHERE days_kept IS NOT NULL AND id = ANY(%s::bigint[])",
)
_SEEING_ROAD = Question(
    "SELECT id FROM registration WHERE sees_road AND id IN (SELECT value FROM json_each(?))",
    "SELECT id FROM registration WHERE sees_road AND id = ANY(%s::bigint[])",
)
_OWNED = _EVER_OWNED.where(Registration.state != State.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an entry comes from that its owner did not type in: `number` and `slip` were printed for it before."""

    source: str = ""
    number: str = ""
    slip: str = ""
    kind: str = ""


def add(tx: Session, person: Person, draft: Draft, now: datetime, origin: Origin = Origin()) -> Registration:
    """Save a new registration under the consent the person gave. Raises ValueError without one."""
    if person.consent_at is None:
        raise ValueError("a registration needs its owner's consent")
    row = new_id(now)
    registration = Registration(
        id=row,
        number=origin.number or free_numbers.draw(tx),
        person_id=person.id,
        state=State.ACTIVE,
        cameras=draft.cameras,
        place_sealed=_sealed(tx, row, draft.site),
        consent_version=person.consent_version,
        consent_at=person.consent_at,
        created_at=now,
        changed_at=now,
        station_id=stations.ids_of(tx, [draft.site.point])[0],
        confirmed_at=now,
        check_at=first_check(row, now),
        source=origin.source,
        slip=origin.slip,
        kind=origin.kind,
    )
    prepared.add(tx, registration)
    spots.add(tx, row, draft.site.point, draft.cameras)
    return registration


def correct(tx: Session, registration: Registration, site: Site, cameras: int, now: datetime) -> None:
    """Put another place or count in; it stays paused if it was, and keeps its label unless the place has a name."""
    before = site_of(tx, registration)
    named = Site(site.point, site.name or before.name)
    if (before.point, registration.cameras) != (site.point, cameras):
        registration.verified_at = None  # nobody has seen it so
    registration.station_id = stations.ids_of(tx, [site.point])[0]
    registration.place_sealed = _sealed(tx, registration.id, named)
    registration.cameras = cameras
    registration.changed_at = now
    _sure(registration, now)
    if registration.state == State.ACTIVE:
        spots.put(tx, registration.id, site.point, cameras)


def pause(tx: Session, registration: Registration, now: datetime) -> None:
    """Hide it from every search until its owner resumes it."""
    registration.state, registration.changed_at = State.PAUSED, now
    spots.drop(tx, registration.id)


def resume(tx: Session, registration: Registration, now: datetime) -> None:
    """Make a paused registration searchable again."""
    registration.state, registration.changed_at = State.ACTIVE, now
    _sure(registration, now)
    spots.put(tx, registration.id, site_of(tx, registration).point, registration.cameras)


def confirm(tx: Session, registration: Registration, now: datetime) -> None:
    """Its owner said that it is still true: a hidden one is found again, unless it is paused."""
    was = Standing(registration.standing)
    _sure(registration, now)
    if was in UNSEEN and registration.state == State.ACTIVE:
        spots.put(tx, registration.id, site_of(tx, registration).point, registration.cameras)


def _sure(registration: Registration, now: datetime) -> None:
    registration.standing, registration.confirmed_at = Standing.SURE, now
    registration.check_at = first_check(registration.id, now)


def hide(tx: Session, registration: Registration) -> None:
    """Nobody said that it is still true: no search finds it until somebody does."""
    spots.drop(tx, registration.id)


def to_check(tx: Session, now: datetime, most: int) -> Sequence[Registration]:
    """Those whose owners are to be asked, or told, by now: the longest overdue first."""
    return tx.exec(
        select(Registration).where(col(Registration.check_at) <= now).order_by(col(Registration.check_at)).limit(most)
    ).all()


def withdraw(tx: Session, registration: Registration, retention_days: int, now: datetime) -> None:
    """Hide it for good; what is left stays sealed for the retention time (0: destroyed at once)."""
    spots.drop(tx, registration.id)
    registration.check_at = None
    if retention_days == 0:
        tx.delete(registration)
    else:
        registration.state, registration.withdrawn_at, registration.changed_at = State.WITHDRAWN, now, now
    tx.flush()


def purge(tx: Session, retention_days: int, now: datetime) -> int:
    """Destroy what was withdrawn longer ago than the retention time."""
    limit = now - timedelta(days=retention_days)
    return tx.connection().execute(delete(Registration).where(col(Registration.withdrawn_at) < limit)).rowcount or 0


def owned(tx: Session, person_id: int, *, withdrawn: bool = False) -> Sequence[Registration]:
    """A person's registrations, oldest first; the withdrawn ones only when asked for."""
    return tx.exec(_EVER_OWNED if withdrawn else _OWNED, params={"person_id": person_id}).all()


def how_many(tx: Session, person_id: int) -> int:
    """How many registrations a person has, without the withdrawn ones."""
    ((count,),) = _HOW_MANY.rows(tx, {"person_id": person_id, "withdrawn": State.WITHDRAWN.value})
    return int(count)


def find(tx: Session, number: str) -> Registration | None:
    return tx.exec(select(Registration).where(Registration.number == number)).first()


def many(tx: Session, ids: Sequence[int]) -> dict[int, Registration]:
    """These registrations by id."""
    rows = tx.exec(select(Registration).where(col(Registration.id).in_(ids)))
    return {row.id: row for row in rows}


def days_kept(tx: Session, ids: Sequence[int]) -> dict[int, int]:
    """After how many days recordings are overwritten, where the owner said so."""
    return dict(asked(tx, _DAYS_KEPT, listed(tx, ids)))


def seeing_road(tx: Session, ids: Sequence[int]) -> set[int]:
    """Those whose owners said that a camera sees the road."""
    return {row for (row,) in asked(tx, _SEEING_ROAD, listed(tx, ids))}


def entry(tx: Session, registration: Registration) -> Entry:
    """A registration opened, as the rest of the program works with it."""
    return Entry(
        registration.number,
        site_of(tx, registration),
        registration.cameras,
        State(registration.state),
        Kind(registration.kind) if registration.kind else None,
        registration.sees_road,
        registration.days_kept,
        Standing(registration.standing),
        registration.verified_at.date() if registration.verified_at else None,
    )


def site_of(tx: Session, registration: Registration) -> Site:
    lat, lon, name = json.loads(seal_of(tx).open("registration.place", registration.id, registration.place_sealed))
    return Site(Point(lat, lon), name)


def rename(tx: Session, registration: Registration, name: str, now: datetime) -> None:
    """Give the place a label."""
    registration.place_sealed = _sealed(tx, registration.id, Site(site_of(tx, registration).point, name))
    registration.changed_at = now


def _sealed(tx: Session, row: int, site: Site) -> bytes:
    plain = json.dumps([site.point.lat, site.point.lon, site.name], ensure_ascii=False).encode()
    return seal_of(tx).close("registration.place", row, plain)
