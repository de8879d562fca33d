"""An officer's question: read in any writing, and asked for what is missing in it."""

from dataclasses import dataclass

from bot import texts
from bot.core.casework.near import Circle
from bot.core.city import City
from bot.core.geo import Point
from bot.core.messages import Ask, Button, Incoming, Phrase, Pin, Say, Tap, Text, phrase, say
from bot.core.picture import Scope
from bot.core.reading.counts import read_radius
from bot.core.reading.places import Place, ShortLink, Swapped, read_place
from bot.core.registration import coordinates
from bot.core.turn import Turn, general_hint, hinted

LEAST_M, USUAL_M, MOST_M = 10.0, 500.0, 5000.0
RADII_M = (100, 250, 500, 1000, 2000, 5000)
LONGEST_RADIUS = 5  # in words


@dataclass(frozen=True, slots=True)
class NeedWhere:
    pass


@dataclass(frozen=True, slots=True)
class NeedRadius:
    point: Point
    swapped: bool = False  # the place was written longitude first


Stage = NeedWhere | NeedRadius


@dataclass(frozen=True, slots=True)
class Search:
    scope: Scope
    swapped: bool = False  # the place was written longitude first


@dataclass(frozen=True, slots=True)
class Unsure:
    """A place is known, its radius cannot be used: what to ask, and what to say before it."""

    stage: NeedRadius
    hint: Phrase


Out = Turn[Stage, Search]


def read_query(words: str, city: City) -> Search | Unsure | Phrase:
    """`<place> [radius]` in any writing; a place whose radius cannot be used; or a sentence that says what is wrong."""
    if (both := _with_radius(words, city)) is not None:
        return both
    place = read_place(words, city)
    if isinstance(place, ShortLink):
        return phrase(texts.HINT_SHORT_LINK)
    return _search(place, USUAL_M) if isinstance(place, Point | Swapped) else phrase(texts.HINT_QUERY)


def _with_radius(words: str, city: City) -> Search | Unsure | None:
    parts, whole = words.split(), _point(read_place(words, city))
    unsure = None
    for last in range(LONGEST_RADIUS, 0, -1):  # "500 m all around it", "1.2 km", "500"
        tail = " ".join(parts[-last:])
        place = read_place(" ".join(parts[:-last]), city) if len(parts) > last else None
        if not isinstance(place, Point | Swapped) or (whole and whole != _point(place)):  # "75 51 27.7" has its seconds
            continue
        if (radius := read_radius(tail)) is not None:
            return _search(place, radius)
        if _means_radius(tail):
            unsure = _search(place, 0.0)
    return unsure


def _point(place: Place) -> Point | None:
    match place:
        case Point():
            return place
        case Swapped(point):
            return point
    return None


def _means_radius(tail: str) -> bool:
    """One number, or a unit of length: "some km" is no radius we can read, but it is meant as one."""
    tokens = tail.split()
    numbers = sum(any(letter.isdecimal() for letter in token) for token in tokens)
    return numbers == 1 or (numbers == 0 and read_radius(f"1 {tokens[-1]}") is not None)


def _search(place: Point | Swapped, radius: float) -> Search | Unsure:
    point, swapped = (place.point, True) if isinstance(place, Swapped) else (place, False)
    if not LEAST_M <= radius <= MOST_M:
        return Unsure(NeedRadius(point, swapped), phrase(texts.HINT_RADIUS, least=int(LEAST_M), most=distance(MOST_M)))
    return Search(Circle(point, radius), swapped)


def step(stage: Stage, got: Incoming, city: City) -> Out:
    """Place, then radius; a place typed together with its radius needs no second question."""
    match stage, got:
        case _, Pin(point):
            return _ask(NeedRadius(point))
        case NeedRadius(point, swapped), (Tap(words) | Text(words)) if (radius := read_radius(words)) is not None:
            return _done_or_hint(stage, got, _search(Swapped(point) if swapped else point, radius))
        case _, Text(words) if (both := _with_radius(words, city)) is not None:
            return _done_or_hint(stage, got, both)
        case _, Text(words) if here := _point(place := read_place(words, city)):
            return _ask(NeedRadius(here, swapped=isinstance(place, Swapped)), shown=True)
        case NeedWhere(), Text(words):
            return _done_or_hint(stage, got, read_query(words, city))
        case _, Tap("back" | "no"):
            return Turn(None, (Say((phrase(texts.SEARCH_LEFT),), ask=Ask.CLEAR),))
    hint = general_hint(got) or phrase(texts.HINT_QUERY if isinstance(stage, NeedWhere) else texts.HINT_BUTTONS)
    return Turn(stage, hinted(hint, question(stage)))


def _ask(stage: NeedRadius, *, shown: bool = False) -> Out:
    """`shown`: with the place on a map, since it was typed; that also takes the keyboard for places away."""
    pin = (Say((), ask=Ask.CLEAR, pin=stage.point),) if shown else ()
    return Turn(stage, (*pin, *question(stage)))


def _done_or_hint(stage: Stage, got: Incoming, read: Search | Unsure | Phrase) -> Out:
    match read:
        case Search():
            return Turn(None, (), read)
        case Unsure(unsure, hint):
            return Turn(unsure, hinted(hint, question(unsure)))
        case Phrase():
            return Turn(stage, hinted(general_hint(got) or read, question(stage)))


def question(stage: Stage) -> tuple[Say, ...]:
    """Where, or how far around it."""
    match stage:
        case NeedWhere():
            return (say(texts.ASK_WHERE, ask=Ask.HERE, back=True),)
        case NeedRadius(point):
            radii = [Button(distance(m), str(m)) for m in RADII_M]
            rows = (tuple(radii[:3]), tuple(radii[3:]), (Button(phrase(texts.NO_SEARCH), "no"),))
            return (say(texts.ASK_RADIUS, place=coordinates(point), buttons=rows),)


def distance(m: float) -> Phrase:
    """`120 m`, `1.2 km`."""
    if m < 999.5:
        return phrase(texts.METRES, n=round(m))
    return phrase(texts.KILOMETRES, n=f"{m / 1000:.1f}".removesuffix(".0"))
