"""Looks: the only way by which an officer sees an entry or a number, and each leaves a row that its owner can read.

Whoever looks writes a row of the trace next, which names the looks: without it nothing is kept and nothing shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from bot.core.registration import Entry
from storage import people, registrations, witness
from storage.ids import new_id
from storage.tables.casework import Incident
from storage.tables.looks import Delay, Look
from storage.tables.register import Grant, Registration

MOST_READ = 5000  # the newest looks that an owner reads: more stand in /mydata as a number


class Act(StrEnum):
    """What was shown: a place on a page, its pin, in a file; the owner's number, in a file; or a place, to staff."""

    PLACE = "place"
    PIN = "pin"
    FILE = "file"
    NUMBER = "number"
    EXPORT = "export"  # a number in a file
    VISIT = "visit"  # station staff who verify the register on the spot


@dataclass(frozen=True, slots=True)
class Eye:
    """Who looks, for which incident, when."""

    by: Grant
    incident: Incident | None
    now: datetime


def entries(tx: Session, eye: Eye, ids: Sequence[int], act: Act = Act.PLACE) -> dict[int, Entry]:
    """These registrations, opened for an officer; whoever left at this very moment is not among them."""
    rows = registrations.many(tx, ids)
    _note(tx, eye, [row for row in ids if row in rows], act)
    return {row_id: registrations.entry(tx, row) for row_id, row in rows.items()}


def number_of(tx: Session, eye: Eye, registration_id: int, act: Act = Act.NUMBER) -> str:
    """The phone number of a registration's owner, opened for an officer; empty where they took their consent back."""
    row = registrations.many(tx, [registration_id]).get(registration_id)
    owner = people.get(tx, row.person_id) if row and row.withdrawn_at is None else None
    if owner is None or owner.consent_at is None:
        return ""
    _note(tx, eye, [registration_id], act)
    return people.phone_of(tx, owner)


def _note(tx: Session, eye: Eye, ids: Sequence[int], act: Act) -> None:
    case = eye.incident
    noted = [
        Look(
            id=new_id(eye.now),
            registration_id=registration_id,
            incident_id=case.id if case else None,
            station=eye.by.station,
            kind=case.kind if case else "",
            act=act,
            at=eye.now,
        )
        for registration_id in ids
    ]
    tx.add_all(noted)
    tx.flush()
    witness.wait(tx, noted)


def at_entries_of(tx: Session, person_id: int, now: datetime) -> Sequence[tuple[str, Look]]:
    """What a person's entries were looked at, the newest first, each with the entry's number; delayed ones not yet."""
    query = (
        select(Registration.number, Look)
        .join(Look, col(Look.registration_id) == Registration.id)
        .join(Delay, col(Delay.incident_id) == Look.incident_id, isouter=True)
        .where(Registration.person_id == person_id, or_(col(Delay.until).is_(None), col(Delay.until) <= now))
        .order_by(col(Look.id).desc())
        .limit(MOST_READ)
    )
    return tx.exec(query).all()


def rows(tx: Session, registration_id: int | None = None) -> Sequence[Look]:
    """Every look there was, oldest first; at one registration where asked."""
    query = select(Look).order_by(col(Look.id))
    return tx.exec(query if registration_id is None else query.where(Look.registration_id == registration_id)).all()


def count(tx: Session, person_id: int) -> int:
    """How often a person's entries were looked at, whether they can read it yet or not."""
    mine = select(func.count()).select_from(Look).join(Registration, col(Registration.id) == Look.registration_id)
    return tx.exec(mine.where(Registration.person_id == person_id)).one()
