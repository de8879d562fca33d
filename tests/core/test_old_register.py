"""Older registers, as stations keep them: columns by name in English and Hindi, and what is wrong in each cell."""

import pytest

from bot.core.geo import Point
from bot.core.station import column_words as names
from bot.core.station.old_register import Column, Fault, Old, Wrong, columns, missing, read_row
from tests.town import INDORE

WHERE = columns(["Mobile No.", "Latitude", "Longitude", "No. of Cameras", "Type"])
GOOD = ["9826012345", "22.7196", "75.8577", "4", "shop"]


def row(*cells: str) -> Old | list[Fault]:
    return read_row(cells, WHERE, INDORE, "IN")


def wrong(column: int, said: str) -> list[Wrong]:
    cells = [*GOOD]
    cells[column] = said
    faults = row(*cells)
    assert isinstance(faults, list)
    return [fault.why for fault in faults]


@pytest.mark.parametrize(
    "header",
    [
        ["Mobile", "Lat", "Long", "Cameras"],
        ["CONTACT_NUMBER", "LATITUDE", "LONGITUDE", "CCTV"],
        ["मोबाइल नंबर", "अक्षांश", "देशांतर", "कैमरों की संख्या"],
        ["  मोबाईल नंबर *", "अक्षांश", "देशांतर (E)", "कुल कैमरे:"],
        ["मो. नं.", "लोकेशन", "कैमरा संख्या"],
        ["Mob. No. (owner)", "Lat.", "Long.", "No. of CCTV"],
        ["Mobile Number (WhatsApp)", "GPS Location", "x", "Total Cameras"],
    ],
)
def test_columns_are_found_by_name_in_english_and_hindi(header: list[str]) -> None:
    assert missing(columns(header)) == []


@pytest.mark.parametrize("called", [names.PHONE, names.PLACE, names.LATITUDE, names.LONGITUDE, names.CAMERAS])
def test_every_name_that_a_column_can_have_is_found(called: tuple[str, ...]) -> None:
    found = [columns([name.upper()]) for name in called]

    assert found == [found[0]] * len(called)
    assert list(found[0].values()) == [0]


def test_what_is_missing_is_named() -> None:
    assert missing(columns(["Name", "Mobile", "Address"])) == [Column.PLACE, Column.CAMERAS]
    assert missing(columns(["Latitude", "Cameras"])) == [Column.PHONE, Column.PLACE]
    assert len(missing(columns(["", "eksckby uacj", "dSejs"]))) == 3


def test_a_row_in_order_is_read_and_a_person_s_name_is_not() -> None:
    old = row(*GOOD)

    assert isinstance(old, Old)
    assert (old.draft.phone, old.draft.site.point, old.draft.cameras) == ("+919826012345", Point(22.7196, 75.8577), 4)
    assert (old.kind, old.draft.site.name) == ("shop", "")


@pytest.mark.parametrize(
    "phone",
    ["98260 12345", "+91-98260-12345", "09826012345", "919826012345", "९८२६०१२३४५", "9826012345.0", "0091 9826012345"],
)
def test_a_number_is_read_however_it_is_written(phone: str) -> None:
    old = row(phone, *GOOD[1:])

    assert isinstance(old, Old)
    assert old.draft.phone == "+919826012345"


@pytest.mark.parametrize(
    ("column", "said", "why"),
    [
        (0, "", Wrong.EMPTY),
        (0, "9.82601E+09", Wrong.SCIENTIFIC),
        (0, "9,82601E+09", Wrong.SCIENTIFIC),
        (0, "9198260123456", Wrong.DIGITS),
        (0, "982601234", Wrong.DIGITS),
        (0, "9826012345, 9826012346", Wrong.DIGITS),
        (0, "on the gate", Wrong.NO_PHONE),
        (0, '="9826012345"', Wrong.FORMULA),
        (1, "", Wrong.EMPTY),
        (1, "=B2+0.1", Wrong.FORMULA),
        (1, "north", Wrong.NO_PLACE),
        (1, "28.6139", Wrong.OUTSIDE),
        (3, "", Wrong.EMPTY),
        (3, "=SUM(A1:A9)", Wrong.FORMULA),
        (3, "many", Wrong.NO_COUNT),
        (3, "0", Wrong.COUNT_RANGE),
        (3, "501", Wrong.COUNT_RANGE),
    ],
)
def test_a_wrong_cell_is_told_apart(column: int, said: str, why: Wrong) -> None:
    assert wrong(column, said) == [why]


def test_everything_that_is_wrong_in_a_row_is_said_at_once() -> None:
    faults = row("", "", "75.8577", "many")

    assert isinstance(faults, list)
    assert [fault.column for fault in faults] == [Column.PHONE, Column.LATITUDE, Column.CAMERAS]


def test_a_digit_too_many_is_counted() -> None:
    faults = row("9198260123456", *GOOD[1:])

    assert isinstance(faults, list)
    assert faults[0].detail == "13"


@pytest.mark.parametrize("place", ["22.7196, 75.8577", "75.8577 22.7196", "https://maps.google.com/?q=22.7196,75.8577"])
def test_a_place_in_one_column_is_read_as_in_the_chat(place: str) -> None:
    where = columns(["Mobile", "Location", "Cameras"])

    old = read_row(["9826012345", place, "चार कैमरे"], where, INDORE, "IN")

    assert isinstance(old, Old)
    assert (old.draft.site.point, old.draft.cameras) == (Point(22.7196, 75.8577), 4)


def test_a_short_link_is_never_opened() -> None:
    where = columns(["Mobile", "Location", "Cameras"])

    faults = read_row(["9826012345", "https://maps.app.goo.gl/Xyz", "4"], where, INDORE, "IN")

    assert isinstance(faults, list)
    assert [fault.why for fault in faults] == [Wrong.SHORT_LINK]


def test_a_row_that_is_too_short_lacks_its_last_cells() -> None:
    faults = row("9826012345")

    assert isinstance(faults, list)
    assert [fault.why for fault in faults] == [Wrong.EMPTY, Wrong.EMPTY]
