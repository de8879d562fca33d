"""Whether an entry is still true: the clock asks its owner, and one tap answers."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from bot import texts
from bot.core.messages import Answer, say
from bot.core.registration import UNSEEN, Standing, State
from bot.core.resident import standing
from handlers.mail import post
from handlers.resident import mine, signup
from handlers.visit import House, Visit, argument
from storage import outbox, people, registrations
from storage.tables.register import Registration
from storage.withdrawal import withdraw

AT_ONCE = 10  # in one minute: answers to those who write go first, and nobody waits for this
ONE_A_DAY = timedelta(hours=20)


def check(tx: Session, house: House, now: datetime) -> int:
    """Take the next step with each entry whose moment has come: by day, and for each owner one a day."""
    if not standing.by_day(now, house.town.timezone):
        return 0
    return sum(_step(tx, house, row, now) for row in registrations.to_check(tx, now, AT_ONCE))


def _step(tx: Session, house: House, row: Registration, now: datetime) -> bool:
    owner = people.hold(tx, row.person_id)
    if owner is None:
        return False
    tx.refresh(row)
    if row.check_at is None or row.check_at > now:  # answered at this very moment
        return False
    if owner.asked_at and now - owner.asked_at < ONE_A_DAY:
        row.check_at = now + timedelta(days=1)
        return False
    step = standing.after(Standing(row.standing))
    told = standing.told(registrations.entry(tx, row), step, house.town.retention_days)
    if owner.reachable:
        owner.asked_at = now
        post(tx, owner, told, now, priority=outbox.BULK)
    _goes_on(tx, house, row, step, now)
    return True


def _goes_on(tx: Session, house: House, row: Registration, step: Standing | None, now: datetime) -> None:
    if step is None:
        withdraw(tx, row, house.town.retention_days, now, silent=True)
        return
    row.standing, row.check_at = step, now + standing.lasts(step)
    if step is Standing.HIDDEN:
        registrations.hide(tx, row)


def still_true(visit: Visit) -> Sequence[Answer]:
    """The button `/still:yes:<number>`: it stays, or is found again."""
    row = signup.own(visit, argument(visit))
    if row is None:
        return (say(texts.NOT_YOURS_NOW, replace=True),)
    back = row.standing in UNSEEN and row.state == State.ACTIVE
    registrations.confirm(visit.tx, row, visit.now)
    return (say(texts.FOUND_AGAIN if back else texts.STILL_THANKS, number=row.number, replace=True),)


def changed(visit: Visit) -> Sequence[Answer]:
    """The button `/still:changed:<number>`: its summary, ready to be corrected."""
    return mine.change(visit)


def gone(visit: Visit) -> Sequence[Answer]:
    """The button `/still:gone:<number>`: removed, once that is confirmed."""
    return mine.remove(visit)
