"""Places in typed words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.city import City
from bot.core.geo import Point, metres
from bot.core.reading.places import NoPlace, ShortLink, Swapped, read_place
from bot.core.resident.camera_access import looks_like_camera_access
from tests.core.places_written import DEVANAGARI, LINKED, TYPED, Writing

RAJWADA = Point(22.7196, 75.8577)
INDORE = City("Indore", "इंदौर", RAJWADA, 25_000)
NOWHERE = City("Nowhere", "कहीं नहीं", Point(0, 0), -1)  # holds no point, so nothing is offered swapped
SAO_PAULO = Point(-23.5503, -46.6339)
WRITINGS = TYPED | LINKED

points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
writings = st.sampled_from(list(WRITINGS.values()))
odd_letters = st.sampled_from("0123456789०१२३.,;:/°'\"NSEWnsew+-−@!?&=#%()| \n\u200f latlongeoqhttpsमअ²")


@pytest.mark.parametrize("written", WRITINGS.values(), ids=WRITINGS)
@pytest.mark.parametrize("point", [RAJWADA, SAO_PAULO, Point(5.05, -0.0514)], ids=["Indore", "São Paulo", "Tema"])
def test_a_place_is_understood_however_it_is_written(written: Writing, point: Point) -> None:
    found = read_place(written(point), INDORE)

    assert isinstance(found, Point)
    assert metres(found, point) < 2


@given(points, writings)
def test_any_point_on_earth_is_read_back_from_any_writing(point: Point, written: Writing) -> None:
    found = read_place(written(point), NOWHERE)

    assert isinstance(found, Point)
    assert metres(found, point) < 2.5


@given(points, writings)
def test_nobody_who_names_a_place_is_told_off_for_sharing_camera_access(point: Point, written: Writing) -> None:
    assert not looks_like_camera_access(written(point))


@pytest.mark.parametrize(
    "words",
    [
        "22d43'10.56\" 75d51'27.72\"",
        "22:43:10.56 75:51:27.72",
        "22 43 10.56, 75 51 27.72",
        "22°43'10.56\"N75°51'27.72\"E",
        "22° 43.176' 75° 51.462'",
        "22.7196-75.8577",
        "22.7196 - 75.8577",
        "+22.7196, +75.8577",
        "उत्तर २२.७१९६ पूर्व ७५.८५७७",
        "२२.७१९६ डिग्री उत्तर, ७५.८५७७ डिग्री पूर्व",
        "Location: 22.7196,75.8577.",
        "22,7196,75,8577",
        "22,7196;75,8577",
        "22,7196° N, 75,8577° E",
        "geo:22.7,75.8?q=22.7196,75.8577",
        "GEO:22.7196,75.8577",
        "https://www.google.com/maps/place/22%C2%B043'10.56%22N+75%C2%B051'27.72%22E/@22.7,75.8,17z",
        "https://www.google.com/maps/place/22°43'10.56\"N 75°51'27.72\"E/@22.7196,75.8577,17z",
        "22.7196, 75.8577 https://maps.app.goo.gl/AbC123",
    ],
)
def test_rarer_writings_of_rajwada_are_understood_too(words: str) -> None:
    found = read_place(words, INDORE)

    assert isinstance(found, Point)
    assert metres(found, RAJWADA) < 2


@pytest.mark.parametrize(
    "words",
    [
        "PVC5+2X",
        "pvc5+2x",
        "PVC5+2X Indore",
        "PVC5+2X, Indore, Madhya Pradesh",
        "7JJQPVC5+2X",
        "JQPVC5+2X",
        "my shop 7JJQPVC5+2X, red gate",
        "https://www.google.com/maps/place/PVC5%2B2X+Indore",
        "https://maps.google.com/?q=PVC5%2B2X",
        "https://maps.google.com/?q=PVC5+2X",
        "https://plus.codes/7JJQPVC5+2X",
    ],
)
def test_plus_codes_are_understood_whole_and_short(words: str) -> None:
    found = read_place(words, INDORE)

    assert isinstance(found, Point)
    assert metres(found, Point(22.7200625, 75.8599375)) < 0.1


@pytest.mark.parametrize(
    "words",
    [
        "75.8577, 22.7196",
        "७५.८५७७ २२.७१९६",
        "https://maps.google.com/?q=75.8577,22.7196",
        "75.8577 N, 22.7196 E",
    ],
)
def test_someone_who_swaps_the_two_numbers_is_offered_the_place_in_the_city(words: str) -> None:
    assert read_place(words, INDORE) == Swapped(RAJWADA)


def test_a_longitude_beyond_ninety_written_first_is_noticed_as_swapped() -> None:
    kolkata = Point(26.1445, 91.7362)
    guwahati = City("Guwahati", "गुवाहाटी", kolkata, 20_000)

    assert read_place("91.7362, 26.1445", guwahati) == Swapped(kolkata)


def test_a_place_in_the_city_is_never_taken_for_swapped() -> None:
    diagonal = City("Diagonal", "विकर्ण", Point(22.0, 22.0), 50_000)

    assert read_place("22.1000, 21.9000", diagonal) == Point(22.1, 21.9)


@pytest.mark.parametrize(
    "words",
    [
        "https://maps.app.goo.gl/AbC123",
        "maps.app.goo.gl/AbC123",
        "https://goo.gl/maps/xyz",
        "Rajwada, Indore https://maps.app.goo.gl/x?g_st=iw",
        "https://www.google.com/maps/place/Rajwada",
        "https://maps.google.com/?cid=123456789",
        "https://mappls.com/a1b2c3",
    ],
)
def test_a_map_link_without_coordinates_is_told_apart(words: str) -> None:
    assert read_place(words, INDORE) == ShortLink()


@pytest.mark.parametrize(
    "words",
    [
        "",
        "hello",
        "मेरा घर",
        "4",
        "4 5",
        "22 75",
        "22.7196",
        "9826012345",
        "98260 12345",
        "+91 98260 12345",
        "flat 4.5 5.6",
        "12.05.2024",
        "Rs 10,000 20,000",
        "10,000 20,000",
        "99.1, 95.2",
        "22.7196, 275.8577",
        "90.0001 0.0001",
        "-22.7196 N, 75.8577 E",
        "22.7196 N, 75.8577 N",
        "22°61'10\"N 75°51'27\"E",
        "22°43'61\"N 75°51'27\"E",
        "from 22.7001,75.8001 to 22.8001,75.9001",
        "192.168.1.10",
        "C++",
        "+92 345",
        "7J000000+",
        "WWWW2222+22",
        "geo:22.7,75.8;crs=moon",
        "geo:",
        "https://example.com/",
    ],
)
def test_words_that_name_no_place_are_not_guessed_at(words: str) -> None:
    assert isinstance(read_place(words, INDORE), NoPlace)


@given(st.text() | st.text(odd_letters))
def test_no_words_at_all_break_the_reading(words: str) -> None:
    found = read_place(words, INDORE)

    spot = found.point if isinstance(found, Swapped) else found
    assert not isinstance(spot, Point) or (abs(spot.lat) <= 90 and abs(spot.lon) <= 180)


@given(st.text(st.sampled_from("राजवाड़ा Rajwada 0123456789,.-+°\n"), max_size=500), st.text())
def test_words_around_a_link_do_not_move_its_place(before: str, after: str) -> None:
    words = f"{before} https://maps.google.com/?q=22.7196,75.8577 {after}"

    found = read_place(words, INDORE)

    assert found == RAJWADA


@given(points)
def test_hindi_digits_read_like_others(point: Point) -> None:
    words = TYPED["comma"](point)

    assert read_place(words.translate(DEVANAGARI), INDORE) == read_place(words, INDORE)
