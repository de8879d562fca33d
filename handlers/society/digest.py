"""The weekly message to office-bearers: last week's counts, and one thing to try. Muted with one tap."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot import texts
from bot.core.access import Role
from bot.core.messages import Button, Phrase, Say, phrase
from bot.core.society.funnel import week_of
from bot.core.society.progress import Progress, sign_ups, suggestion
from handlers import mail
from handlers.society import bearing
from handlers.visit import House
from storage import jobs, outbox, people
from storage.admin import grants
from storage.society import quiet, societies
from storage.tables.register import Grant

SENT_AT = timedelta(hours=10)  # on Monday, where the town is: the week before is over


def due(tx: Session, house: House, now: datetime) -> int:
    """Once a week and office-bearer, whoever ticks and however often; one that was missed comes later that week."""
    week = week_of(now - SENT_AT, house.town.timezone)
    if week != week_of(now, house.town.timezone):
        return 0  # Monday before ten: nobody is woken
    found: dict[int, list[Grant]] = {}
    for grant in grants.holders(tx, Role.BEARER, now):
        if week_of(grant.granted_at, house.town.timezone) < week:
            found.setdefault(grant.person_id, []).append(grant)
    return sum(_send(tx, house, person_id, held, week, now) for person_id, held in found.items())


def _send(tx: Session, house: House, person_id: int, held: list[Grant], week: int, now: datetime) -> bool:
    person, said = people.get(tx, person_id), _words(tx, house, held, now)
    if person is None or said is None or not person.reachable or quiet.is_quiet(tx, person_id):
        return False
    if not jobs.claim(tx, f"digest to {person_id}", week, now):
        return False
    mail.post(tx, person, said, now, priority=outbox.BULK)
    return True


def _words(tx: Session, house: House, held: list[Grant], now: datetime) -> Say | None:
    """One message for all societies of one person, with one suggestion, drawn from the first."""
    found = [society for grant in held if grant.society_id and (society := societies.get(tx, grant.society_id))]
    told = [bearing.progress(tx, house, society, now, weeks_ago=1) for society in found]
    if not told:
        return None
    lines = [_line(one) for one in told]
    more = Button(phrase(texts.DIGEST_MORE), "/progress")
    mute = Button(phrase(texts.WEEKLY_OFF), "/progress:mute")
    return Say((*lines, phrase(texts.TRY, suggestion=suggestion(told[0]))), ((more,), (mute,)))


def _line(told: Progress) -> Phrase:
    in_all, week = told.total.in_all, told.total.week
    text = texts.DIGEST if in_all.saved else texts.DIGEST_FEW
    return phrase(text, society=told.society, week=sign_ups(week), in_all=sign_ups(in_all))
