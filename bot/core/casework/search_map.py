"""The map that goes with a search: what was searched says its title, and every place has the number of its line."""

from collections.abc import Iterable

from bot import texts
from bot.core.casework.near import Circle
from bot.core.casework.search import distance
from bot.core.geo import Point
from bot.core.messages import Name, Phrase, phrase
from bot.core.picture import MapPicture, Mark, Outline, Scope, Way
from bot.core.registration import coordinates


def search_map(scope: Scope, places: Iterable[Point], city: Name, first: int = 1) -> MapPicture:
    """The places in the order of their lines; the first line of this page is number `first`."""
    marks = tuple(Mark(n, place) for n, place in enumerate(places, first))
    return MapPicture(_title(scope), scope, marks, city)


def _title(scope: Scope) -> Phrase:
    match scope:
        case Circle(centre, radius_m):
            return phrase(texts.MAP_TITLE, radius=distance(radius_m), place=coordinates(centre))
        case Way(within_m=within_m):
            return phrase(texts.MAP_TITLE_WAY, distance=distance(within_m))
        case Outline():
            return phrase(texts.MAP_TITLE_AREA)
