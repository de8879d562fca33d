"""`/coverage`: a map of cells for the station's staff, with numbers and no place."""

from io import BytesIO

import pytest
import shapely
from PIL import Image
from sqlmodel import Session

from bot import texts
from bot.core.access import Role
from bot.core.files import Print
from bot.core.geo import Point
from bot.core.messages import Say
from bot.core.picture import Cells
from bot.core.station.outlines import Outline
from handlers.pictures import studio
from storage import audit
from storage.station import stations
from tests.chat import PALASIA, Chat, Phone
from tests.conftest import make_officer

ORANGE, BLUE = (251, 217, 195), (156, 198, 242)


@pytest.fixture
def staff(chat: Chat) -> Phone:
    draws(chat, shapely.box(75.87, 22.6, 75.95, 22.75))
    return make_officer(chat, 3001, Role.STAFF)


def draws(chat: Chat, area: object) -> None:
    chat.store.run(lambda tx: stations.put(tx, [Outline("Palasia", area)], chat.now))


def drawn(staff: Phone) -> Cells:
    staff.says("/coverage")
    [said] = staff.answers
    assert isinstance(said, Say)
    assert said.protect
    assert isinstance(said.picture, Cells)
    return said.picture


def test_the_map_shows_cells_and_no_place(chat: Chat, staff: Phone, tx: Session) -> None:
    chat.has_cameras(*[PALASIA] * 5, Point(22.65, 75.9))

    picture = drawn(staff)

    image = Image.open(BytesIO(studio.make(picture, "hi"))).convert("RGB")
    colours = {colour for _, colour in image.getcolors(maxcolors=1_000_000) or []}
    assert {ORANGE, BLUE} <= colours
    written = str(picture)
    assert str(PALASIA.lat) not in written
    assert "20" in [str(cell.cameras) for cell in picture.coverage.cells]
    assert [row.station for row in audit.rows(tx, audit.Act.COVERAGE)] == ["Palasia"]


def test_it_prints_as_well(chat: Chat, staff: Phone) -> None:
    chat.has_cameras(PALASIA)

    assert studio.make(Print("cells.pdf", drawn(staff)), "en").startswith(b"%PDF")


def test_an_area_too_large_for_a_picture_says_so(chat: Chat) -> None:
    draws(chat, shapely.box(74, 21, 78, 24))
    staff = make_officer(chat, 3001, Role.STAFF)

    staff.says("/coverage")

    assert staff.reads == [texts.COVERAGE_LARGE]
