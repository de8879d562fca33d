"""One reminder, a day later, to whoever stopped in the middle of something that they would want finished."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.core.resident.standing import by_day
from handlers import routes, turn
from handlers.visit import House
from storage import people
from storage.tables.register import Person

A_DAY = timedelta(days=1)
AT_ONCE = 100


def remind(tx: Session, house: House, now: datetime) -> int:
    """Ask the open question once more, one time only, before the unfinished answers are wiped."""
    if not by_day(now, house.town.timezone):
        return 0
    done = 0
    for person in people.stopped(tx, now - timedelta(days=house.unfinished_days), now - A_DAY):
        if done < AT_ONCE and _worth_it(tx, person) and people.hold(tx, person.id):
            done += _remind(tx, house, person, now)
    return done


def _worth_it(tx: Session, person: Person) -> bool:
    stack = turn.open_questions(tx, person)
    return bool(stack) and routes.talk_of(stack[-1]).reminded


def _remind(tx: Session, house: House, person: Person, now: datetime) -> bool:
    if person.reminded_at is not None or person.seen_at > now - A_DAY:  # they wrote at this very moment
        return False
    person.reminded_at = now
    return turn.ask_once_more(tx, house, person, now)
