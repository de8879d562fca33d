"""What was searched, in words, above the answer; and what can be searched wider."""

from dataclasses import replace

from bot import texts
from bot.core.casework.near import Circle
from bot.core.casework.scopes import WIDTHS_M, length_m, square_km
from bot.core.casework.search import RADII_M, distance
from bot.core.messages import Phrase, counted, phrase
from bot.core.picture import Outline, Scope, Way
from bot.core.registration import coordinates


def heading(scope: Scope) -> Phrase:
    """The first line of an answer."""
    match scope:
        case Circle(centre, radius):
            return phrase(texts.SEARCHED, place=coordinates(centre), radius=distance(radius))
        case Way(points, width):
            many = counted(texts.WAY_POINTS, len(points))
            return phrase(texts.SEARCHED_WAY, points=many, length=distance(length_m(scope)), width=distance(width))
        case Outline():
            return phrase(texts.SEARCHED_AREA, km2=f"{square_km(scope):.1f}")


def next_wider(scope: Scope) -> int | None:
    """The next larger radius or width that can be searched; None where there is none."""
    match scope:
        case Circle(_, reach):
            steps: tuple[int, ...] = RADII_M
        case Way(_, reach):
            steps = WIDTHS_M
        case Outline():
            return None
    return next((m for m in steps if m > reach + 0.5), None)


def widened(scope: Scope, reach: float) -> Scope | None:
    """The same with another radius or width; None where that is not one to be searched."""
    match scope:
        case Circle() if RADII_M[0] <= reach <= RADII_M[-1]:
            return replace(scope, radius_m=reach)
        case Way() if reach in WIDTHS_M:
            return replace(scope, within_m=reach)
    return None
