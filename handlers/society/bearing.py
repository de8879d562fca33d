"""What belongs to an office-bearer: their societies, and the links of these. Read anew in every transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from bot import texts
from bot.core.access import Role
from bot.core.messages import Say, say
from bot.core.society.funnel import week_of
from bot.core.society.progress import Progress, Reached
from bot.core.society.society import Purpose
from handlers.visit import House, Visit, row_named
from storage.society import doors, funnel, societies
from storage.tables.societies import Door, Society


def mine(visit: Visit) -> list[Society]:
    """The societies that the visitor spreads the word for."""
    ids = dict.fromkeys(grant.society_id for grant in visit.grants if grant.role == Role.BEARER and grant.society_id)
    return [society for one in ids if one and (society := societies.get(visit.tx, one))]


def none() -> Sequence[Say]:
    """What to say to an office-bearer who belongs to no society, as one made on the command line."""
    return (say(texts.NO_SOCIETY),)


def named(visit: Visit) -> Society | None:
    """The society that a button names, if it is the visitor's."""
    return next((society for society in mine(visit) if society.id == row_named(visit)), None)


def door_named(visit: Visit) -> tuple[Society, Door] | None:
    """The link that a button names, if it is of a society of the visitor's."""
    door = doors.get(visit.tx, row_named(visit))
    return next(((society, door) for society in mine(visit) if door and door.society_id == society.id), None)


def progress(tx: Session, house: House, society: Society, now: datetime, weeks_ago: int = 0) -> Progress:
    """The counts that may be told of a society: in all, and of this week or an earlier one."""
    week, ways = week_of(now, house.town.timezone) - weeks_ago, doors.of(tx, society, now)

    def reached(ids: Sequence[int]) -> Reached:
        return Reached(funnel.counts(tx, ids), funnel.counts(tx, ids, week))

    by = tuple((Purpose(door.purpose), reached([door.id])) for door in ways)
    return Progress(societies.named(tx, society).name, society.goal, reached([door.id for door in ways]), by)
