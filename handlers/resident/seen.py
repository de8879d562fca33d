"""`/seen`: an owner's right to know who looked at their entries, and the note of it under `/mine`."""

from collections.abc import Sequence

from bot import texts
from bot.core.messages import Answer, Phrase, counted
from bot.core.resident import seen
from bot.core.resident.seen import Seen
from bot.core.turn import in_place
from handlers.visit import Visit, row_named
from storage.casework import looks


def show(visit: Visit) -> Sequence[Answer]:
    """The command, and the buttons `/seen:<page>`."""
    return in_place(visit.got, (seen.page(_lines(visit), row_named(visit, 1)),))


def note(visit: Visit) -> tuple[Phrase, ...]:
    """What stands under `/mine`: how often officers looked; nothing where none did."""
    lines = len(_lines(visit))
    return (counted(texts.SEEN_NOTE, lines),) if lines else ()


def _lines(visit: Visit) -> list[Seen]:
    zone = visit.house.town.zone
    found = looks.at_entries_of(visit.tx, visit.person.id, visit.now)
    return seen.of_days(
        [Seen(one.at.astimezone(zone).date(), number, one.station, one.kind, one.act) for number, one in found]
    )
