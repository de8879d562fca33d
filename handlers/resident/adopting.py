"""What happens to an entry that waited, once its owner has decided."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core.messages import Answer
from bot.core.registration import Draft, Site, State
from bot.core.resident.signup_questions import NeedSave, question
from handlers.society import arriving
from handlers.visit import Visit
from storage import audit, people, registrations
from storage.admin import grants
from storage.registrations import Origin
from storage.station import waiting
from storage.station.waiting import Outcome
from storage.tables.register import Registration
from storage.tables.waiting import Waiting
from storage.withdrawal import withdraw


def site_of(visit: Visit, row: Waiting) -> Site | None:
    """Where it is; None once it is settled, or what it became is gone."""
    if row.settled_at is None:
        return waiting.draft_of(visit.tx, row).site
    signed = _signed(visit, row)
    return registrations.site_of(visit.tx, signed) if signed else None


def _signed(visit: Visit, row: Waiting) -> Registration | None:
    """The entry that a signed slip became, while nobody has claimed it."""
    if row.outcome != Outcome.SIGNED or row.registration_id is None:
        return None
    found = registrations.many(visit.tx, [row.registration_id]).get(row.registration_id)
    return found if found and found.state != State.WITHDRAWN else None


def made_by(visit: Visit, row: Waiting) -> bool:
    """Whether this very person entered it for somebody else: they have seen its code, and may not use it."""
    grant = grants.get(visit.tx, row.grant_id) if row.grant_id else None
    return grant is not None and grant.person_id == visit.person.id


def may_decide(visit: Visit, row: Waiting, *, by_code: bool) -> bool:
    """Whether it is still open, and theirs: by its code, or because it waits for their own number."""
    if site_of(visit, row) is None:
        return False
    phone = people.phone_of(visit.tx, visit.person) if visit.person.phone_token else ""
    return by_code or any(one.id == row.id for one in waiting.of_phone(visit.tx, phone))


def keep(visit: Visit, row: Waiting) -> str:
    """It is theirs from now on, under the consent they gave: its number."""
    found = _signed(visit, row) or _register(visit, row)
    found.person_id, found.consent_version = visit.person.id, visit.person.consent_version
    found.consent_at = visit.person.consent_at or visit.now
    waiting.settle(row, Outcome.KEPT, visit.now, found.id)
    audit.write(visit.tx, audit.Act.ADOPTED, visit.now, person_id=visit.person.id, number=found.number)
    return found.number


def _register(visit: Visit, row: Waiting) -> Registration:
    draft = replace(waiting.draft_of(visit.tx, row), phone=people.phone_of(visit.tx, visit.person))
    origin = Origin(row.source, row.number or "", kind=row.kind)
    made = registrations.add(visit.tx, visit.person, draft, visit.now, origin)
    arriving.saved(visit, draft.cameras)
    return made


def correct(visit: Visit, row: Waiting) -> Sequence[Answer]:
    """The summary with a change button for each answer; saved, it is an entry of theirs like any other."""
    phone, signed = people.phone_of(visit.tx, visit.person), _signed(visit, row)
    if signed:
        site = registrations.site_of(visit.tx, signed)
        draft = Draft(phone, site, signed.cameras, keep(visit, row))
    else:
        draft = replace(waiting.draft_of(visit.tx, row), phone=phone)
        waiting.settle(row, Outcome.CORRECTED, visit.now)
    visit.push(NeedSave(draft))
    return question(NeedSave(draft), visit.house.town)


def remove(visit: Visit, row: Waiting) -> None:
    """Whoever has the number or the code can end it at once."""
    if signed := _signed(visit, row):
        withdraw(visit.tx, signed, visit.house.town.retention_days, visit.now, by=visit.person.id)
    audit.write(visit.tx, audit.Act.DECLINE, visit.now, person_id=visit.person.id, waiting=row.id)
    waiting.settle(row, Outcome.REMOVED, visit.now)
