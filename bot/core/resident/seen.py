"""What an owner reads of the looks at their entries: one line for each day, entry, station and kind of incident."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot import texts
from bot.core.casework.delaying import MOST_DAYS
from bot.core.casework.incident import IncidentKind
from bot.core.casework.incident_words import kind_of
from bot.core.messages import Button, Phrase, Rows, Say, phrase

PAGE = 10
ACTS: dict[str, str] = {  # the more is shown, the later it stands here
    "visit": texts.SEEN_VISIT,
    "place": texts.SEEN_PLACE,
    "pin": texts.SEEN_PIN,
    "file": texts.SEEN_FILE,
    "export": texts.SEEN_EXPORT,
    "number": texts.SEEN_NUMBER,
}
_WEIGHT = list(ACTS)


@dataclass(frozen=True, slots=True)
class Seen:
    """One look: on which day in town, at which entry, by which station, for what kind of incident, seeing what."""

    day: date
    number: str
    station: str
    kind: str
    act: str


def of_days(looks: Sequence[Seen]) -> list[Seen]:
    """One line for each day, entry, station and kind, with the most that was seen, in the order of the looks."""
    lines: dict[tuple[date, str, str, str], Seen] = {}
    for look in looks:
        key = (look.day, look.number, look.station, look.kind)
        if key not in lines or _WEIGHT.index(look.act) > _WEIGHT.index(lines[key].act):
            lines[key] = look
    return list(lines.values())


def page(lines: Sequence[Seen], number: int) -> Say:
    """One page of the list, with its buttons."""
    number = min(number, max(0, (len(lines) - 1) // PAGE))
    if not lines:
        return Say((phrase(texts.SEEN_NONE),))
    shown = [_line(seen) for seen in lines[number * PAGE : (number + 1) * PAGE]]
    return Say((phrase(texts.SEEN_TITLE), *shown, phrase(texts.SEEN_LATER, most=MOST_DAYS)), _moves(len(lines), number))


def _line(seen: Seen) -> Phrase:
    kind = kind_of(IncidentKind(seen.kind)) if seen.kind else phrase(texts.SEEN_NO_INCIDENT)
    day = f"{seen.day:%d-%m-%Y}"
    act = phrase(ACTS[seen.act])
    return phrase(texts.SEEN_LINE, day=day, station=seen.station, kind=kind, number=seen.number, act=act)


def _moves(lines: int, number: int) -> Rows:
    moves = []
    if number:
        moves.append(Button(phrase(texts.PREVIOUS_PAGE), f"/seen:{number - 1}"))
    if (number + 1) * PAGE < lines:
        moves.append(Button(phrase(texts.NEXT_PAGE), f"/seen:{number + 1}"))
    return (tuple(moves),) if moves else ()
