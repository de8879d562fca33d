"""`/mydata`: everything kept about one, as a file that people can read."""

from collections.abc import Sequence
from datetime import timedelta

from bot import texts
from bot.core.messages import Answer, Document, Phrase, Say, counted, phrase
from bot.core.registration import UNSEEN, State, about, coordinates
from handlers.resident import my_work, origins
from handlers.resident.my_work import when
from handlers.society import arriving, rwa
from handlers.visit import Visit
from storage import audit, kept, outbox, people, registrations
from storage.admin import broadcasts
from storage.casework import looks, requests
from storage.society import quiet
from storage.tables.register import Registration

STATES = {
    State.ACTIVE: texts.STATE_ACTIVE,
    State.PAUSED: texts.STATE_PAUSED,
    State.WITHDRAWN: texts.STATE_WITHDRAWN,
}


def send(visit: Visit) -> Sequence[Answer]:
    """The file, with a sentence that asks to keep it to oneself."""
    lines = [*_person(visit), *_entries(visit), *_rest(visit)]
    lines.append(phrase(texts.MYDATA_END, contact=visit.house.town.contact))
    return (Say((phrase(texts.MYDATA),), document=Document(texts.MYDATA_FILE, tuple(lines)), protect=False),)


def _person(visit: Visit) -> list[Phrase]:
    person, tx = visit.person, visit.tx
    phone = people.phone_of(tx, person)
    consent = phrase(texts.MYDATA_NO_CONSENT)
    if person.consent_at:
        consent = phrase(texts.MYDATA_CONSENT, version=person.consent_version, date=when(visit, person.consent_at))
    muted = [phrase(texts.MYDATA_MUTED)] if person.muted_at else []
    return [
        phrase(texts.MYDATA_TITLE, police=visit.house.town.police, date=when(visit, visit.now)),
        phrase(
            texts.MYDATA_PERSON,
            channel=person.channel,
            chat=people.chat_of(tx, person),
            since=when(visit, person.created_at),
            seen=when(visit, visit.now),  # with this very message
        ),
        phrase(texts.MYDATA_PHONE, phone=phone) if phone else phrase(texts.MYDATA_NO_PHONE),
        consent,
        *muted,
    ]


def _entries(visit: Visit) -> list[Phrase]:
    rows = registrations.owned(visit.tx, visit.person.id, withdrawn=True)
    if not rows:
        return [phrase(texts.MYDATA_NO_ENTRIES)]
    return [line for row in rows for line in _entry(visit, row)]


def _entry(visit: Visit, row: Registration) -> list[Phrase]:
    entry = registrations.entry(visit.tx, row)
    known = phrase(texts.NONE_GIVEN)
    for n, part in enumerate(about(entry)):
        known = phrase(texts.ALSO, before=known, part=part) if n else part
    lines = [
        phrase(
            texts.MYDATA_ENTRY,
            number=entry.number,
            state=phrase(STATES[entry.state]),
            place=coordinates(entry.site.point),
            name=entry.site.name,
            n=entry.cameras,
            known=known,
            made=when(visit, row.created_at),
            changed=when(visit, row.changed_at),
            version=row.consent_version,
            date=when(visit, row.consent_at),
        )
    ]
    if row.check_at:
        hidden = entry.standing in UNSEEN
        words = texts.MYDATA_HIDDEN if hidden else texts.MYDATA_CONFIRMED
        lines.append(phrase(words, date=when(visit, row.confirmed_at)))
    lines.append(origins.station_line(visit, row))
    if row.withdrawn_at:
        until = row.withdrawn_at + timedelta(days=visit.house.town.retention_days)
        lines.append(phrase(texts.MYDATA_LEFTOVER, date=when(visit, row.withdrawn_at), until=when(visit, until)))
    return lines


def _rest(visit: Visit) -> list[Phrase]:
    lines = origins.waiting_lines(visit)
    if visit.stack:
        lines.append(phrase(texts.MYDATA_OPEN, days=visit.house.unfinished_days))
    if queued := outbox.waiting(visit.tx, visit.person.id):
        lines.append(counted(texts.MYDATA_QUEUED, queued))
    if asked := requests.count(visit.tx, visit.person.id):
        lines.append(phrase(texts.MYDATA_ASKED, n=asked))
    if seen := looks.count(visit.tx, visit.person.id):
        lines.append(phrase(texts.MYDATA_LOOKS, n=seen))
    if still := kept.count(visit.tx, visit.person.id):
        lines.append(phrase(texts.MYDATA_KEPT, n=still))
    if news := broadcasts.count_to(visit.tx, visit.person.id):
        lines.append(phrase(texts.MYDATA_NEWS, n=news))
    if written := audit.count_by(visit.tx, visit.person.id):
        lines.append(phrase(texts.MYDATA_TRACE, n=written))
    if quiet.is_quiet(visit.tx, visit.person.id):
        lines.append(phrase(texts.MYDATA_QUIET))
    lines += rwa.kept_about(visit)
    lines += [phrase(texts.MYDATA_CAME_BY, society=name) for name in arriving.came_by(visit)]
    return lines + my_work.lines(visit)
