"""An owner answers a request: may think again until the deadline, and alone decides who sees the number."""

from collections.abc import Sequence
from datetime import timedelta

from bot import texts
from bot.core.casework import request as words
from bot.core.casework.request import LABELS, NUMBER_SHOWN, WANTS_A_CALL, Reply, Wanted
from bot.core.messages import Answer, Erase, Say, phrase, say
from handlers.casework import requests as sending
from handlers.mail import lend, post
from handlers.visit import Visit, argument, row_named
from storage import audit, people
from storage.admin import grants
from storage.casework import incidents, looks, requests
from storage.casework.looks import Eye
from storage.tables.register import Grant
from storage.tables.requests import Asked, Request


def answer(visit: Visit) -> Sequence[Answer]:
    """The buttons `/answer:<reply>:<asked>`."""
    reply = Reply(said) if (said := argument(visit, 1)) in set(Reply) else None
    match _open(visit):
        case Say() as over:
            return (over,)
        case (asked, request) if reply is not None:
            return _noted(visit, asked, request, reply)
    return (say(texts.ASK_GONE),)


def _open(visit: Visit) -> tuple[Asked, Request] | Say:
    """What this person was asked, while it can be answered; else a kind sentence."""
    found = requests.theirs(visit.tx, row_named(visit, 2), visit.person.id)
    if found is None or not requests.places_of(visit.tx, found[0]):
        return say(texts.ASK_GONE)
    return say(texts.ASK_OVER) if requests.over(visit.tx, found[1], visit.now) else found


def _noted(visit: Visit, asked: Asked, request: Request, reply: Reply) -> Sequence[Answer]:
    asked.answer, asked.answered_at = reply, visit.now
    if reply not in WANTS_A_CALL and (_shared(visit, asked) or reply is Reply.CANNOT):
        _keep(visit, asked, request)
    visit.tx.flush()
    sending.show_live(visit.tx, visit.house, request, visit.now, visit.now + sending.TOGETHER)
    wanted = sending.wanted_of(visit.tx, visit.house, request)
    numbers = [place.number for place in requests.places_of(visit.tx, asked)]
    said = Say((words.answered(wanted, numbers, reply),), words.answers(asked.id), replace=True)
    ask_share = reply in WANTS_A_CALL and not _shared(visit, asked)
    return (said, words.may_share(wanted, asked.id)) if ask_share else (said,)


def _shared(visit: Visit, asked: Asked) -> bool:
    return asked.number_until is not None and asked.number_until > visit.now


def share(visit: Visit) -> Sequence[Answer]:
    """The buttons `/share:yes:<asked>` and `/share:no:<asked>`."""
    match _open(visit):
        case Say() as over:
            return (over,)
        case asked, request:
            if argument(visit, 1) != "yes" or asked.answer not in WANTS_A_CALL:
                _keep(visit, asked, request)
                return (say(texts.NOT_SHARED, replace=True),)
            return (_share(visit, asked, request),)


def _share(visit: Visit, asked: Asked, request: Request) -> Say:
    by = _officer(visit, request)
    if by is None:
        return say(texts.OFFICER_GONE, replace=True)
    wanted = sending.wanted_of(visit.tx, visit.house, request)
    requests.keep_number(visit.tx, asked, request, keeps=False)
    if not _shared(visit, asked):
        asked.number_until = visit.now + NUMBER_SHOWN
        _show(visit, asked, request, by, wanted)
    until = (asked.number_until or visit.now).astimezone(visit.house.town.zone)
    return say(texts.SHARED, station=request.station, until=f"{until:%d-%m-%Y %H:%M}", replace=True)


def _officer(visit: Visit, request: Request) -> Grant | None:
    """Who asked, while they have the role in which they did."""
    grant = grants.get(visit.tx, request.grant_id)
    return grant if grant and grant in grants.in_force(visit.tx, grant.person_id, visit.now) else None


def _show(visit: Visit, asked: Asked, request: Request, by: Grant, wanted: Wanted) -> None:
    """The number goes to the asking officer alone, protected, and is taken back after a day."""
    officer = people.get(visit.tx, by.person_id)
    eye = Eye(by, incidents.get(visit.tx, request.incident_id), visit.now)
    places = requests.places_of(visit.tx, asked)
    number = looks.number_of(visit.tx, eye, places[0].id) if officer else ""
    if officer is None or not number:
        return
    shown = places[0].number
    audit.write(visit.tx, audit.Act.SHARED, visit.now, by=by, incident_id=request.incident_id, places=1, number=shown)
    line = phrase(
        texts.NUMBER_SHARED,
        phone=number,
        numbers=", ".join(place.number for place in places),
        reference=wanted.name,
        answer=phrase(LABELS[Reply(asked.answer)]),
        hours=NUMBER_SHOWN // timedelta(hours=1),
    )
    lend(visit.tx, officer, Say((line,), protect=True, keep=_kept(asked)), visit.now, visit.now + NUMBER_SHOWN)


def take_back(visit: Visit) -> None:
    """Whoever removed the entries that were asked about takes the number back as well, from whoever sees it."""
    for asked, request in requests.sharing(visit.tx, visit.person.id, visit.now):
        if not requests.places_of(visit.tx, asked):
            _hide(visit, asked, request)


def _keep(visit: Visit, asked: Asked, request: Request) -> None:
    """A no: nobody sees the number for this incident any more, whichever way."""
    _hide(visit, asked, request)
    requests.keep_number(visit.tx, asked, request, keeps=True)


def _hide(visit: Visit, asked: Asked, request: Request) -> None:
    """A second thought: the number is taken back from the officer at once."""
    grant = grants.get(visit.tx, request.grant_id)
    officer = people.get(visit.tx, grant.person_id) if grant else None
    if officer and _shared(visit, asked):
        post(visit.tx, officer, Erase(_kept(asked)), visit.now)
    asked.number_until = None


def _kept(asked: Asked) -> str:
    return f"number:{asked.id}"
