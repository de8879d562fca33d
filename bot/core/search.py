"""An officer's search: reading the question, asking for what is missing, and wording the answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot import texts
from bot.core.city import City
from bot.core.counts import read_radius
from bot.core.geo import Point
from bot.core.messages import Ask, Button, Incoming, Phrase, Pin, Rows, Say, Tap, Text, counted, phrase, say
from bot.core.near import Circle, Compass
from bot.core.places import ShortLink, Swapped, read_place
from bot.core.registration import Entry, about, cameras, coordinates
from bot.core.turn import Turn, general_hint, hinted

LEAST_M, USUAL_M, MOST_M = 10.0, 500.0, 5000.0
RADII_M = (100, 250, 500, 1000, 2000, 5000)
PAGE = 10


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
    circle: Circle
    swapped: bool = False  # the place was written longitude first


@dataclass(frozen=True, slots=True)
class Found:
    """One place of an answer: how far, which way, and what its owner said of it."""

    registration_id: int
    metres: float
    compass: Compass
    entry: Entry


@dataclass(frozen=True, slots=True)
class Results:
    """A page of an answer with the totals of the whole: places and cameras within the circle."""

    search_id: int
    circle: Circle
    places: int
    cameras: int
    page: int
    shown: Sequence[Found]


Out = Turn[Stage, Search]
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


def read_query(words: str, city: City) -> Search | Phrase:
    """`<place> [radius]` in any writing, or a sentence that says what is wrong with it."""
    if (both := _with_radius(words, city)) is not None:
        return both
    place = read_place(words, city)
    if isinstance(place, ShortLink):
        return phrase(texts.HINT_SHORT_LINK)
    return _search(place, USUAL_M) if isinstance(place, Point | Swapped) else phrase(texts.HINT_QUERY)


def _with_radius(words: str, city: City) -> Search | Phrase | None:
    parts = words.split()
    for last in (1, 2):  # "500", "1.2 km"
        radius = read_radius(" ".join(parts[-last:])) if len(parts) > last else None
        place = read_place(" ".join(parts[:-last]), city) if radius is not None else None
        if radius is not None and isinstance(place, Point | Swapped):
            return _search(place, radius)
    return None


def _search(place: Point | Swapped, radius: float) -> Search | Phrase:
    if not LEAST_M <= radius <= MOST_M:
        return phrase(texts.HINT_RADIUS, least=int(LEAST_M), most=distance(MOST_M))
    point = place.point if isinstance(place, Swapped) else place
    return Search(Circle(point, radius), isinstance(place, Swapped))


def step(stage: Stage, got: Incoming, city: City) -> Out:
    """Place, then radius; a place typed together with its radius needs no second question."""
    match stage, got:
        case NeedWhere(), Pin(point):
            return _ask(NeedRadius(point))
        case NeedWhere(), Text(words):
            if (both := _with_radius(words, city)) is not None:
                return _done_or_hint(stage, got, both)
            match read_place(words, city):
                case Point() as point:
                    return _ask(NeedRadius(point))
                case Swapped(point):
                    return _ask(NeedRadius(point, swapped=True))
            return _done_or_hint(stage, got, read_query(words, city))
        case NeedRadius(point, swapped), (Tap(words) | Text(words)) if (radius := read_radius(words)) is not None:
            return _done_or_hint(stage, got, _search(Swapped(point) if swapped else point, radius))
        case NeedRadius(), Pin(point):
            return _ask(NeedRadius(point))
        case _, Tap("back" | "no"):
            return Turn(None, (Say((phrase(texts.SEARCH_LEFT),), ask=Ask.CLEAR),))
    hint = general_hint(got) or phrase(texts.HINT_QUERY if isinstance(stage, NeedWhere) else texts.HINT_BUTTONS)
    return Turn(stage, hinted(hint, question(stage)))


def _ask(stage: Stage) -> Out:
    return Turn(stage, question(stage))


def _done_or_hint(stage: Stage, got: Incoming, read: Search | Phrase) -> Out:
    if isinstance(read, Search):
        return Turn(None, (), read)
    return Turn(stage, hinted(general_hint(got) or read, question(stage)))


def question(stage: Stage) -> tuple[Say, ...]:
    """Where, or how far around it."""
    match stage:
        case NeedWhere():
            return (say(texts.ASK_WHERE, ask=Ask.PLACE, back=True),)
        case NeedRadius(point):
            radii = [Button(distance(m), str(m)) for m in RADII_M]
            rows = (tuple(radii[:3]), tuple(radii[3:]), (Button(phrase(texts.NO_SEARCH), "no"),))
            return (say(texts.ASK_RADIUS, place=coordinates(point), buttons=rows),)


def distance(m: float) -> Phrase:
    """`120 m`, `1.2 km`."""
    if m < 999.5:
        return phrase(texts.METRES, n=round(m))
    return phrase(texts.KILOMETRES, n=f"{m / 1000:.1f}".removesuffix(".0"))


def away(found: Found) -> Phrase:
    """`120 m NE`; within half a metre there is no direction to speak of."""
    if found.metres < 0.5:
        return phrase(texts.RIGHT_HERE)
    return phrase(texts.AWAY, distance=distance(found.metres), compass=phrase(COMPASS[found.compass]))


def answer(results: Results, *, swapped: bool = False, replace: bool = False) -> Say:
    """The page in words, with its buttons; protected, and without any phone number."""
    where = phrase(texts.SEARCHED, place=coordinates(results.circle.centre), radius=distance(results.circle.radius_m))
    lines = [phrase(texts.SEARCHED_SWAPPED, searched=where) if swapped else where]
    if results.places:
        total = phrase(texts.TOTAL, places=counted(texts.PLACES, results.places), cameras=cameras(results.cameras))
        lines += [total, *(_line(n, found) for n, found in enumerate(results.shown, results.page * PAGE + 1))]
    else:
        lines.append(phrase(texts.NOTHING_FOUND))
    return Say(tuple(lines), _buttons(results), protect=True, replace=replace)


def _line(n: int, found: Found) -> Phrase:
    entry = found.entry
    known: Phrase | str = ""
    for part in about(entry):
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
    return tuple(row for row in (tuple(pins[:5]), tuple(pins[5:]), tuple(moves)) if row)
