"""An officer's answer as one message: the picture's pins, and words that stand under it."""

from datetime import date, timedelta

import pytest

from bot import texts
from bot.core import search_answer
from bot.core.geo import Point
from bot.core.messages import Name, Phrase
from bot.core.near import Circle, Compass
from bot.core.picture import MapPicture, Outline, Scope, Way
from bot.core.registration import MOST, Entry, Kind, Site, State
from bot.core.search import MOST_M
from bot.core.search_answer import PAGE, Found, Order, Results
from bot.core.search_map import search_map
from bot.words import LANGUAGES, in_lines
from tests.chat import PALASIA, RAJWADA
from tests.core.test_search import results

SEEN = date(2026, 11, 24)
CAPTION = 1024  # what Telegram takes under a picture, counted in UTF-16


def long(lines: tuple[Phrase, ...], language: str) -> int:
    return len(in_lines(lines, language).encode("utf-16-le")) // 2


def test_the_pins_of_the_picture_carry_the_numbers_of_the_lines_and_stand_at_their_places() -> None:
    shown = results(21, 2)
    said = search_answer.answer(shown)

    assert isinstance(said.picture, MapPicture)
    assert [mark.n for mark in said.picture.marks] == [17, 18, 19, 20, 21]
    assert [mark.point for mark in said.picture.marks] == [found.entry.site.point for found in shown.shown]
    assert said.picture.scope == shown.scope


def test_an_answer_of_nothing_still_shows_where_was_searched() -> None:
    said = search_answer.answer(results(0, 0))

    assert isinstance(said.picture, MapPicture)
    assert (said.picture.marks, said.picture.scope) == ((), Circle(PALASIA, 500.0))


WAY = Way((PALASIA, RAJWADA), 100.0)
AREA = Outline(((PALASIA, RAJWADA, Point(22.70, 75.87)),))


@pytest.mark.parametrize(("scope", "title"), [(WAY, texts.MAP_TITLE_WAY), (AREA, texts.MAP_TITLE_AREA)])
def test_a_way_and_an_area_have_their_map_as_well(scope: Scope, title: str) -> None:
    drawn = search_map(scope, [RAJWADA, PALASIA], Name("Indore", "इन्दौर"), first=9)

    assert isinstance(drawn.title, Phrase)
    assert drawn.title.text == title
    assert drawn.scope == scope
    assert [(mark.n, mark.point) for mark in drawn.marks] == [(9, RAJWADA), (10, PALASIA)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_entries_with_every_answer_stands_under_its_picture(language: str) -> None:
    entry = Entry("7K4M-92QX", Site(PALASIA), 12, State.ACTIVE, Kind.INSTITUTION, False, 30, verified=SEEN)
    shown = [Found(100 + n, 1488.0, Compass.NE, entry, left=timedelta(days=28)) for n in range(PAGE)]

    said = search_answer.answer(Results(55, Circle(PALASIA, 2000.0), 120, 480, 14, shown, timed=True))

    assert long(said.lines, language) <= CAPTION


@pytest.mark.parametrize("language", LANGUAGES)
def test_even_the_longest_page_has_a_brief_form_that_stands_under_its_picture(language: str) -> None:
    entry = Entry("7K4M-92QX", Site(PALASIA), MOST, State.ACTIVE, Kind.INSTITUTION, False, 365, verified=SEEN)
    shown = [Found(100 + n, 4888.0, Compass.NE, entry, left=timedelta(days=365)) for n in range(PAGE)]
    huge = Results(2**62, Circle(PALASIA, MOST_M), 10**6, 10**8, 12345, shown, outside=1e6)

    said = search_answer.answer(huge, swapped=True)

    assert long(said.brief, language) <= CAPTION
    assert [line.values["number"] for line in said.brief if line.text == texts.FOUND_LINE] == ["7K4M-92QX"] * PAGE


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_along_a_way_stands_under_its_picture_as_well(language: str) -> None:
    entry = Entry("7K4M-92QX", Site(PALASIA), MOST, State.ACTIVE, Kind.INSTITUTION, False, 365, verified=SEEN)
    shown = [Found(n, 188.8, Compass.N, entry, 18_888.0, timedelta(days=-1)) for n in range(PAGE)]
    way = Way((PALASIA, Point(22.9, 75.9)), 200.0)

    said = search_answer.answer(Results(2**62, way, 10**6, 10**8, 12345, shown, order=Order.SOON, timed=True))

    assert long(said.brief, language) <= CAPTION


def test_places_that_see_the_road_come_before_others_about_equally_far() -> None:
    def at(metres: float, sees_road: bool | None) -> Found:
        return Found(int(metres), metres, Compass.N, Entry("X", Site(PALASIA), 1, State.ACTIVE, None, sees_road))

    found = [at(3, None), at(20, True), at(30, False), at(40, True), at(60, True), at(80, None)]

    assert [one.metres for one in search_answer.roads_first(found)] == [20, 3, 40, 30, 60, 80]


@pytest.mark.parametrize(("order", "label"), [(Order.USUAL, texts.OVERWRITTEN_FIRST), (Order.SOON, texts.USUAL_ORDER)])
def test_the_other_order_is_a_button_away(order: Order, label: str) -> None:
    entry = Entry("7K4M-92QX", Site(PALASIA), 2, State.ACTIVE)
    shown = [Found(n, 10.0 * n, Compass.N, entry) for n in range(3)]

    timed, untimed = (
        search_answer.answer(Results(5, Circle(PALASIA, 500.0), 3, 3, 0, shown, order=order, timed=yes))
        for yes in (True, False)
    )

    assert timed.buttons[-1][0].label.text == label
    assert label not in [button.label.text for row in untimed.buttons for button in row]
