"""An officer's answer as one message: the picture's pins, and words that stand under it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import texts
from bot.core.casework import search_answer
from bot.core.casework.near import Circle, Compass
from bot.core.casework.scopes import WIDTHS_M
from bot.core.casework.search import LEAST_M, MOST_M
from bot.core.casework.search_answer import PAGE, Found, Order, Results
from bot.core.casework.search_map import search_map
from bot.core.casework.ways import LONGEST_M, MOST_POINTS
from bot.core.geo import Point
from bot.core.messages import Name, Phrase, Say
from bot.core.picture import MapPicture, Outline, Scope, Way
from bot.core.registration import MOST, MOST_DAYS, Entry, Kind, Site, State
from bot.words import LANGUAGES, in_lines, words
from tests.chat import PALASIA, RAJWADA
from tests.core.test_search import results

SEEN = date(2026, 11, 24)
CAPTION = 1024  # what Telegram takes under a picture, counted in UTF-16


def long(lines: tuple[Phrase, ...], language: str) -> int:
    return len(in_lines(lines, language).encode("utf-16-le")) // 2


def test_the_pins_of_the_picture_carry_the_numbers_of_the_lines_and_stand_at_their_places() -> None:
    shown = results(25, 2)
    said = search_answer.answer(shown)

    assert isinstance(said.picture, MapPicture)
    assert [mark.n for mark in said.picture.marks] == [21, 22, 23, 24, 25]
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


DAY = timedelta(days=1)
ENTRIES = st.builds(
    Entry,
    st.just("7K4M-92QX"),
    st.just(Site(PALASIA)),
    st.integers(1, MOST),
    st.just(State.ACTIVE),
    st.none() | st.sampled_from(Kind),
    st.none() | st.booleans(),
    st.none() | st.integers(0, MOST_DAYS),
    verified=st.none() | st.just(SEEN),
)


@st.composite
def anything_found(draw: st.DrawFn) -> Results:
    """A page of any search: whatever owners said, however far, however many, in any order."""
    circle = st.builds(Circle, st.just(PALASIA), st.floats(LEAST_M, MOST_M))
    way = st.builds(Way, st.integers(2, MOST_POINTS).map(lambda n: (PALASIA, RAJWADA) * n), st.sampled_from(WIDTHS_M))
    scope = draw(circle | way | st.just(AREA))
    page, timed = draw(st.integers(0, 999)), draw(st.booleans())
    shown = [draw(found(scope, timed=timed)) for _ in range(draw(st.integers(1, PAGE)))]
    totals = draw(st.integers(1, 99_999)), draw(st.integers(1, 9_999_999))
    outside = draw(st.floats(0, 20_000_000)) if isinstance(scope, Circle) else 0.0
    city, order = Name("Indore", "इन्दौर"), draw(st.sampled_from(Order))
    return Results(2**62, scope, *totals, page, shown, outside, city, order, timed)


@st.composite
def found(draw: st.DrawFn, scope: Scope, *, timed: bool) -> Found:
    entry = draw(ENTRIES)
    left = None if entry.days_kept is None or not timed else (entry.days_kept - draw(st.floats(0, 366))) * DAY
    after = draw(st.floats(0, LONGEST_M)) if isinstance(scope, Way) else None
    return Found(1, draw(st.floats(0, MOST_M if after is None else WIDTHS_M[-1])), draw(COMPASSES), entry, after, left)


COMPASSES = st.sampled_from(Compass)


def stands_under_its_picture(said: Say, language: str) -> bool:
    return min(long(said.lines, language), long(said.brief, language)) <= CAPTION


@given(anything_found())
def test_whatever_is_found_a_page_of_ten_stands_under_its_picture(shown: Results) -> None:
    said = search_answer.answer(shown)

    assert all(stands_under_its_picture(said, language) for language in LANGUAGES)


LONGEST = Entry("7K4M-92QX", Site(PALASIA), MOST, State.ACTIVE, Kind.INSTITUTION, False, MOST_DAYS, verified=SEEN)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("left", [MOST_DAYS * DAY, DAY / 24 * 23, -DAY])
@pytest.mark.parametrize("scope", [Circle(PALASIA, 4999.0), Way((PALASIA, RAJWADA) * 12, 200.0), AREA])
def test_ten_of_the_longest_lines_stand_under_their_picture(
    language: str, kind: Kind, left: timedelta, scope: Scope
) -> None:
    entry, after = replace(LONGEST, kind=kind), 18_888.8 if isinstance(scope, Way) else None
    shown = [Found(2**62, 4888.8, Compass.SW, entry, after, left) for _ in range(PAGE)]
    outside = 1e7 if isinstance(scope, Circle) else 0.0

    said = search_answer.answer(Results(2**62, scope, 10**5, 10**7, 99, shown, outside=outside, timed=True))

    assert long(said.brief, language) <= CAPTION


@pytest.mark.parametrize("language", LANGUAGES)
def test_ten_usual_places_with_every_answer_are_said_in_full(language: str) -> None:
    entry = Entry("7K4M-92QX", Site(PALASIA), 12, State.ACTIVE, Kind.SOCIETY, False, 30, verified=SEEN)
    shown = [Found(100 + n, 1488.0, Compass.SW, entry, left=timedelta(days=28)) for n in range(PAGE)]

    said = search_answer.answer(Results(55, Circle(PALASIA, 2000.0), 120, 480, 9, shown, timed=True))

    assert long(said.lines, language) <= CAPTION


@given(anything_found())
def test_in_few_signs_a_line_says_all_that_it_says_in_full(shown: Results) -> None:
    said = search_answer.answer(shown)

    for full, brief in zip(said.lines, said.brief, strict=True):
        for language in LANGUAGES:
            told = words(full, language)
            for way, name in search_answer.COMPASS.items():
                told = told.replace(f" {words(Phrase(name), language)} ", f" {search_answer.ARROWS[way.value]} ")
            assert told.replace(" · ", "·") == words(brief, language).replace(" · ", "·")


@pytest.mark.parametrize(("places", "page", "here"), [(1, 0, ""), (10, 0, ""), (11, 0, "1–10"), (25, 2, "21–25")])
def test_where_there_are_more_pages_it_is_said_which_places_stand_on_this_one(
    places: int, page: int, here: str
) -> None:
    said = in_lines(search_answer.answer(results(places, page)).lines, "en")

    assert ("; here" in said) is bool(here)
    assert here in said


@pytest.mark.parametrize(
    ("scope", "timed", "order", "said"),
    [
        (Circle(PALASIA, 500.0), True, Order.USUAL, texts.ORDER_NEAREST),
        (WAY, True, Order.USUAL, texts.ORDER_WAY),
        (AREA, True, Order.USUAL, texts.ORDER_FROM_INCIDENT),
        (AREA, False, Order.USUAL, texts.ORDER_FROM_MIDDLE),
        (Circle(PALASIA, 500.0), True, Order.SOON, texts.ORDER_SOON),
        (WAY, True, Order.SOON, texts.ORDER_SOON),
        (AREA, True, Order.SOON, texts.ORDER_SOON),
    ],
)
def test_the_order_is_said(scope: Scope, timed: bool, order: Order, said: str) -> None:
    shown = [Found(1, 10.0, Compass.N, LONGEST)]

    answer = search_answer.answer(Results(5, scope, 1, 1, 0, shown, order=order, timed=timed))

    [total] = [line for line in answer.lines if line.text == texts.TOTAL]
    assert isinstance(total.values["order"], Phrase)
    assert total.values["order"].text == said


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
