"""Registering a camera, and correcting an entry: carries out what the conversation in the core decides."""

from collections.abc import Sequence

from bot import texts
from bot.core.messages import Answer, Button, Menu, Say, phrase, say
from bot.core.registration import Draft, State
from bot.core.regnumber import read_number
from bot.core.resident import signup
from bot.core.resident.signup_desk import Agree, Refuse, Save, SpeakIn
from bot.core.resident.signup_questions import NeedConsent, NeedSave, corrects, question, reminder
from bot.core.resident.signup_questions import Stage as SignupStage
from bot.core.town import NOTICE_VERSION
from handlers.resident import offers, room
from handlers.society import arriving
from handlers.visit import Visit
from storage import audit, people, registrations
from storage.tables.register import Registration


def begin(visit: Visit) -> Sequence[Answer]:
    """`/add`, or the first `/start`: the first question that is not answered yet."""
    if (begun := _begun(visit)) is not None:
        visit.push(begun)
        return ask_again(visit)
    if full := room.full(visit):
        return full
    language = visit.person.language or visit.from_language
    people.change(visit.tx, visit.person, language=language)
    stage = signup.begin(visit.desk(with_entries=False), language_known=bool(language))
    visit.push(stage)
    return question(stage, visit.house.town)


def _begun(visit: Visit) -> SignupStage | None:
    """A sign-up that waits for its next answer."""
    begun = (stage for stage in visit.stack if isinstance(stage, SignupStage) and not corrects(stage))
    return next(begun, None)


def ask_again(visit: Visit) -> Sequence[Say]:
    """The question that is open, once more."""
    stage = visit.stage
    return reminder(stage, visit.house.town) if isinstance(stage, SignupStage) else ()


def answered(visit: Visit) -> Sequence[Answer]:
    """An answer within the conversation."""
    stage = visit.stage
    assert isinstance(stage, SignupStage)  # noqa: S101 - routes.py brings only these here
    turn = signup.step(stage, visit.got, visit.desk(with_entries=signup.asks_for_entries(stage, visit.got)))
    visit.becomes(turn.stage)
    arriving.went_on(visit, stage, turn)
    match turn.effect:
        case SpeakIn(language) if language != visit.person.language:
            visit.person.language = language
            return (*turn.says, Menu(visit.roles))
        case Agree():
            people.change(visit.tx, visit.person, consent_version=NOTICE_VERSION, consent_at=visit.now)
        case Refuse():
            visit.stack = [other for other in visit.stack if not isinstance(other, SignupStage)]
            if visit.person.consent_at:
                audit.write(visit.tx, audit.Act.FORGET, visit.now, person_id=visit.person.id)
            people.withdraw_consent(visit.tx, visit.person, keep_phone=visit.house.town.retention_days > 0)
        case Save(draft):
            return save(visit, draft)
    return offers.after_number(visit, turn) or turn.says


def save(visit: Visit, draft: Draft) -> Sequence[Answer]:
    """Keep the three answers: as a new entry, or as the correction of one. Without consent, ask for that first."""
    if visit.person.consent_at is None:
        visit.push(NeedConsent())
        return question(NeedConsent(), visit.house.town)
    if not draft.updates and (full := room.full(visit)):
        return full
    people.set_phone(visit.tx, visit.person, draft.phone)
    if not draft.updates:
        row = registrations.add(visit.tx, visit.person, draft, visit.now)
        arriving.saved(visit, draft.cameras)
        visit.saved = True
        buttons = (
            (Button(phrase(texts.MORE_QUESTIONS), f"/saved:more:{row.number}"),),
            (Button(phrase(texts.ENOUGH), f"/saved:enough:{row.number}"),),
        )
        return (say(texts.SAVED, number=row.number, buttons=buttons, replace=True),)
    if (entry := own(visit, draft.updates)) is None:
        return (say(texts.NOT_YOURS_NOW),)
    registrations.correct(visit.tx, entry, draft.site, draft.cameras, visit.now)
    return (say(texts.SAVED_CHANGE, number=draft.updates, replace=True),)


def own(visit: Visit, number: str) -> Registration | None:
    """This person's entry of that number, unless it was withdrawn."""
    known = read_number(number)
    row = registrations.find(visit.tx, known) if known else None
    if row is None or row.person_id != visit.person.id or row.state == State.WITHDRAWN:
        return None
    return row


def draft_of(visit: Visit, row: Registration) -> Draft:
    """An entry as the summary shows it, ready to be changed."""
    site = registrations.site_of(visit.tx, row)
    return Draft(people.phone_of(visit.tx, visit.person), site, row.cameras, row.number)


def change(visit: Visit, row: Registration) -> Sequence[Answer]:
    """Open the summary of an entry, with a change button for each answer."""
    visit.push(NeedSave(draft_of(visit, row)))
    return ask_again(visit)
