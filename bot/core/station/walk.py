"""Station staff walk from entry to entry: where they stand, then what they see at each, the nearest first."""

from dataclasses import dataclass
from enum import StrEnum

from bot import texts
from bot.core.casework.near import Compass, compass
from bot.core.casework.search import distance
from bot.core.casework.search_answer import COMPASS, away
from bot.core.city import City
from bot.core.geo import WGS84, Point
from bot.core.messages import Ask, Button, Incoming, Phrase, Pin, Say, Tap, Text, counted, phrase, say
from bot.core.reading.counts import read_count
from bot.core.reading.places import ShortLink, Swapped, read_place
from bot.core.registration import FEWEST, MOST, Entry, about, cameras, pin_of, verified
from bot.core.turn import Turn, general_hint, hinted, in_place


@dataclass(frozen=True, slots=True)
class NeedStand:
    pass


@dataclass(frozen=True, slots=True)
class AtEntry:
    """One entry to look at. `left` counts it and those after it."""

    here: Point
    entry: Entry
    left: int


@dataclass(frozen=True, slots=True)
class NeedTrueCount:
    at: AtEntry


Stage = NeedStand | AtEntry | NeedTrueCount


class Seen(StrEnum):
    """What staff found at an entry."""

    THERE = "there"
    COUNTED = "counted"  # there, but not so many
    GONE = "gone"
    NOBODY = "nobody"  # the owner did not answer


@dataclass(frozen=True, slots=True)
class Stand:
    """They stand here now: which entry is the nearest?"""

    here: Point


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was seen at an entry; `cameras` is the true number."""

    entry: Entry
    seen: Seen
    cameras: int


Effect = Stand | Verdict
Out = Turn[Stage, Effect]


def step(stage: Stage, got: Incoming, city: City) -> Out:
    """A pin, at any moment, says where they stand now."""
    match stage, got:
        case _, Pin(point):
            return Turn(None, (), Stand(point))
        case NeedStand(), Text(words):
            return _stand(words, city, got)
        case NeedTrueCount(at), Tap("back"):
            return Turn(at, in_place(got, question(at)))
        case _, Tap("stop" | "back"):
            return Turn(None, in_place(got, (Say((phrase(texts.WALK_STOPPED),), ask=_clear(stage)),)))
        case AtEntry(_, entry), Tap("there" | "gone" | "nobody" as seen):
            return Turn(None, (), Verdict(entry, Seen(seen), entry.cameras))
        case AtEntry(), Tap("count"):
            return Turn(NeedTrueCount(stage), in_place(got, question(NeedTrueCount(stage))))
        case NeedTrueCount(at), (Tap(words) | Text(words)) if (n := read_count(words)) is not None:
            return _counted(stage, at.entry, n)
    hint = {NeedStand: texts.HINT_QUERY, NeedTrueCount: texts.HINT_COUNT}.get(type(stage), texts.HINT_BUTTONS)
    return Turn(stage, hinted(general_hint(got) or phrase(hint), question(stage)))


def _clear(stage: Stage) -> Ask | None:
    return Ask.CLEAR if isinstance(stage, NeedStand) else None


def _stand(words: str, city: City, got: Incoming) -> Out:
    match read_place(words, city):
        case Point() as point:
            return Turn(None, (), Stand(point))
        case Swapped(point):
            return Turn(None, (), Stand(point))
        case ShortLink():
            hint = phrase(texts.HINT_SHORT_LINK)
        case _:
            hint = general_hint(got) or phrase(texts.HINT_PLACE)
    return Turn(NeedStand(), hinted(hint, question(NeedStand())))


def _counted(stage: NeedTrueCount, entry: Entry, n: int) -> Out:
    if FEWEST <= n <= MOST:
        return Turn(None, (), Verdict(entry, Seen.THERE if n == entry.cameras else Seen.COUNTED, n))
    return Turn(stage, hinted(phrase(texts.HINT_COUNT_RANGE, least=FEWEST, most=MOST), question(stage)))


def shown(stage: AtEntry) -> tuple[Say, ...]:
    """The entry on the map, then what is asked about it."""
    entry = stage.entry
    return (Say((pin_of(entry),), pin=entry.site.point, protect=True), *question(stage))


def question(stage: Stage) -> tuple[Say, ...]:
    """What is asked at this stage."""
    match stage:
        case NeedStand():
            return (say(texts.ASK_STAND, ask=Ask.HERE, back=True),)
        case AtEntry():
            return (Say((_about(stage),), _buttons(stage.entry.cameras), protect=True),)
        case NeedTrueCount(AtEntry(entry=entry)):
            numbers = [Button(phrase(texts.COUNT_BUTTON, n=n), str(n)) for n in range(1, 7)]
            back = (Button(phrase(texts.BACK), "back"),)
            rows = (tuple(numbers[:3]), tuple(numbers[3:]), back)
            return (say(texts.ASK_TRUE_COUNT, number=entry.number, buttons=rows),)


def _about(stage: AtEntry) -> Phrase:
    entry, here, there = stage.entry, stage.here, stage.entry.site.point
    bearing, _, far = WGS84.inv(here.lon, here.lat, there.lon, there.lat)
    known: Phrase | str = ""
    for part in (*about(entry), *verified(entry)):
        known = phrase(texts.ALSO, before=known, part=part)
    return phrase(
        texts.WALK_ENTRY,
        left=counted(texts.WALK_LEFT, stage.left),
        away=_away(far, compass(bearing % 360)),
        number=entry.number,
        cameras=cameras(entry.cameras),
        known=known,
    )


def _away(metres: float, way: Compass) -> Phrase:
    return phrase(texts.RIGHT_HERE) if metres < 0.5 else away(distance(metres), phrase(COMPASS[way]))


def _buttons(n: int) -> tuple[tuple[Button, ...], ...]:
    return (
        (Button(phrase(texts.WALK_THERE, n=n), "there"), Button(phrase(texts.WALK_COUNT), "count")),
        (Button(phrase(texts.WALK_GONE), "gone"), Button(phrase(texts.WALK_NOBODY), "nobody")),
        (Button(phrase(texts.WALK_STOP), "stop"),),
    )
