"""Requests to owners: each owner of a request is one row, asked once; what they answer; how a request stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, exists, func, update
from sqlmodel import Session, col, select

from bot.core.casework.request import WANTS_A_CALL, Has, Over, Reply, Tally, days_left
from bot.core.reading.window import Window
from bot.core.registration import State
from storage import kept
from storage.dialect import insert_once
from storage.ids import new_id
from storage.tables.casework import Incident
from storage.tables.register import Grant, Kept, Outbox, Registration
from storage.tables.requests import UNSETTLED, Asked, AskedPlace, Request


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be asked: for which incident, which time to keep, until when to answer, and which places."""

    incident: Incident
    window: Window
    deadline: datetime
    places: Sequence[int]


def owners(tx: Session, places: Sequence[int]) -> dict[int, list[Registration]]:
    """Who owns these places now, and which of them; what was paused or withdrawn meanwhile is nobody's to ask for."""
    query = select(Registration).where(col(Registration.id).in_(places), Registration.state == State.ACTIVE)
    found: dict[int, list[Registration]] = {}
    for row in tx.exec(query.order_by(col(Registration.id))):
        found.setdefault(row.person_id, []).append(row)
    return found


def asked_since(tx: Session, incident_id: int, since: datetime) -> set[int]:
    """The people who were asked for an incident since then."""
    query = select(Asked.person_id).join(Request, col(Request.id) == Asked.request_id)
    return set(tx.exec(query.where(Request.incident_id == incident_id, Request.asked_at > since)))


def make(tx: Session, by: Grant, plan: Plan, whom: dict[int, list[Registration]], now: datetime) -> Request:
    """A request, with a row for each owner."""
    request = Request(
        id=new_id(now),
        incident_id=plan.incident.id,
        grant_id=by.id,
        station=by.station,
        start_at=plan.window.start,
        end_at=plan.window.end,
        asked_at=now,
        deadline_at=plan.deadline,
    )
    tx.add(request)
    tx.flush()
    for person_id, places in whom.items():
        _ask(tx, request, person_id, places, now)
    return request


def _ask(tx: Session, request: Request, person_id: int, places: Sequence[Registration], now: datetime) -> None:
    row, message = new_id(now), kept.named(tx, person_id, message_of(request), now)
    said = {"answer": "", "keeps_number": False}
    if insert_once(tx, Asked, id=row, request_id=request.id, person_id=person_id, kept_id=message, **said):
        for place in places:
            tx.add(AskedPlace(asked_id=row, registration_id=place.id))
        tx.flush()


def message_of(request: Request) -> str:
    """The name under which an owner's message of this request is kept."""
    return f"asked:{request.id}"


def get(tx: Session, request_id: int) -> Request | None:
    return tx.get(Request, request_id)


def asked_of(tx: Session, request: Request) -> Sequence[Asked]:
    """Everyone of a request, in the order in which they are asked."""
    return tx.exec(select(Asked).where(Asked.request_id == request.id).order_by(col(Asked.id))).all()


def theirs(tx: Session, asked_id: int, person_id: int) -> tuple[Asked, Request] | None:
    """What this person was asked; None for what anyone else was asked."""
    asked = tx.get(Asked, asked_id)
    request = tx.get(Request, asked.request_id) if asked and asked.person_id == person_id else None
    return (asked, request) if asked and request else None


def places_of(tx: Session, asked: Asked) -> Sequence[Registration]:
    """The places an owner is asked about, without those that were withdrawn meanwhile."""
    query = select(Registration).join(AskedPlace, col(AskedPlace.registration_id) == Registration.id)
    there = query.where(AskedPlace.asked_id == asked.id, Registration.state != State.WITHDRAWN)
    return tx.exec(there.order_by(col(Registration.id))).all()


def of_incident(tx: Session, incident_id: int) -> Sequence[Request]:
    return tx.exec(select(Request).where(Request.incident_id == incident_id).order_by(col(Request.id))).all()


def count(tx: Session, person_id: int) -> int:
    """How many requests a person got."""
    return tx.exec(select(func.count()).select_from(Asked).where(Asked.person_id == person_id)).one()


