"""The answer to an officer's search, in words: a page of places in the order it names, and the buttons under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot import texts
from bot.core.casework.near import STEP_M, Circle, Compass
from bot.core.casework.overwriting import in_words
from bot.core.casework.scope_words import heading, next_wider
from bot.core.casework.search import distance
from bot.core.casework.search_map import search_map
from bot.core.messages import Button, Name, Phrase, Rows, Say, counted, phrase
from bot.core.picture import MapPicture, Scope, Way
from bot.core.registration import KINDS, Entry, cameras

PAGE = 10
COMPASS: dict[Compass, str] = {
    Compass.N: texts.NORTH,
    Compass.NE: texts.NORTH_EAST,
    Compass.E: texts.EAST,
    Compass.SE: texts.SOUTH_EAST,
    Compass.S: texts.SOUTH,
    Compass.SW: texts.SOUTH_WEST,
    Compass.W: texts.WEST,
    Compass.NW: texts.NORTH_WEST,
}
ARROWS = "↑↗→↘↓↙←↖"  # on a map, and in the order of Compass


@dataclass(frozen=True, slots=True)
class Found:
    """One place of an answer: how far, which way, and what its owner said of it.

    `after`: metres along the way that was searched; `left`: how long the incident's recording is still there.
    """

    registration_id: int
    metres: float
    compass: Compass
    entry: Entry
    after: float | None = None
    left: timedelta | None = None


class Order(StrEnum):
    """What comes first: the usual (nearest, or as one passes), or what is overwritten soonest."""

    USUAL = "page"
    SOON = "soon"


@dataclass(frozen=True, slots=True)
class Results:
    """A page of an answer with the totals of the whole; `outside`: metres from the circle's centre to the city."""

    search_id: int
    scope: Scope
    places: int
    cameras: int
    page: int
    shown: Sequence[Found]
    outside: float = 0.0
    city: Name = Name("", "")  # noqa: RUF009 - frozen as well
    order: Order = Order.USUAL
    timed: bool = False  # for an incident, so that it is known what is overwritten when


def away(metres: Phrase, way: Phrase | str) -> Phrase:
    """`120 m NE`."""
    return phrase(texts.AWAY, distance=metres, compass=way)


def where(found: Found, *, brief: bool = False) -> Phrase:
    """How many metres, which way; within half a metre there is none. Along a way: after how much of it, how far off."""
    metres = phrase(texts.METRES, n=round(found.metres))
    if found.after is not None:
        return phrase(texts.AFTER, after=distance(found.after), beside=metres)
    if found.metres < 0.5:
        return phrase(texts.RIGHT_HERE)
    return away(metres, ARROWS[found.compass.value] if brief else phrase(COMPASS[found.compass]))


def answer(results: Results, *, replace: bool = False) -> Say:
    """The page in words and as a map, with its buttons; protected, and without any phone number."""
    lines = [heading(results.scope)]
    if results.outside:
        lines.append(phrase(texts.SEARCHED_OUTSIDE, distance=distance(max(1.0, results.outside))))
    if not results.places:
        lines.append(phrase(texts.NOTHING_FOUND))
        return Say(tuple(lines), _buttons(results), picture=_picture(results), protect=True, replace=replace)
    first = results.page * PAGE + 1
    lines.append(_total(results, first))
    full, brief = (
        tuple(_line(n, found, brief=brief) for n, found in enumerate(results.shown, first)) for brief in (False, True)
    )
    return Say(
        (*lines, *full),
        _buttons(results),
        picture=_picture(results),
        brief=(*lines, *brief),
        protect=True,
        replace=replace,
    )


def _total(results: Results, first: int) -> Phrase:
    here = phrase(texts.ON_THIS_PAGE, first=first, last=first + len(results.shown) - 1)
    return phrase(
        texts.TOTAL,
        places=counted(texts.PLACES, results.places),
        cameras=cameras(results.cameras),
        here=here if results.places > PAGE else "",
        order=_order(results),
    )


def _order(results: Results) -> Phrase:
    """What comes first, in words."""
    match results:
        case Results(order=Order.SOON):
            return phrase(texts.ORDER_SOON)
        case Results(scope=Way()):
            return phrase(texts.ORDER_WAY)
        case Results(scope=Circle()):
            order = texts.ORDER_NEAREST
        case _:
            order = texts.ORDER_FROM_INCIDENT if results.timed else texts.ORDER_FROM_MIDDLE
    return phrase(order, step=int(STEP_M))


def _picture(results: Results) -> MapPicture:
    places = [found.entry.site.point for found in results.shown]
    return search_map(results.scope, places, results.city, first=results.page * PAGE + 1)


def _line(n: int, found: Found, *, brief: bool) -> Phrase:
    """Where, how many, what kind; below that its number, the road, the days. `brief` says the same in fewer signs."""
    entry = found.entry
    also = texts.ALSO_TIGHT if brief else texts.ALSO
    kind = phrase(KINDS[entry.kind]) if entry.kind else None
    return phrase(
        texts.FOUND_LINE,
        n=n,
        away=where(found, brief=brief),
        also=_behind(also, phrase(texts.CAMERAS_FOUND, n=entry.cameras), kind),
        number=entry.number,
        known=_behind(also, _road(entry.sees_road), in_words(entry.days_kept, found.left), before=_seen(entry)),
    )


def _road(sees_road: bool | None) -> Phrase | None:
    return None if sees_road is None else phrase(texts.ROAD_YES if sees_road else texts.ROAD_NO)


def _seen(entry: Entry) -> Phrase | str:
    """The mark that station staff saw it."""
    return phrase(texts.VERIFIED_MARK) if entry.verified else ""


def _behind(also: str, *parts: Phrase | None, before: Phrase | str = "") -> Phrase | str:
    """What of it is known, each behind its dot."""
    known = before
    for part in filter(None, parts):
        known = phrase(also, before=known, part=part)
    return known


def _buttons(results: Results) -> Rows:
    first = results.page * PAGE + 1
    pins = [
        Button(phrase(texts.PIN_BUTTON, n=n), f"/near:pin:{results.search_id}:{found.registration_id}")
        for n, found in enumerate(results.shown, first)
    ]
    moves, turn = [], f"/near:{results.order}:{results.search_id}"
    if results.page:
        moves.append(Button(phrase(texts.PREVIOUS_PAGE), f"{turn}:{results.page - 1}"))
    if (results.page + 1) * PAGE < results.places:
        moves.append(Button(phrase(texts.NEXT_PAGE), f"{turn}:{results.page + 1}"))
    if wider := next_wider(results.scope):
        label = phrase(texts.WIDER, distance=distance(wider))
        moves.append(Button(label, f"/near:wider:{results.search_id}:{wider}"))
    ask = (Button(phrase(texts.ASK_OWNERS), f"/ask:{results.search_id}:{results.order}"),) if results.shown else ()
    rows = (tuple(pins[: PAGE // 2]), tuple(pins[PAGE // 2 :]), ask, tuple(moves), _other_order(results))
    return tuple(row for row in rows if row)


def _other_order(results: Results) -> tuple[Button, ...]:
    if not results.timed or results.places < 2:
        return ()
    if results.order is Order.SOON:
        return (Button(phrase(texts.USUAL_ORDER), f"/near:{Order.USUAL}:{results.search_id}:0"),)
    return (Button(phrase(texts.OVERWRITTEN_FIRST), f"/near:{Order.SOON}:{results.search_id}:0"),)
