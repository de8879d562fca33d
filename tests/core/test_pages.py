"""Pages without opening every cell: whatever the closed ones hold, the places of the page are in those it names."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.core.casework.pages import Closed, split
from bot.core.cover import cell_of, spans
from bot.core.geo import metres
from tests.core import globe

seeds = st.integers(0, 2**32)


def hidden(chance: Random) -> dict[Closed, list[float]]:
    """Closed cells and what is really in them; many distances are equal, and some lie on the very bounds."""
    cells = {}
    for cell in range(chance.randrange(12)):
        nearest = float(chance.randrange(0, 40))
        farthest = nearest + chance.randrange(0, 15)
        held = [float(chance.randint(int(nearest), int(farthest))) for _ in range(chance.randint(1, 6))]
        cells[Closed(cell, len(held), nearest, farthest)] = held
    return cells


@given(seeds)
def test_opening_the_touching_cells_is_enough_to_know_a_page(seed: int) -> None:
    chance = Random(seed)
    cells = hidden(chance)
    known = sorted(float(chance.randrange(50)) for _ in range(chance.randint(1, 9)))
    everything = sorted([*known, *(far for held in cells.values() for far in held)])
    first = chance.randrange(len(everything))
    last = min(first + chance.randrange(10), len(everything) - 1)

    touching, before = split(first, last, known, list(cells))

    opened = sorted([*known, *(far for cell in touching for far in cells[cell])])
    assert opened[first - before : last + 1 - before] == everything[first : last + 1]


@given(seeds)
def test_knowing_only_the_nearest_of_the_known_places_changes_nothing(seed: int) -> None:
    chance = Random(seed)
    cells = list(hidden(chance))
    known = sorted(float(chance.randrange(50)) for _ in range(chance.randint(12, 30)))

    assert split(2, 11, known[:12], cells) == split(2, 11, known, cells)


def test_a_cell_far_behind_the_page_stays_closed_and_a_cell_before_it_is_counted() -> None:
    near, here, far = Closed(1, 10, 0, 50), Closed(2, 10, 60, 90), Closed(3, 10, 100, 150)

    assert split(10, 19, [], [far, here, near]) == ([here], 10)


def test_cells_that_touch_come_nearest_first() -> None:
    one, two, three = Closed(1, 5, 0, 50), Closed(2, 5, 10, 60), Closed(3, 5, 20, 70)

    assert split(0, 9, [], [three, one, two]).touching == [one, two, three]


def test_when_places_vanish_after_the_count_the_page_is_shorter_and_nothing_breaks() -> None:
    assert split(20, 29, [1.0, 2.0], []) == ([], 0)
    assert split(20, 29, [], []) == ([], 0)


@given(seeds)
def test_no_place_of_a_cell_is_nearer_or_farther_than_its_span(seed: int) -> None:
    chance = Random(seed)
    circle = globe.circle(chance)
    spots = [globe.place(circle, chance.uniform(-180, 180), chance.random()) for _ in range(10)]

    spanned = spans(circle.centre, [cell_of(spot) for spot in spots])

    far = [metres(circle.centre, spot) for spot in spots]
    assert all(nearest <= one <= farthest for one, (nearest, farthest) in zip(far, spanned, strict=True))
    assert all(farthest - nearest < 177 for nearest, farthest in spanned)
