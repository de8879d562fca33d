"""Whether someone has room for one more entry."""

from collections.abc import Sequence

from bot import texts
from bot.core.messages import Answer, say
from handlers.visit import Visit
from storage import registrations


def full(visit: Visit) -> Sequence[Answer]:
    """What to say to someone who has as many entries as one person may have; nothing to anyone else."""
    if (n := registrations.how_many(visit.tx, visit.person.id)) < visit.house.most_entries:
        return ()
    return (say(texts.TOO_MANY, most=n, contact=visit.house.town.contact),)
