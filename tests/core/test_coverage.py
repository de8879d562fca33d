"""Coverage: numbers by cell, small ones not told apart, and no place in them."""

import shapely
from h3.api import basic_int as h3

from bot.core.geo import Point
from bot.core.station.coverage import RESOLUTION, Cover, coverage

AREA = shapely.box(75.85, 22.70, 75.90, 22.75)
HOME = Point(22.7236, 75.8750)


def covers(*places: tuple[Point, int]) -> dict[Cover, int]:
    found = coverage(AREA, places)
    return {kind: found.many(kind) for kind in Cover}


def test_an_empty_station_is_made_of_empty_cells() -> None:
    found = covers()

    assert found[Cover.NONE] > 30
    assert sum(found.values()) == found[Cover.NONE]


def test_five_places_in_a_cell_are_told_and_four_are_not() -> None:
    four, five = coverage(AREA, [(HOME, 3)] * 4), coverage(AREA, [(HOME, 3)] * 5)

    assert [cell.cameras for cell in four.cells if cell.cover is Cover.FEW] == [0]
    assert [cell.cameras for cell in five.cells if cell.cover is Cover.SOME] == [15]
    assert four.many(Cover.SOME) == five.many(Cover.FEW) == 0


def test_the_empty_cells_beside_a_full_one_matter() -> None:
    found = covers((HOME, 4))

    assert (found[Cover.FEW], found[Cover.MATTERS]) == (1, 6)


def test_an_entry_outside_the_outline_has_its_cell_as_well() -> None:
    outside = Point(22.80, 75.95)

    found = coverage(AREA, [(outside, 4)])

    assert found.many(Cover.FEW) == 1


def test_no_place_can_be_read_out_of_it() -> None:
    other = h3.cell_to_latlng(h3.latlng_to_cell(HOME.lat, HOME.lon, RESOLUTION))

    assert coverage(AREA, [(HOME, 4)]) == coverage(AREA, [(Point(*other), 4)])


def test_an_outline_as_large_as_a_country_has_no_cells_of_its_own() -> None:
    assert coverage(shapely.box(70, 10, 85, 30), [(HOME, 4)]).many(*Cover) == 1
