"""How far outside the town a place is, in a sentence."""

from bot import texts
from bot.core.casework.search import distance
from bot.core.geo import Point
from bot.core.messages import Phrase, phrase
from bot.core.town import Town


def hint_outside(town: Town, point: Point) -> Phrase:
    """What to tell someone whose place the register does not cover; a metre at least."""
    return phrase(texts.HINT_OUTSIDE, city=town.name, distance=distance(max(1.0, town.city.metres_outside(point))))