def tally(tx: Session, request: Request, now: datetime) -> Tally:
    """Where a request stands now."""
    waits = exists().where(col(Outbox.kept_id) == Asked.kept_id, col(Outbox.sent_at).is_(None))
    query = select(Asked, Kept.there, waits).join(Kept, col(Kept.id) == Asked.kept_id, isouter=True)
    rows = tx.exec(query.where(Asked.request_id == request.id).order_by(col(Asked.id))).all()
    replies = {reply: sum(asked.answer == reply for asked, _, _ in rows) for reply in Reply}
    has = tuple(one for asked, _, _ in rows if asked.answer in WANTS_A_CALL for one in _has(tx, asked, request, now))
    delivered = sum(bool(there or asked.answer) for asked, there, _ in rows)
    on_the_way = sum(waiting and not (there or asked.answer) for asked, there, waiting in rows)
    return Tally(len(rows), delivered, on_the_way, replies, has, over=over(tx, request, now))


def _has(tx: Session, asked: Asked, request: Request, now: datetime) -> list[Has]:
    return [
        Has(place.number, Reply(asked.answer), days_left(request.start_at, place.days_kept, now))
        if place.days_kept is not None
        else Has(place.number, Reply(asked.answer), None)
        for place in places_of(tx, asked)
    ]


def sharing(tx: Session, person_id: int, now: datetime) -> Sequence[tuple[Asked, Request]]:
    """The requests for which an officer sees this person's number just now."""
    query = select(Asked, Request).join(Request, col(Request.id) == Asked.request_id)
    return tx.exec(query.where(Asked.person_id == person_id, col(Asked.number_until) > now)).all()


def keep_number(tx: Session, asked: Asked, request: Request, *, keeps: bool) -> None:
    """What a person says of their number holds for the whole incident, however often they were asked for it."""
    same = select(Request.id).where(Request.incident_id == request.incident_id)
    mine = (col(Asked.person_id) == asked.person_id, col(Asked.request_id).in_(same))
    tx.connection().execute(update(Asked).where(*mine).values(keeps_number=keeps))
    asked.keeps_number = keeps


def keeps_number(tx: Session, person_id: int, incident_id: int | None) -> bool:
    """Whether a person does not want their number shown for this incident."""
    said = select(Asked.id).join(Request, col(Request.id) == Asked.request_id)
    no = said.where(Request.incident_id == incident_id, Asked.person_id == person_id, col(Asked.keeps_number))
    return tx.exec(no.limit(1)).first() is not None


def purge(tx: Session, before: datetime) -> int:
    """Forget requests that were made before then, with whom they asked and what was answered."""
    old = select(Request.id).where(col(Request.asked_at) < before)
    tx.connection().execute(delete(Asked).where(col(Asked.request_id).in_(old)))
    return tx.connection().execute(delete(Request).where(col(Request.asked_at) < before)).rowcount or 0


def over(tx: Session, request: Request, now: datetime) -> Over | None:
    """Why nobody can answer any more: the deadline has passed, or the incident was closed; None while one can."""
    incident = tx.get(Incident, request.incident_id)
    if incident is None or (incident.closed_at and incident.closed_at < request.deadline_at):
        return Over.CLOSED
    return Over.LATE if now >= request.deadline_at else None


def once(tx: Session, request: Request, mark: Literal["reminded", "thanked"], now: datetime) -> bool:
    """Mark a request as reminded or thanked. False where it was before: of two workers one does it."""
    column = Request.__table__.c[f"{mark}_at"]  # type: ignore[attr-defined]  # SQLModel hides it from mypy
    marked = update(Request).where(col(Request.id) == request.id, column.is_(None)).values({column: now})
    return bool(tx.connection().execute(marked).rowcount)


def running(tx: Session, now: datetime) -> Sequence[Request]:
    """Requests that can still be answered."""
    query = select(Request).join(Incident, col(Incident.id) == Request.incident_id)
    live = query.where(col(Request.deadline_at) > now, col(Incident.closed_at).is_(None))
    return _in_order(tx.exec(live))


def unsettled(tx: Session) -> Sequence[Request]:
    """Requests whose live message does not yet say that they are over."""
    return tx.exec(select(Request).where(UNSETTLED).order_by(col(Request.id))).all()


def unthanked(tx: Session, closed_before: datetime) -> Sequence[Request]:
    """Requests whose incident was closed before then, and nobody was thanked."""
    query = select(Request).join(Incident, col(Incident.id) == Request.incident_id)
    closed = query.where(col(Incident.closed_at) <= closed_before, col(Request.thanked_at).is_(None))
    return _in_order(tx.exec(closed))


def _in_order(found: Iterable[Request]) -> Sequence[Request]:
    """Those asked first first. Asked for that order, a database would rather read the whole table in it."""
    return sorted(found, key=lambda request: request.id)
