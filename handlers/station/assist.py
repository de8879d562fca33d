"""`/assist`: staff enter a registration for someone else; hidden until the owner agrees, in the chat or on a slip."""

from collections.abc import Sequence
from datetime import timedelta

from bot import texts
from bot.core.access import Action
from bot.core.files import Print
from bot.core.messages import Answer, Button, Say, phrase, say
from bot.core.picture import Slip
from bot.core.registration import Draft
from bot.core.resident import claiming
from bot.core.resident.leaving import leftovers
from bot.core.station import assisting
from bot.core.station.assisting import AssistSigned, AssistWhat, Enter, FindSlip, Signed
from bot.core.town import NOTICE_VERSION
from handlers import mail
from handlers.visit import Visit, asker
from storage import audit, free_numbers, people, registrations
from storage.registrations import Origin
from storage.station import codes, waiting
from storage.station.waiting import Outcome
from storage.tables.register import Grant
from storage.tables.waiting import Waiting

A_DAY, DAY = 50, timedelta(hours=24)
FILE = "slip-{number}.pdf"


def command(visit: Visit) -> Sequence[Answer]:
    """`/assist`: a new entry, or a slip that was signed."""
    visit.push(AssistWhat())
    return ask_again(visit)


ask_again = asker(assisting.Stage, assisting.question)


def answered(visit: Visit) -> Sequence[Answer]:
    """An answer within the conversation."""
    stage = visit.stage
    assert isinstance(stage, assisting.Stage)  # noqa: S101 - routes.py brings only these here
    turn = assisting.step(stage, visit.got, visit.house.town)
    visit.becomes(turn.stage)
    match turn.effect:
        case Enter(draft):
            return _enter(visit, draft)
        case FindSlip(number):
            return _find(visit, number)
        case Signed(waiting_id):
            return _sign(visit, waiting_id)
    return turn.says


def _enter(visit: Visit, draft: Draft) -> Sequence[Answer]:
    """Keep it, hidden, with its slip. The answer is the same whether or not the number is known here."""
    if audit.count_since(visit.tx, visit.person.id, audit.Act.ASSIST, visit.now - DAY) >= A_DAY:
        return (say(texts.ASSIST_ENOUGH, most=A_DAY),)
    by, number = visit.grant_for(Action.ASSIST), free_numbers.draw(visit.tx)
    code, code_id = codes.make(visit.tx, visit.now)
    waiting.add_slip(visit.tx, draft, number, by, code_id, visit.now)
    audit.write(visit.tx, audit.Act.ASSIST, visit.now, by=by, places=1, cameras=draft.cameras, number=number)
    _tell_owner(visit, draft.phone, texts.OFFER_MESSAGE_STAFF, by.station)
    slip = _slip(visit, draft, number, code, by)
    words = phrase(texts.ASSISTED, number=number)
    return (Say((words,), document=Print(FILE.format(number=number), slip)),)


def _slip(visit: Visit, draft: Draft, number: str, code: str, by: Grant) -> Slip:
    town, at = visit.house.town, draft.site.point
    return Slip(
        number,
        code,
        f"https://t.me/{visit.house.bot_username}?start={claiming.PREFIX}{code}",
        draft.phone,
        f"{at.lat:.5f}, {at.lon:.5f}",
        draft.cameras,
        by.station,
        town.police,
        town.contact,
        leftovers(town.retention_days),
    )


def _tell_owner(visit: Visit, phone: str, text: str, station: str) -> None:
    """Whoever proved this number in the chat decides there."""
    see = Button(phrase(texts.OFFER_SEE), "/offer")
    for owner in people.with_phone(visit.tx, phone):
        if owner.consent_at and owner.reachable:
            mail.post(visit.tx, owner, say(text, station=station, buttons=((see,),)), visit.now)


def _find(visit: Visit, number: str) -> Sequence[Answer]:
    row, by = waiting.with_number(visit.tx, number), visit.grant_for(Action.ASSIST)
    if row is None or not _signable(row, by):
        return (say(texts.SLIP_UNKNOWN, number=number),)
    draft = waiting.draft_of(visit.tx, row)
    audit.write(visit.tx, audit.Act.VISIT, visit.now, by=by, places=1, cameras=draft.cameras, number=number)
    visit.push(AssistSigned(row.id, number, draft.site, draft.cameras))
    return ask_again(visit)


def _signable(row: Waiting, by: Grant) -> bool:
    """One's own station's slip, while nobody has decided yet."""
    return row.settled_at is None and row.source == waiting.ASSIST and row.station == by.station


def _sign(visit: Visit, waiting_id: int) -> Sequence[Answer]:
    """The owner agreed on paper: from now on it is found; the slip's number is the proof."""
    row, by = waiting.get(visit.tx, waiting_id), visit.grant_for(Action.ASSIST)
    if row is None or row.number is None or not _signable(row, by):
        return (say(texts.SLIP_UNKNOWN, number=row.number if row and row.number else "", replace=True),)
    draft, number = waiting.draft_of(visit.tx, row), row.number
    owner = people.on_paper(visit.tx, number, draft.phone, NOTICE_VERSION, visit.now)
    made = registrations.add(
        visit.tx, owner, draft, visit.now, Origin(waiting.ASSIST, number, slip=number, kind=row.kind)
    )
    waiting.settle(row, Outcome.SIGNED, visit.now, made.id)
    audit.write(visit.tx, audit.Act.SIGNED, visit.now, by=by, places=1, cameras=draft.cameras, number=number)
    _tell_owner(visit, draft.phone, texts.TOLD_SIGNED, by.station)
    return (say(texts.SIGNED, number=number, replace=True),)
