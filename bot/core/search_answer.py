"""The answer to an officer's search, in words: a page of places, nearest first, and the buttons under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot import texts
from bot.core.messages import Button, Name, Phrase, Rows, Say, counted, phrase
from bot.core.near import Compass
from bot.core.overwriting import in_words
from bot.core.picture import MapPicture, Scope, Way
from bot.core.registration import Entry, about, cameras
from bot.core.scope_words import heading, next_wider
from bot.core.search import distance
from bot.core.search_map import search_map

ABOUT_M = 25.0  # so far apart, two places are about equally far
PAGE = 8  # so many lines stand under a picture, in every language
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


def away(found: Found) -> Phrase:
    """`120 m NE`; within half a metre there is no direction to speak of. Along a way: after how many metres of it."""
    if found.after is not None:
        return phrase(texts.AFTER, after=distance(found.after), beside=distance(found.metres))
    if found.metres < 0.5:
        return phrase(texts.RIGHT_HERE)
    return phrase(texts.AWAY, distance=distance(found.metres), compass=phrase(COMPASS[found.compass]))


def roads_first(shown: Sequence[Found]) -> list[Found]:
    """The lines of a page: of those about equally far (within 25 m) the ones that see the road come first."""
    if any(found.after is not None for found in shown):
        return list(shown)
    return sorted(shown, key=lambda one: (one.metres // ABOUT_M, not one.entry.sees_road))


def answer(results: Results, *, swapped: bool = False, replace: bool = False) -> Say:
    """The page in words and as a map, with its buttons; protected, and without any phone number."""
    where = heading(results.scope)
    lines = [phrase(texts.SEARCHED_SWAPPED, searched=where) if swapped else where]
    if results.outside:
        lines.append(phrase(texts.SEARCHED_OUTSIDE, distance=distance(max(1.0, results.outside))))
    if not results.places:
        lines.append(phrase(texts.NOTHING_FOUND))
        return Say(tuple(lines), _buttons(results), picture=_picture(results), protect=True, replace=replace)
    places = counted(texts.PLACES, results.places)
    first = results.page * PAGE + 1
    last = first + len(results.shown) - 1
    lines.append(phrase(_total(results), places=places, cameras=cameras(results.cameras), first=first, last=last))
    full, brief = (
        tuple(_line(n, found, short=short) for n, found in enumerate(results.shown, first)) for short in (False, True)
    )
    return Say(
        (*lines, *full),
        _buttons(results),
        picture=_picture(results),
        brief=(*lines, *brief),
        protect=True,
        replace=replace,
    )


def _total(results: Results) -> str:
    if results.order is Order.SOON:
        return texts.TOTAL_SOON
    return texts.TOTAL_WAY if isinstance(results.scope, Way) else texts.TOTAL


def _picture(results: Results) -> MapPicture:
    places = [found.entry.site.point for found in results.shown]
    return search_map(results.scope, places, results.city, first=results.page * PAGE + 1)


def _line(n: int, found: Found, *, short: bool) -> Phrase:
    """`short`: without what its owner added. The mark that staff saw it stays."""
    entry = found.entry
    known: Phrase | str = phrase(texts.VERIFIED_MARK) if entry.verified else ""
    left = in_words(found.left)
    for part in (*(() if short else about(entry)), *((left,) if left else ())):
        known = phrase(texts.ALSO, before=known, part=part)
    return phrase(
        texts.FOUND_LINE,
        n=n,
        away=away(found),
        cameras=cameras(entry.cameras),
        known=known,
        number=entry.number,
    )


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
    ask = (Button(phrase(texts.ASK_OWNERS), f"/ask:{results.search_id}"),) if results.shown else ()
    rows = (tuple(pins[: PAGE // 2]), tuple(pins[PAGE // 2 :]), ask, tuple(moves), _other_order(results))
    return tuple(row for row in rows if row)


def _other_order(results: Results) -> tuple[Button, ...]:
    if not results.timed or results.places < 2:
        return ()
    if results.order is Order.SOON:
        return (Button(phrase(texts.USUAL_ORDER), f"/near:{Order.USUAL}:{results.search_id}:0"),)
    return (Button(phrase(texts.OVERWRITTEN_FIRST), f"/near:{Order.SOON}:{results.search_id}:0"),)
