"""What a request sets in motion: the owners' messages, the officer's live one, one reminder, and the thank-you."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot import texts
from bot.core.casework import request as words
from bot.core.casework.incident import IncidentKind
from bot.core.casework.request import Reply, Tally, Wanted
from bot.core.messages import Say, phrase
from bot.core.reading.window import Window
from handlers.mail import post
from handlers.visit import House
from storage import people
from storage.admin import grants
from storage.casework import incidents, requests
from storage.outbox import BULK
from storage.tables.register import Person
from storage.tables.requests import Asked, Request

TOGETHER = timedelta(seconds=2)  # answers that come within this change the officer's message once
THANKS_WAIT = timedelta(hours=1)  # for the officer to say whether it helped


def wanted_of(tx: Session, house: House, request: Request) -> Wanted:
    """What a request asks for."""
    incident = incidents.get(tx, request.incident_id)
    assert incident is not None  # noqa: S101 - a foreign key holds it
    told = incidents.told(tx, incident)
    window = Window(request.start_at, request.end_at)
    kind = IncidentKind(incident.kind)
    town = house.town
    return Wanted(town.police, request.station, told.reference, kind, window, request.deadline_at, town.zone)


def send_out(tx: Session, house: House, request: Request, now: datetime) -> None:
    """Queue a message to each owner, and the officer's live one."""
    wanted = wanted_of(tx, house, request)
    for asked in requests.asked_of(tx, request):
        if (owner := people.get(tx, asked.person_id)) and owner.reachable:
            post(tx, owner, to_owner(tx, wanted, request, asked), now, priority=BULK)
    show_live(tx, house, request, now)


def to_owner(tx: Session, wanted: Wanted, request: Request, asked: Asked, *, again: bool = False) -> Say:
    """What an owner reads; `again`: as a reminder."""
    asks = words.to_owner(wanted, [place.number for place in requests.places_of(tx, asked)])
    line = phrase(texts.OWNER_REMINDED, asked=asks) if again else asks
    return Say((line,), words.answers(asked.id), keep=requests.message_of(request))


def show_live(tx: Session, house: House, request: Request, now: datetime, due: datetime | None = None) -> bool:
    """Bring the officer's message up to date; False where it says all that there is to say."""
    tx.refresh(request, with_for_update=True)  # whoever answers at the same moment counts, or shows it after us
    tally = requests.tally(tx, request, now)
    if (state := _state(tally)) == request.shown:
        return False
    request.shown = state
    if officer := _officer(tx, request, now):
        lines = words.live(wanted_of(tx, house, request), tally)
        post(tx, officer, Say(lines, protect=True, keep=f"request:{request.id}", over_kept=True), now, due=due)
    return True


def _state(tally: Tally) -> str:
    counts = [tally.asked, tally.delivered, tally.on_the_way, *(tally.replies[reply] for reply in Reply)]
    days = [one.days for one in tally.has]
    return f"{'over' if tally.over else 'open'} {counts} {days}"


def _officer(tx: Session, request: Request, now: datetime) -> Person | None:
    """Who asked, while they have the role in which they did."""
    grant = grants.get(tx, request.grant_id)
    if grant is None or grant not in grants.in_force(tx, grant.person_id, now):
        return None
    return people.get(tx, grant.person_id)


def refresh(tx: Session, house: House, now: datetime) -> int:
    """Live messages follow what was delivered, days that pass, and the deadline."""
    return sum(show_live(tx, house, request, now) for request in requests.unsettled(tx))


def remind(tx: Session, house: House, now: datetime) -> int:
    """One reminder to those who are silent half-way to the deadline."""
    reminded = 0
    for request in requests.running(tx, now):
        half_way = request.asked_at + (request.deadline_at - request.asked_at) / 2
        if request.reminded_at is None and now >= half_way and requests.once(tx, request, "reminded", now):
            wanted = wanted_of(tx, house, request)
            for asked in requests.asked_of(tx, request):
                owner = people.get(tx, asked.person_id)
                if owner and owner.reachable and not asked.answer:
                    post(tx, owner, to_owner(tx, wanted, request, asked, again=True), now, priority=BULK)
                    reminded += 1
    return reminded


def thank(tx: Session, house: House, request: Request, now: datetime, *, helped: bool = False) -> int:
    """Thank everyone who answered, once; that it helped, where the officer says so of those who had it."""
    if not requests.once(tx, request, "thanked", now):
        return 0
    wanted, thanked = wanted_of(tx, house, request), 0
    for asked in requests.asked_of(tx, request):
        owner = people.get(tx, asked.person_id)
        if owner and owner.reachable and asked.answer:
            text = texts.IT_HELPED if helped and asked.answer == Reply.HAVE else texts.THANK_YOU
            thanks = phrase(text, police=wanted.police, reference=wanted.name)
            post(tx, owner, Say((thanks,)), now, priority=BULK)
            thanked += 1
    return thanked


def thank_late(tx: Session, house: House, now: datetime) -> int:
    """Thank those whose officer said neither that it helped nor that it did not."""
    return sum(thank(tx, house, request, now) for request in requests.unthanked(tx, now - THANKS_WAIT))
