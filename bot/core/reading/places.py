"""Every way of naming a place in typed words: coordinates, links, plus codes."""

from dataclasses import dataclass

from bot.core.city import City
from bot.core.geo import Point
from bot.core.reading.angles import Pair, read_pair
from bot.core.reading.digits import plain
from bot.core.reading.maplinks import leads_to_a_map, links_in, places_named
from bot.core.reading.pluscodes import read_plus_code


@dataclass(frozen=True, slots=True)
class Swapped:
    """Written, it lies outside the city; with latitude and longitude changed over, inside: at `point`."""

    point: Point


@dataclass(frozen=True, slots=True)
class ShortLink:
    """A map service's link with no coordinates in it. Links are never fetched, so it names no place to us."""


@dataclass(frozen=True, slots=True)
class NoPlace:
    """Nothing in the words names a place on Earth, or they name several."""


Place = Point | Swapped | ShortLink | NoPlace


def read_place(words: str, city: City) -> Place:
    """The place that the words name; it need not lie in the city. Short plus codes count from its centre."""
    links, rest = links_in(plain(words))
    named = [name for link in links for name in places_named(link)]
    for name in [*named, rest]:
        if pair := read_pair(name):
            return _on_earth(pair, city)
        if point := read_plus_code(name, city.centre):
            return point
    return ShortLink() if any(leads_to_a_map(link) for link in links) else NoPlace()


def _on_earth(pair: Pair, city: City) -> Place:
    written, turned = _point(*pair), _point(pair[1], pair[0])
    if turned and city.holds(turned) and not (written and city.holds(written)):
        return Swapped(turned)
    return written or NoPlace()


def _point(lat: float, lon: float) -> Point | None:
    return Point(lat, lon) if -90 <= lat <= 90 and -180 <= lon <= 180 else None
