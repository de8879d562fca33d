"""`/route`: the points of a way, and how far to either side of it one looks."""

from dataclasses import dataclass

from bot import texts
from bot.core.casework.scopes import WIDTHS_M, length_m, same_place
from bot.core.casework.search import MOST_M, Search, distance
from bot.core.city import City
from bot.core.geo import Point
from bot.core.messages import Ask, Button, Incoming, Phrase, Pin, Say, Tap, Text, counted, phrase, say
from bot.core.picture import Way
from bot.core.reading.counts import read_radius
from bot.core.reading.places import ShortLink, Swapped, read_place
from bot.core.turn import Turn, general_hint, hinted

MOST_POINTS = 25
LONGEST_M = 20_000.0


@dataclass(frozen=True, slots=True)
class NeedWay:
    """More points may come; two are enough."""

    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class NeedWidth:
    points: tuple[Point, ...]


Stage = NeedWay | NeedWidth
Out = Turn[Stage, Search]


def step(stage: Stage, got: Incoming, city: City) -> Out:
    """Points one by one or as a list, then the width; a list that ends with a width needs no question."""
    match stage, got:
        case _, Tap("no" | "back"):
            return Turn(None, (Say((phrase(texts.SEARCH_LEFT),), ask=Ask.CLEAR),))
        case NeedWay(points), Pin(point):
            return _longer(stage, (*points, point), city)
        case NeedWay(points), Tap("done"):
            return _done(points)
        case NeedWay(), Text(words):
            return written(stage, words, city, got)
        case NeedWidth(points), (Tap(words) | Text(words)) if (width := read_radius(words)) is not None:
            return _wide(points, width)
        case NeedWidth(points), Pin(point):
            return _longer(stage, (*points, point), city)
    return Turn(stage, hinted(general_hint(got) or phrase(texts.HINT_BUTTONS), question(stage)))


def written(stage: NeedWay, words: str, city: City, got: Incoming) -> Out:
    """Places with semicolons or line breaks between them; perhaps a width at the end."""
    parts = [part.strip() for part in words.replace("\n", ";").split(";") if part.strip()]
    width = read_radius(parts[-1]) if len(parts) > 2 else None
    places = [read_place(part, city) for part in (parts[:-1] if width is not None else parts)]
    points = tuple(
        place.point if isinstance(place, Swapped) else place for place in places if isinstance(place, Point | Swapped)
    )
    if len(points) < len(places) or not points:
        short = any(isinstance(place, ShortLink) for place in places)
        hint = general_hint(got) or phrase(texts.HINT_SHORT_LINK if short else texts.HINT_WAY)
        return Turn(stage, hinted(hint, question(stage)))
    longer = _longer(stage, (*stage.points, *points), city)
    if len(parts) == 1 or not isinstance(longer.stage, NeedWay) or longer.stage.points == stage.points:
        return longer
    done = _done(longer.stage.points)
    if width is None or not isinstance(done.stage, NeedWidth):
        return done
    return _wide(done.stage.points, width)


def _longer(stage: Stage, points: tuple[Point, ...], city: City) -> Out:
    kept: tuple[Point, ...] = ()
    for point in points:
        kept = kept if same_place(kept, point) else (*kept, point)
    hint = _too_much(kept, city)
    if hint:
        return Turn(stage, hinted(hint, question(stage)))
    return Turn(NeedWay(kept), question(NeedWay(kept)))


def _too_much(points: tuple[Point, ...], city: City) -> Phrase | None:
    outside = max(map(city.metres_outside, points))
    if outside > MOST_M:
        return phrase(texts.HINT_WAY_OUTSIDE, km=f"{outside / 1000:.1f}")
    if len(points) > MOST_POINTS or length_m(Way(points, 0.0)) > LONGEST_M:
        return phrase(texts.HINT_WAY_LONG, most=MOST_POINTS, length=distance(LONGEST_M))
    return None


def _done(points: tuple[Point, ...]) -> Out:
    if len(points) < 2:
        return Turn(NeedWay(points), hinted(phrase(texts.HINT_ONE_POINT), question(NeedWay(points))))
    return Turn(NeedWidth(points), question(NeedWidth(points)))


def _wide(points: tuple[Point, ...], width: float) -> Out:
    if width not in WIDTHS_M:
        return Turn(NeedWidth(points), hinted(phrase(texts.HINT_WIDTH), question(NeedWidth(points))))
    return Turn(None, (), Search(Way(points, width)))


def question(stage: Stage) -> tuple[Say, ...]:
    """The next point, or how wide."""
    leave = Button(phrase(texts.NO_SEARCH), "no")
    match stage:
        case NeedWay(()):
            return (say(texts.ASK_WAY, buttons=((leave,),)),)
        case NeedWay(points):
            enough = (Button(phrase(texts.WAY_DONE), "done"),)
            known = counted(texts.WAY_POINTS, len(points))
            return (say(texts.ASK_WAY_ON, points=known, buttons=(enough, (leave,))),)
        case NeedWidth(points):
            widths = tuple(Button(distance(m), str(m)) for m in WIDTHS_M)
            length = distance(length_m(Way(points, 0.0)))
            return (say(texts.ASK_WIDTH, length=length, buttons=(widths, (leave,))),)
