"""The files of an incident, read back by the programs that will read them: nothing lost, nothing run, all marked."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pyogrio
import pypdf
import pytest
import shapely
from defusedxml import ElementTree

from bot import texts
from bot.core.casework.casefile import COLUMNS, CaseFile, Form, Place
from bot.core.geo import Point
from bot.core.phrases import Name, Phrase, phrase
from bot.core.registration import Site
from bot.words import words
from handlers.casework.casefiles.making import made
from handlers.casework.casefiles.sheets import FORMULA_SIGNS

NOON = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
KEEP = phrase(texts.WINDOW, day="23-11-2026", start="11:00", end="12:00")
NASTY = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    " =HYPERLINK(\"http://x\")",
    'a "quoted", comma; semicolon',
    "<b>&amp;</b>]]>",
    "#import \"x\"; $x$ \\ *bold* _it_",
    "कृष्णा टॉवर, गली नं. ४",
    "bell \x07 and \x00 nothing",
    "📷 gate",
)  # fmt: skip


def place(n: int, label: str, number: str = "") -> Place:
    at = Point(22.7185 + n / 5000, 75.8550 - n / 5000)
    return Place(
        f"7K4M-{n:04}", at, label, n + 1, NOON, KEEP, phrase(texts.I_HAVE_IT), NOON + timedelta(hours=1), 12, number
    )


def case(form: Form, *labels: str, numbers: bool = False, officer: str = "SI, Palasia 1") -> CaseFile:
    number = "+919876543210" if numbers else ""
    return CaseFile(
        form,
        "FIR 123/2026",
        phrase(texts.INCIDENT_THEFT),
        Site(Point(22.7185, 75.8550), "Rajwada"),
        KEEP,
        tuple(place(n, label, number) for n, label in enumerate(labels)),
        owners=len(labels),
        with_numbers=numbers,
        officer=officer,
        station="Palasia",
        made_at=NOON + timedelta(days=1),
        timezone="Asia/Kolkata",
        police=Name("Indore Police", "इन्दौर पुलिस"),
        city=Name("Indore", "इन्दौर"),
    )


def read_xlsx(content: bytes) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


SHEETS: dict[Form, Callable[[bytes], list[list[object]]]] = {
    Form.XLSX: read_xlsx,
    Form.CSV: lambda content: [list(row) for row in read_csv(content)],
}


@pytest.mark.parametrize("form", SHEETS)
@pytest.mark.parametrize("language", ["en", "hi"])
def test_a_sheet_has_a_title_over_each_column_and_a_row_for_each_place(form: Form, language: str) -> None:
    rows = SHEETS[form](made(case(form, "gate", "shop"), language))

    titles = [words(Phrase(column.title), language) for column in COLUMNS if column.key != "phone"]
    assert rows[0] == titles
    assert [row[1] for row in rows[1:]] == ["7K4M-0000", "7K4M-0001"]
    assert [str(row[3]) for row in rows[1:]] == ["22.7185", "22.7187"]


@pytest.mark.parametrize("form", SHEETS)
def test_every_row_of_a_sheet_is_marked_with_incident_station_officer_and_time(form: Form) -> None:
    rows = SHEETS[form](made(case(form, *NASTY), "en"))

    assert {tuple(row[-4:]) for row in rows[1:]} == {("FIR 123/2026", "Palasia", "SI, Palasia 1", "24-11-2026 12:00")}


def test_no_cell_of_a_workbook_is_a_formula_or_a_link() -> None:
    content = made(case(Form.XLSX, *NASTY, numbers=True, officer="=1+1"), "hi")

    with ZipFile(io.BytesIO(content)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml")
        assert not any("externalLink" in name or "vba" in name for name in parts.namelist())
    book = openpyxl.load_workbook(io.BytesIO(content))
    kinds = {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row}
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet
    assert kinds <= {"s", "n"}


@pytest.mark.parametrize("language", ["en", "hi"])
def test_no_cell_of_a_csv_file_begins_like_a_formula(language: str) -> None:
    rows = read_csv(made(case(Form.CSV, *NASTY, numbers=True, officer="@SUM(A1)"), language))

    texts_ = [cell for row in rows for cell in row if not _is_number(cell)]
    assert [cell for cell in texts_ if cell.lstrip().startswith(FORMULA_SIGNS)] == []
    assert "'=cmd|' /C calc'!A0" in texts_
    assert "'+919876543210" in texts_


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return not cell.startswith("+")


def test_a_workbook_prints_its_mark_on_every_page() -> None:
    book = openpyxl.load_workbook(io.BytesIO(made(case(Form.XLSX, "gate", officer="A & B"), "en")))

    foot = book.worksheets[0].oddFooter.left.text
    assert "FIR 123/2026" in foot
    assert "A && B" in foot or "A & B" in foot
    assert book.worksheets[0].print_title_rows == "$1:$1"


@pytest.mark.parametrize("form", [Form.GEOJSON, Form.KML])
@pytest.mark.parametrize("language", ["en", "hi"])
def test_gdal_reads_every_place_where_it_is_with_its_mark(form: Form, language: str, tmp_path: Path) -> None:
    wanted = case(form, *NASTY)
    file = tmp_path / wanted.name
    file.write_bytes(made(wanted, language))

    meta, _, shapes, values = pyogrio.raw.read(file, datetime_as_string=True)
    columns = {name: list(column) for name, column in zip(meta["fields"], values, strict=True)}
    info = pyogrio.read_info(file)
    assert [shapely.from_wkb(shape).geom_type for shape in shapes] == ["Point"] * len(NASTY)
    assert columns["entry"] == [one.entry for one in wanted.places]
    west, _, _, north = info["total_bounds"]
    assert (round(west, 6), round(north, 6)) == (round(75.8550 - 11 / 5000, 6), round(22.7185 + 11 / 5000, 6))
    for name, mark in (("incident", "FIR 123/2026"), ("station", "Palasia"), ("officer", "SI, Palasia 1")):
        assert set(columns[name]) == {mark}
    assert {str(at)[:16].replace("T", " ") for at in columns["made_at"]} <= {"2026-11-24 12:00", "2026-11-24 06:30"}


def test_kml_is_xml_whatever_people_wrote() -> None:
    root = ElementTree.fromstring(made(case(Form.KML, *NASTY), "en"))

    names = [node.text for node in root.iter("{http://www.opengis.net/kml/2.2}value")]
    assert "<b>&amp;</b>]]>" in names
    assert "bell  and  nothing" in names


@pytest.mark.parametrize("form", [Form.XLSX, Form.CSV, Form.GEOJSON, Form.KML])
def test_numbers_stand_only_in_a_file_with_numbers(form: Form) -> None:
    without, with_them = (made(case(form, "gate", numbers=numbers), "en") for numbers in (False, True))
    if form is Form.XLSX:
        assert read_xlsx(with_them)[1][11] == "+919876543210"
        assert "+919876543210" not in str(read_xlsx(without))
        return

    assert b"9876543210" in with_them
    assert b"9876543210" not in without
    assert b"phone" not in without


def pages(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def test_every_page_of_the_annex_is_marked_with_officer_time_and_incident() -> None:
    wanted = case(Form.PDF, *(["gate"] * 150))

    found = pages(made(wanted, "en"))

    assert len(found) > 4
    for n, page in enumerate(found, 1):
        assert words(wanted.made, "en") in page
        assert f"page {n} of {len(found)}" in page


@pytest.mark.parametrize("numbers", [False, True])
def test_the_annex_tells_who_was_asked_and_what_they_answered(numbers: bool) -> None:
    first, *_ = pages(made(case(Form.PDF, "gate", "shop", numbers=numbers), "en"))

    assert "7K4M-0000" in first
    assert "I have it" in first
    assert "gate" in first
    assert ("+919876543210" in first) is numbers


def test_a_word_that_is_longer_than_its_column_stays_in_it() -> None:
    content = made(case(Form.PDF, "W" * 60, "gate", numbers=True), "hi")

    lines = pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text().splitlines()
    assert max(line.count("W") for line in lines) < 20


def test_no_row_of_the_annex_is_torn_between_two_pages() -> None:
    label = "Shri Siddhivinayak Apartments behind the old cloth market near Sarafa police chowki"

    found = pages(made(case(Form.PDF, *([label] * 40), numbers=True), "en"))

    entries, ends = ([len(re.findall(sign, page)) for page in found] for sign in (r"7K4M-\d{4}", r"22\.\d{5}, 75"))
    ends[0] -= 1  # where it happened
    assert len(entries) > 3
    assert entries == ends


@pytest.mark.parametrize("language", ["en", "hi"])
def test_the_annex_has_the_answers_without_the_pictures_of_their_buttons(language: str) -> None:
    one = case(Form.PDF, "gate")
    wanted = replace(one, places=(replace(one.places[0], answer=phrase(texts.NOT_COVERED)),))

    assert "↔" not in pages(made(wanted, language))[0]


def test_the_certificate_is_left_to_be_signed() -> None:
    *_, last = pages(made(case(Form.PDF, "gate"), "en"))

    for sentence in (texts.CERTIFICATE, texts.PART_A, texts.PART_B, texts.CERTIFICATE_CONTROL):
        assert " ".join(sentence.split()) in last
    assert texts.CERTIFICATE_SIGNED_A in last
    assert texts.CERTIFICATE_SIGNED_B in last
    assert "SHA256" in last


@pytest.mark.parametrize("language", ["en", "hi"])
def test_what_people_wrote_is_never_taken_for_typesetting(language: str) -> None:
    assert made(case(Form.PDF, *NASTY, officer="#panic()", numbers=True), language).startswith(b"%PDF")


def test_a_training_case_says_so_on_the_paper() -> None:
    training = replace(case(Form.PDF, "gate"), training=True, reference=phrase(texts.TRAINING_NAME))

    assert texts.CASE_TRAINING in pages(made(training, "en"))[0]
    assert training.name == "case.pdf"


def test_five_hundred_places_are_made_in_a_few_seconds_and_one_alone_as_well() -> None:
    for many in (1, 500):
        assert made(case(Form.PDF, *(["gate"] * many)), "hi").startswith(b"%PDF")


def test_a_map_of_places_on_one_spot_is_drawn() -> None:
    same = case(Form.PDF, "gate", "gate")

    assert made(replace(same, places=(same.places[0],) * 3), "en").startswith(b"%PDF")
