"""An officer's question, in every writing, and what is asked when a part of it is missing."""

import pytest

from bot import texts
from bot.core.casework import search, search_answer
from bot.core.casework.near import Circle, Compass
from bot.core.casework.search import LEAST_M, MOST_M, USUAL_M, NeedRadius, NeedWhere, Search, Stage, Unsure
from bot.core.casework.search_answer import PAGE, Found, Results
from bot.core.geo import Point, metres
from bot.core.messages import Contact, Incoming, Media, Other, Phrase, Pin, Tap, Text, Whose
from bot.core.registration import Entry, Site, State
from tests.chat import INDORE, PALASIA, RAJWADA
from tests.core.places_written import LINKED, TYPED, Writing

P = Point(22.7196, 75.8577)
QUERIES = {
    "22.7196 75.8577 500": (P, 500.0),
    "22.7196, 75.8577, 500m": (P, 500.0),
    "22.7196,75.8577 1.2km": (P, 1200.0),
    "22.7196, 75.8577 1.2 km": (P, 1200.0),
    "२२.७१९६ ७५.८५७७ ५००": (P, 500.0),
    "२२.७१९६, ७५.८५७७ ५०० मीटर": (P, 500.0),
    "N 22.7196 E 75.8577 2km": (P, 2000.0),
    "geo:22.7196,75.8577 300": (P, 300.0),
    "https://www.google.com/maps?q=22.7196,75.8577 250 m": (P, 250.0),
    "22.7196 75.8577": (P, USUAL_M),
    "22.7196 75.8577 half km": (P, 500.0),
    "22.7196 75.8577 10": (P, LEAST_M),
    "22.7196 75.8577 5km": (P, MOST_M),
    "22.7196 75.8577 500 मीटर के अंदर": (P, 500.0),
    "22.7196 75.8577 500 मीटर के दायरे में": (P, 500.0),
    "22.7196 75.8577 one hundred and fifty": (P, 150.0),
    "22.7196 75.8577 डेढ़ किमी": (P, 1500.0),
}
WRONG = {
    "behind the temple 500": texts.HINT_QUERY,
    "500": texts.HINT_QUERY,
    "22 43 10.6 N 75 51 27.7": texts.HINT_QUERY,
    "https://maps.app.goo.gl/AbCdEf123": texts.HINT_SHORT_LINK,
}


@pytest.mark.parametrize(("words", "wanted"), QUERIES.items())
def test_place_and_radius_are_read_in_any_writing(words: str, wanted: tuple[Point, float]) -> None:
    assert search.read_query(words, INDORE) == Search(Circle(*wanted))


def test_longitude_first_is_noticed_and_said() -> None:
    assert search.read_query("75.8577 22.7196 500", INDORE) == Search(Circle(P, 500.0), swapped=True)


@pytest.mark.parametrize("write", [*TYPED.values(), *LINKED.values()], ids=[*TYPED, *LINKED])
@pytest.mark.parametrize(("radius", "wanted"), [("", USUAL_M), (" 300", 300.0), (" 1.2 km", 1200.0), (" ५० मी", 50.0)])
def test_every_way_of_writing_a_place_is_an_officers_too_with_and_without_a_radius(
    write: Writing, radius: str, wanted: float
) -> None:
    read = search.read_query(write(P) + radius, INDORE)

    assert isinstance(read, Search)
    assert isinstance(read.scope, Circle)
    assert metres(read.scope.centre, P) < 2.5
    assert read.scope.radius_m == pytest.approx(wanted)


@pytest.mark.parametrize(("words", "hint"), WRONG.items())
def test_what_cannot_be_searched_gets_a_sentence(words: str, hint: str) -> None:
    said = search.read_query(words, INDORE)

    assert isinstance(said, Phrase)
    assert said.text == hint


@pytest.mark.parametrize("radius", ["9", "5001", "6 km", "some km"])
def test_a_place_whose_radius_cannot_be_used_is_kept_and_only_the_radius_is_asked_again(radius: str) -> None:
    said = search.read_query(f"22.7236 75.8850 {radius}", INDORE)
    turn = search.step(NeedWhere(), Text(f"22.7236 75.8850 {radius}"), INDORE)

    assert isinstance(said, Unsure)
    assert (said.stage, said.hint.text) == (NeedRadius(PALASIA), texts.HINT_RADIUS)
    assert (turn.stage, turn.effect) == (NeedRadius(PALASIA), None)
    assert turn.says[0].lines[0].values["hint"] == said.hint


@pytest.mark.parametrize("got", [Pin(PALASIA), Text("22.7236, 75.8850")])
def test_a_place_is_followed_by_the_question_how_far(got: Incoming) -> None:
    turn = search.step(NeedWhere(), got, INDORE)

    assert turn.stage == NeedRadius(PALASIA)
    assert turn.effect is None


def test_a_place_with_its_radius_needs_no_second_question() -> None:
    assert search.step(NeedWhere(), Text("22.7236 75.8850 300 m"), INDORE).effect == Search(Circle(PALASIA, 300.0))


