"""The answer to an officer's search, in words: a page of places, nearest first, and the buttons under it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot import texts
from bot.core.messages import Button, Name, Phrase, Rows, Say, counted, phrase
from bot.core.near import Circle, Compass
from bot.core.picture import MapPicture
from bot.core.registration import Entry, about, cameras, coordinates
from bot.core.search import RADII_M, distance
from bot.core.search_map import search_map

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
    """One place of an answer: how far, which way, and what its owner said of it."""

    registration_id: int
    metres: float
    compass: Compass
    entry: Entry


@dataclass(frozen=True, slots=True)
class Results:
    """A page of an answer with the totals of the whole; `outside`: metres from the circle's centre to the city."""

    search_id: int
    circle: Circle
    places: int
    cameras: int
    page: int
    shown: Sequence[Found]
    outside: float = 0.0
    city: Name = Name("", "")  # noqa: RUF009 - frozen as well


def away(found: Found) -> Phrase:
    """`120 m NE`; within half a metre there is no direction to speak of."""
    if found.metres < 0.5:
        return phrase(texts.RIGHT_HERE)
    return phrase(texts.AWAY, distance=distance(found.metres), compass=phrase(COMPASS[found.compass]))


def answer(results: Results, *, swapped: bool = False, replace: bool = False) -> Say:
    """The page in words and as a map, with its buttons; protected, and without any phone number."""
    where = phrase(texts.SEARCHED, place=coordinates(results.circle.centre), radius=distance(results.circle.radius_m))
    lines = [phrase(texts.SEARCHED_SWAPPED, searched=where) if swapped else where]
    if results.outside:
        lines.append(phrase(texts.SEARCHED_OUTSIDE, km=f"{results.outside / 1000:.1f}"))
    if not results.places:
        lines.append(phrase(texts.NOTHING_FOUND))
        return Say(tuple(lines), _buttons(results), picture=_picture(results), protect=True, replace=replace)
    places = counted(texts.PLACES, results.places)
    first = results.page * PAGE + 1
    last = first + len(results.shown) - 1
    lines.append(phrase(texts.TOTAL, places=places, cameras=cameras(results.cameras), first=first, last=last))
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


def _picture(results: Results) -> MapPicture:
    places = [found.entry.site.point for found in results.shown]
    return search_map(results.circle, places, results.city, first=results.page * PAGE + 1)


def _line(n: int, found: Found, *, short: bool) -> Phrase:
    """`short`: without what its owner added."""
    entry = found.entry
    known: Phrase | str = ""
    for part in () if short else about(entry):
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
    moves = []
    if results.page:
        moves.append(Button(phrase(texts.PREVIOUS_PAGE), f"/near:page:{results.search_id}:{results.page - 1}"))
    if (results.page + 1) * PAGE < results.places:
        moves.append(Button(phrase(texts.NEXT_PAGE), f"/near:page:{results.search_id}:{results.page + 1}"))
    if wider := next((m for m in RADII_M if m > results.circle.radius_m + 0.5), None):
        label = phrase(texts.WIDER, distance=distance(wider))
        moves.append(Button(label, f"/near:wider:{results.search_id}:{wider}"))
    ask = (Button(phrase(texts.ASK_OWNERS), f"/ask:{results.search_id}"),) if results.shown else ()
    return tuple(row for row in (tuple(pins[: PAGE // 2]), tuple(pins[PAGE // 2 :]), ask, tuple(moves)) if row)
