"""The picture of a search: what stands in it, and that it can be read."""

from io import BytesIO

import psutil
import pytest
from PIL import Image
from pypdf import PdfReader

from bot import texts
from bot.core.casework.near import Circle
from bot.core.casework.search import distance
from bot.core.files import Print
from bot.core.geo import Point
from bot.core.messages import Name, Say, phrase
from bot.core.picture import MapPicture, Mark, Outline, Scope, Way
from bot.core.registration import coordinates
from bot.words import words
from handlers.mail import OUTGOING, Outgoing
from handlers.pictures import maps, studio
from handlers.pictures.ground import BARE, Ground, tiles_under
from tests.chat import PALASIA, RAJWADA

CITY = Name("Indore", "इन्दौर")
TITLE = phrase(texts.MAP_TITLE, radius=distance(500), place=coordinates(RAJWADA))
AROUND = Circle(RAJWADA, 500.0)
ALONG = Way((RAJWADA, Point(22.7236, 75.8602), PALASIA), 100.0)
WITHIN = Outline(((RAJWADA, PALASIA, Point(22.70, 75.87)), (Point(22.715, 75.865),) * 3))
RED = (194, 65, 12)


def marks(n: int, first: int = 1) -> tuple[Mark, ...]:
    return tuple(Mark(first + i, Point(RAJWADA.lat + i / 9000, RAJWADA.lon)) for i in range(n))


def pixels(picture: MapPicture, ground: Ground = BARE) -> Image.Image:
    return Image.open(BytesIO(studio.make(picture, "en", ground))).convert("RGB")


def printed(picture: MapPicture, language: str) -> str:
    return PdfReader(BytesIO(studio.make(Print("map.pdf", picture), language))).pages[0].extract_text()


@pytest.mark.parametrize("scope", [AROUND, ALONG, WITHIN])
@pytest.mark.parametrize("language", ["en", "hi"])
def test_every_number_the_title_and_the_scale_stand_in_the_picture(scope: Scope, language: str) -> None:
    text = printed(MapPicture("Title 77", scope, marks(10, first=21), CITY), language)

    bar = maps.figure(MapPicture("", scope, (), CITY), language)["bar"]["words"]
    assert [n for n in range(21, 31) if str(n) not in text] == []
    assert "77" in text
    assert bar.split()[0] in text
    assert text.count("°") >= 4


def test_a_place_is_drawn_where_it_is() -> None:
    east = Point(RAJWADA.lat, RAJWADA.lon + 0.003)

    frame = maps.frame_of(MapPicture(TITLE, AROUND, (Mark(1, east),), CITY))

    (x0, y0), (x1, y1) = frame.at(RAJWADA), frame.at(east)
    assert y0 == pytest.approx(y1)
    assert (x1 - x0) / frame.metre() == pytest.approx(308, abs=2)  # 0.003 degrees of longitude at 22.7 north


def test_where_it_happened_is_a_cross_that_no_pin_hides() -> None:
    crowd = tuple(Mark(n + 1, Point(RAJWADA.lat + n / 1e5, RAJWADA.lon - 0.0005)) for n in range(25))

    picture = pixels(MapPicture(TITLE, AROUND, crowd, CITY))

    alone = pixels(MapPicture(TITLE, AROUND, (), CITY))
    assert red(picture) > 0.8 * red(alone) > 300


def red(picture: Image.Image) -> int:
    """Pixels of the cross."""
    return sum(many for many, colour in picture.getcolors(1 << 24) or () if colour == RED)


def test_a_picture_fits_what_telegram_shows() -> None:
    picture = pixels(MapPicture(TITLE, AROUND, marks(25), CITY))

    assert max(picture.size) <= 1500
    assert picture.width == 1280


def test_what_was_drawn_takes_no_memory_once_it_is_sent() -> None:
    taken = []

    for n in range(12):
        studio.make(MapPicture(f"Title {n}", (AROUND, ALONG, WITHIN)[n % 3], marks(25, first=n), CITY), "hi")
        memory = psutil.Process().memory_info()
        taken.append((memory.rss - memory.shared) / 2**20)

    assert max(taken) - taken[0] < 8  # megabytes


def test_the_words_are_the_readers_and_the_credit_is_the_maps() -> None:
    shown = MapPicture(TITLE, AROUND, marks(3), CITY)

    hindi, english = (maps.figure(shown, language) for language in ("hi", "en"))

    assert (hindi["city"], english["city"]) == ("इन्दौर", "Indore")
    assert hindi["title"] == words(TITLE, "hi")
    assert hindi["north"] == words(phrase(texts.NORTH), "hi")
    assert english["credit"] == texts.MAP_BARE
    assert maps.figure(shown, "hi", Ground({}, "© Somebody"))["credit"] == "© Somebody"


def test_the_shapes_hold_no_words() -> None:
    shapes = maps.figure(MapPicture(TITLE, ALONG, marks(9), CITY), "hi")["shapes"]

    assert "<text" not in shapes
    assert shapes.isascii()


def test_with_tiles_the_map_lies_on_them_and_the_grid_is_gone() -> None:
    shown = MapPicture(TITLE, AROUND, (), CITY)
    green = BytesIO()
    Image.new("RGB", (256, 256), (10, 200, 10)).save(green, "PNG")
    ground = Ground(dict.fromkeys(tiles_under(maps.frame_of(shown)), green.getvalue()), "© Somebody")

    picture = pixels(shown, ground)

    corners = [(90, 300), (1200, 1200), (90, 1200)]
    assert [picture.getpixel(corner) for corner in corners] == [(10, 200, 10)] * 3
    assert maps.GRID not in maps.figure(shown, "en", ground)["shapes"]
    assert maps.GRID in maps.figure(shown, "en")["shapes"]


@pytest.mark.parametrize(
    "centre", [Point(0, 0), Point(89.9, 10), Point(-90, 0), Point(-17, 179.999), Point(22.7, -180)]
)
@pytest.mark.parametrize("radius", [10.0, 5000.0])
def test_anywhere_on_earth_can_be_drawn(centre: Point, radius: float) -> None:
    shown = MapPicture(TITLE, Circle(centre, radius), (Mark(1, centre),), CITY)

    assert studio.make(shown, "en").startswith(b"\x89PNG")


def test_a_description_survives_the_outbox() -> None:
    for scope in (AROUND, ALONG, WITHIN):
        out = Outgoing("1", "hi", Say((), picture=MapPicture(TITLE, scope, marks(2), CITY)))

        assert OUTGOING.validate_json(OUTGOING.dump_json(out)) == out
