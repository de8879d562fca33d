"""Entries that an older register or station staff hold of someone: offered to their owner, who decides."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot import texts
from bot.core.messages import Answer, Command, Contact, phrase, say
from bot.core.resident import claiming
from bot.core.resident.claiming import Choice, Chosen, Code, NeedCode, Offered
from bot.core.resident.signup import Out
from bot.core.resident.signup_desk import Agree
from bot.core.resident.signup_questions import NeedConsent, NeedNumber, NeedPlace, question
from bot.core.resident.signup_questions import Stage as SignupStage
from bot.core.turn import hinted
from handlers.resident import adopting
from handlers.resident.room import full
from handlers.visit import Visit, asker
from storage import audit, people
from storage.station import codes, waiting
from storage.tables.waiting import Waiting

GUESSES, AN_HOUR = 5, timedelta(hours=1)  # of 80 bits: nobody gets near, and nobody keeps the bot busy


def pending(visit: Visit) -> Sequence[Answer]:
    """The first entry that waits for this person's own, proved number; only once they agreed to the notice."""
    if not visit.agreed or not visit.person.phone_token:
        return ()
    rows = waiting.of_phone(visit.tx, people.phone_of(visit.tx, visit.person))
    return _show(visit, rows[0], by_code=False) if rows else ()


def see(visit: Visit) -> Sequence[Answer]:
    """The button `/offer` under the message that something waits."""
    return pending(visit) or (say(texts.OFFER_GONE),)


def after_number(visit: Visit, turn: Out) -> Sequence[Answer]:
    """Someone has just agreed, and proved their number: go on with the code they came with, or offer what waits."""
    proved = isinstance(visit.got, Contact) or isinstance(turn.effect, Agree)
    if not proved or not isinstance(turn.stage, NeedPlace) or turn.stage.kept:
        return ()
    said = turn.says[:1] if isinstance(turn.effect, Agree) else ()
    phone = turn.stage.phone
    came_with = next((one for one in visit.stack if isinstance(one, Offered) and one.wanted), None)
    if came_with:
        people.set_phone(visit.tx, visit.person, phone)
        visit.stack = [one for one in visit.stack if one != came_with and not isinstance(one, SignupStage)]
        return (*said, *_do(visit, came_with, Choice(came_with.wanted)))
    if rows := waiting.of_phone(visit.tx, phone):
        people.set_phone(visit.tx, visit.person, phone)
        return (*said, *_show(visit, rows[0], by_code=False))
    return ()


def command(visit: Visit) -> Sequence[Answer]:
    """`/claim <code>`, or `/claim` alone, which asks."""
    words = visit.got.rest if isinstance(visit.got, Command) else ""
    if code := claiming.read_code(words):
        return open_code(visit, code)
    visit.push(NeedCode())
    return hinted(phrase(texts.HINT_CODE), ask_again(visit)) if words else ask_again(visit)


def by_link(visit: Visit, payload: str) -> Sequence[Answer]:
    """A start link that carries a code."""
    visit.person.language = visit.person.language or visit.from_language
    code = claiming.read_code(payload.removeprefix(claiming.PREFIX))
    return open_code(visit, code) if code else (say(texts.CODE_NOT_VALID),)


def open_code(visit: Visit, code: str) -> Sequence[Answer]:
    """What hangs on a code; one sentence for every code that does not work. Guessing is limited, and written down."""
    if audit.count_since(visit.tx, visit.person.id, audit.Act.GUESS, visit.now - AN_HOUR) >= GUESSES:
        return (say(texts.TOO_MANY_GUESSES),)
    code_id = codes.find(visit.tx, code)
    rows = waiting.of_code(visit.tx, code_id) if code_id else []
    rows = [row for row in rows if adopting.site_of(visit, row) is not None]
    if not rows:
        audit.write(visit.tx, audit.Act.GUESS, visit.now, person_id=visit.person.id)
        return (say(texts.CODE_NOT_VALID),)
    if adopting.made_by(visit, rows[0]):
        return (say(texts.CODE_OF_YOUR_MAKING),)
    audit.write(visit.tx, audit.Act.CLAIM, visit.now, person_id=visit.person.id, places=1, waiting=rows[0].id)
    return _show(visit, rows[0], by_code=True)


def _show(visit: Visit, row: Waiting, *, by_code: bool) -> Sequence[Answer]:
    site = adopting.site_of(visit, row)
    if site is None:
        return (say(texts.OFFER_GONE),)
    stage = Offered(row.id, site, row.cameras, row.station, by_code)
    visit.push(stage)
    return claiming.shown(stage)


ask_again = asker(claiming.Stage, claiming.question)


def answered(visit: Visit) -> Sequence[Answer]:
    """A code, or what is to become of an entry."""
    stage = visit.stage
    assert isinstance(stage, claiming.Stage)  # noqa: S101 - routes.py brings only these here
    turn = claiming.step(stage, visit.got)
    visit.becomes(turn.stage)
    match turn.effect:
        case Code(code):
            return open_code(visit, code)
        case Chosen(offer, choice):
            return _do(visit, offer, choice)
    return turn.says


def _do(visit: Visit, offer: Offered, choice: Choice) -> Sequence[Answer]:
    row = waiting.get(visit.tx, offer.waiting_id)
    if row is None or not adopting.may_decide(visit, row, by_code=offer.by_code):
        return (say(texts.OFFER_GONE, replace=True),)
    match choice:
        case Choice.LATER:
            return (say(texts.OFFER_WAITS, replace=True),)
        case Choice.REMOVE:
            adopting.remove(visit, row)
            return (say(texts.OFFER_REMOVED, replace=True), *_more(visit, offer, row))
    if not visit.agreed or not visit.person.phone_token:
        return _first_agree(visit, replace(offer, wanted=choice))
    if no_room := full(visit):
        return no_room
    if choice is Choice.CORRECT:
        return adopting.correct(visit, row)
    number = adopting.keep(visit, row)
    return (say(texts.OFFER_TAKEN, number=number, replace=True), *_more(visit, offer, row))


def _first_agree(visit: Visit, offer: Offered) -> Sequence[Answer]:
    """Nothing is kept of anyone without consent and a number that is proved to be theirs."""
    visit.push(offer)
    stage: SignupStage = NeedNumber() if visit.agreed else NeedConsent()
    visit.push(stage)
    return question(stage, visit.house.town)


def _more(visit: Visit, offer: Offered, row: Waiting) -> Sequence[Answer]:
    """What else waits for the same number, or hangs on the same code."""
    visit.tx.flush()
    if not offer.by_code:
        return pending(visit)
    rest = waiting.of_code(visit.tx, row.code_id) if row.code_id else []
    return _show(visit, rest[0], by_code=True) if rest else ()