@pytest.mark.parametrize(
    ("got", "radius"), [(Tap("100"), 100.0), (Text("1.2 km"), 1200.0), (Text("५००"), 500.0), (Tap("5000"), 5000.0)]
)
def test_a_radius_pressed_or_written_begins_the_search(got: Incoming, radius: float) -> None:
    turn = search.step(NeedRadius(PALASIA), got, INDORE)

    assert (turn.stage, turn.effect) == (None, Search(Circle(PALASIA, radius)))


@pytest.mark.parametrize("got", [Pin(RAJWADA), Text("22.7185, 75.8550")])
def test_another_place_moves_the_search(got: Incoming) -> None:
    assert search.step(NeedRadius(PALASIA), got, INDORE).stage == NeedRadius(RAJWADA)


def test_another_place_with_its_radius_is_searched_at_once() -> None:
    wanted = Search(Circle(RAJWADA, 300.0))

    assert search.step(NeedRadius(PALASIA), Text("22.7185 75.8550 300 m"), INDORE).effect == wanted


@pytest.mark.parametrize("stage", [NeedWhere(), NeedRadius(PALASIA)])
@pytest.mark.parametrize("no", ["no", "back"])
def test_an_officer_can_leave_without_a_search(stage: Stage, no: str) -> None:
    turn = search.step(stage, Tap(no), INDORE)

    assert (turn.stage, turn.effect) == (None, None)
    assert turn.says[0].lines[0].text == texts.SEARCH_LEFT


@pytest.mark.parametrize(
    ("stage", "got", "hint"),
    [
        (NeedWhere(), Media(), texts.NO_PICTURES),
        (NeedWhere(), Other(), texts.HINT_QUERY),
        (NeedWhere(), Contact("+919876543210", Whose.OWN), texts.HINT_QUERY),
        (NeedWhere(), Text("rtsp://admin:1234@192.168.1.8/live"), texts.NO_CAMERA_ACCESS),
        (NeedRadius(PALASIA), Text("far"), texts.HINT_BUTTONS),
        (NeedRadius(PALASIA), Text("6 km"), texts.HINT_RADIUS),
        (NeedRadius(PALASIA), Tap("0"), texts.HINT_RADIUS),
        (NeedRadius(PALASIA), Media(), texts.NO_PICTURES),
    ],
)
def test_what_does_not_fit_gets_a_hint_and_no_search(stage: Stage, got: Incoming, hint: str) -> None:
    turn = search.step(stage, got, INDORE)

    said = turn.says[0].lines[0].values["hint"]
    assert isinstance(said, Phrase)
    assert (said.text, turn.stage, turn.effect) == (hint, stage, None)


@pytest.mark.parametrize(
    ("metres", "text", "n"),
    [
        (0.0, texts.METRES, 0),
        (999.4, texts.METRES, 999),
        (999.6, texts.KILOMETRES, "1"),
        (1249.0, texts.KILOMETRES, "1.2"),
    ],
)
def test_distances_read_as_people_say_them(metres: float, text: str, n: int | str) -> None:
    assert search.distance(metres) == Phrase(text, {"n": n})


def results(places: int, page: int, radius: float = 500.0) -> Results:
    entry = Entry("7K4M-92QX", Site(PALASIA, "blue gate"), 2, State.ACTIVE)
    many = max(0, min(PAGE, places - page * PAGE))
    shown = [Found(100 + n, 12.0 * n, Compass.SE, entry) for n in range(many)]
    return Results(55, Circle(PALASIA, radius), places, places * 2, page, shown)


@pytest.mark.parametrize(
    ("places", "page", "moves"),
    [
        (0, 0, [texts.WIDER]),
        (10, 0, [texts.WIDER]),
        (11, 0, [texts.NEXT_PAGE, texts.WIDER]),
        (11, 1, [texts.PREVIOUS_PAGE, texts.WIDER]),
        (25, 1, [texts.PREVIOUS_PAGE, texts.NEXT_PAGE, texts.WIDER]),
    ],
)
def test_the_buttons_under_a_page_lead_on_and_back_and_wider(places: int, page: int, moves: list[str]) -> None:
    said = search_answer.answer(results(places, page))

    assert [button.label.text for button in said.buttons[-1]] == moves
    pins = [button for row in said.buttons for button in row if button.label.text == texts.PIN_BUTTON]
    assert len(pins) == max(0, min(PAGE, places - page * PAGE))
    assert all(len(button.data.encode()) <= 64 for row in said.buttons for button in row)


def test_at_the_widest_radius_nothing_wider_is_offered() -> None:
    assert search_answer.answer(results(0, 0, MOST_M)).buttons == ()


def test_an_answer_is_protected_and_counts_from_the_page_it_is_on() -> None:
    said = search_answer.answer(results(25, 2))

    assert said.protect
    assert [line.values["n"] for line in said.lines if line.text == texts.FOUND_LINE] == [21, 22, 23, 24, 25]


def test_a_full_page_has_ten_places() -> None:
    assert PAGE == 10
    assert len([line for line in search_answer.answer(results(25, 0)).lines if line.text == texts.FOUND_LINE]) == 10
