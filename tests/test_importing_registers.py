"""`citizen-eye import registrations` as its keeper meets it: a trial first, then all of it or nothing, once."""

import csv
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlmodel import Session, col, select

from bot.commands import old_registers
from bot.settings import load
from storage import audit
from storage.engine import Store, open_engine
from storage.seal import Seal
from storage.tables.register import Registration, Spot
from storage.tables.waiting import Waiting
from tests.commands import KEY, Ended, Nursery

pytestmark = pytest.mark.xdist_group("commands")
HEADER = ["Name", "Mobile", "Latitude", "Longitude", "Cameras"]
ROWS = [
    ["Asha", "9826012345", "22.7196", "75.8577", "4"],
    ["Asha", "9826012345", "22.7236", "75.8850", "2"],
    ["Ravi", "9826054321", "22.7185", "75.8550", "1"],
]


@pytest.fixture
def town(tmp_path: Path, nursery: Nursery) -> Path:
    assert nursery.run(tmp_path, "migrate").code == 0
    return tmp_path


def written(*rows: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def imports(nursery: Nursery, folder: Path, content: bytes, *options: str, name: str = "old.csv") -> Ended:
    (folder / name).write_bytes(content)
    return nursery.run(folder, "import", "registrations", name, "--station", "Palasia", *options)


def workbook(*rows: list[Any], merge: str = "") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def kept(folder: Path) -> list[Waiting]:
    """What waits in the register, and that nothing of it can be found."""
    store = Store(open_engine(f"sqlite:///{folder}/register.db"), Seal([bytes.fromhex(KEY)]))
    try:
        return store.run(_kept)
    finally:
        store.close()


def _kept(tx: Session) -> list[Waiting]:
    assert tx.exec(select(Registration)).all() == []
    assert tx.exec(select(Spot)).all() == []
    return list(tx.exec(select(Waiting).order_by(col(Waiting.id))))


def test_without_commit_it_is_a_trial_and_nothing_is_kept(town: Path, nursery: Nursery) -> None:
    ended = imports(nursery, town, written(HEADER, *ROWS))

    assert ended.code == 0, ended.errors
    assert "3 rows: 3 new, 0 known already, 0 twice, 0 wrong." in ended.output
    assert "Nothing was changed: this was a trial." in ended.output
    assert kept(town) == []
    assert not (town / "old.invitations.csv").exists()


def test_with_commit_all_are_kept_hidden_with_an_invitation_for_each_number(town: Path, nursery: Nursery) -> None:
    ended = imports(nursery, town, written(HEADER, *ROWS), "--commit")

    invitations = list(csv.reader(io.StringIO((town / "old.invitations.csv").read_text(encoding="utf-8-sig"))))
    assert ended.code == 0, ended.errors
    assert [(row.source, row.station, row.cameras) for row in kept(town)] == [
        ("register", "Palasia", n) for n in (4, 2, 1)
    ]
    assert [row[0] for row in invitations] == ["number", "919826012345", "919826054321"]
    assert all(
        f"?start=c_{row[1]}" in row[2] and "Indore Police" in row[2] and "इन्दौर" in row[2] for row in invitations[1:]
    )
    assert (town / "old.invitations.csv").stat().st_mode & 0o777 == 0o600
    assert b"9826012345" not in (town / "register.db").read_bytes()
    assert b"Asha" not in (town / "register.db").read_bytes()


def test_repeating_it_adds_nothing(town: Path, nursery: Nursery) -> None:
    imports(nursery, town, written(HEADER, *ROWS), "--commit")

    again = imports(nursery, town, written(HEADER, *ROWS, ["", "9826000000", "22.72", "75.86", "3"]), "--commit")
    (town / "old.invitations.csv").unlink()
    more = imports(nursery, town, written(HEADER, *ROWS, ["", "9826000000", "22.72", "75.86", "3"]), "--commit")
    last = imports(nursery, town, written(HEADER, *ROWS), "--commit")

    assert "is there already, with codes" in again.errors
    assert "4 rows: 1 new, 3 known already" in more.output
    assert (last.code, "0 new, 3 known already" in last.output) == (0, True)
    assert len(kept(town)) == 4


def test_what_is_wrong_is_said_row_by_row_and_then_nothing_is_taken(town: Path, nursery: Nursery) -> None:
    bad = [
        ["", "9198260123456", "22.7196", "75.8577", "4"],
        ["", "9.82601E+09", "22.7196", "75.8577", "many"],
        ["", "9826012345", "=1+1", "75.8577", "4"],
        ["", "9826012345", "28.61", "77.2", "4"],
        ["", "9826012345", "22.7196", "75.8577", "4"],
    ]

    trial = imports(nursery, town, written(HEADER, *ROWS, *bad))
    refused = imports(nursery, town, written(HEADER, *ROWS, *bad), "--commit")
    none = kept(town)
    taken = imports(nursery, town, written(HEADER, *ROWS, *bad), "--commit", "--skip-wrong")

    assert (trial.code, refused.code, taken.code) == (1, 1, 0)
    for line in (
        "row 5: mobile number: “9198260123456” has 13 digits",
        "row 6: mobile number: “9.82601E+09” was shortened by the spreadsheet",
        "row 6: cameras: “many” is no number of cameras",
        "row 7: latitude: “=1+1” is a formula",
        "row 8: latitude: “28.61, 77.2” is",
        "row 9: the same number and place as row 2; counted once",
        "8 rows: 3 new, 0 known already, 1 twice, 4 wrong.",
    ):
        assert line in trial.output
    assert "--skip-wrong" in refused.errors
    assert none == []
    assert len(kept(town)) == 3


@pytest.mark.parametrize(
    ("encoding", "header"),
    [
        ("utf-8", ["मोबाइल नंबर", "अक्षांश", "देशांतर", "कैमरे"]),
        ("utf-8-sig", ["मोबाइल नंबर", "अक्षांश", "देशांतर", "कैमरे"]),
        ("utf-16", ["मोबाइल नंबर", "अक्षांश", "देशांतर", "कैमरे"]),
        ("cp1252", ["Mobile", "Latitude", "Longitude", "Cameras"]),
    ],
)
def test_every_usual_writing_is_read(town: Path, nursery: Nursery, encoding: str, header: list[str]) -> None:
    place = "Café" if encoding == "cp1252" else "दुकान"
    text = "\r\n".join([";".join([*header, "Place name"]), f"9826012345;22.7196;75.8577;4;{place}"])

    assert "1 row: 1 new" in imports(nursery, town, text.encode(encoding)).output


HINDI = "मोबाइल नंबर,अक्षांश,देशांतर,कैमरे\r\n9826012345,22.7196,75.8577,4\r\nमोबाइल".encode()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "old.csv", "is empty"),
        (b"\n\n , ,\n", "old.csv", "is empty"),
        (HINDI[:-1], "old.csv", "are broken in line 3"),
        (HINDI.replace("मो".encode(), b"\xe0\xa4", 1), "old.csv", "are broken in line 1"),
        (b"\x81\x8d\x8f\x90,1", "old.csv", "are broken in line 1"),
        (b"eksckby uacj,dSejs\n9826012345,4\n", "old.csv", "Kruti Dev"),
        (written(["Mobile", "Cameras"], ["9826012345", "4"]), "old.csv", "has no column for: place"),
        (written(HEADER) + b'"never closed\n1,2\n', "old.csv", "breaks off in row 2"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old.xls", "an old .xls, or has a password"),
        (b"PK\x03\x04 and then nothing", "old.xlsx", "no .xlsx, or damaged"),
        (b"x" * 50_000_001, "old.csv", "at most 50 MB are read"),
    ],
)
def test_a_file_that_is_no_register_gets_a_sentence(
    town: Path, nursery: Nursery, content: bytes, name: str, said: str
) -> None:
    ended = imports(nursery, town, content, "--commit", name=name)

    assert ended.code == 1
    assert said in ended.errors.replace("\n", " ")
    assert ended.errors.rstrip().endswith("Nothing was changed.")
    assert "Traceback" not in ended.errors
    assert kept(town) == []


def test_a_workbook_is_read_with_its_title_numbers_and_hindi(town: Path, nursery: Nursery) -> None:
    content = workbook(
        ["थाना पलासिया", None, None, None],
        [],
        ["मोबाइल नंबर", "अक्षांश", "देशांतर", "कैमरे"],
        [9826012345, 22.7196, 75.8577, 4],
        ["+91 98260 54321", "22.7185", "75.8550", 1.0],
        merge="A1:D1",
    )

    assert "2 rows: 2 new" in imports(nursery, town, content, name="old.xlsx").output


def test_merged_cells_and_formulas_in_a_workbook_are_refused(town: Path, nursery: Nursery) -> None:
    rows: list[list[Any]] = [HEADER[1:], [9826012345, 22.7196, 75.8577, 4], [9826054321, 22.7196, 75.8577, "=2+2"]]

    merged = imports(nursery, town, workbook(*rows, merge="A2:A3"), name="old.xlsx")
    formula = imports(nursery, town, workbook(*rows), name="old.xlsx")

    assert "The cells A2:A3 of old.xlsx are merged." in merged.errors.replace("\n", " ")
    assert "row 3: cameras: “=2+2” is a formula" in formula.output


def test_without_outlines_the_keeper_says_whose_register_it_is(town: Path, nursery: Nursery) -> None:
    (town / "old.csv").write_bytes(written(HEADER, *ROWS))

    ended = nursery.run(town, "import", "registrations", "old.csv")

    assert ended.code == 1
    assert "--station NAME" in ended.errors


def test_an_import_that_breaks_half_way_leaves_neither_entries_nor_letters(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = town / "old.csv"
    file.write_bytes(written(HEADER, *ROWS))
    settings = load(_env_file=None, database_url=f"sqlite:///{town}/register.db", citizen_eye_key=KEY)
    monkeypatch.setattr(audit, "write", breaks)  # the last thing before the letters, and before the commit

    with pytest.raises(PowerCutError):
        old_registers.take_over(
            settings, file, station="Palasia", commit=True, skip_wrong=False, out=town / "letters.csv"
        )

    assert kept(town) == []
    assert list(town.glob("letters.csv*")) == []


def test_letters_of_an_import_that_was_cut_off_after_its_commit_are_found_again(town: Path, nursery: Nursery) -> None:
    imports(nursery, town, written(HEADER, *ROWS), "--commit")
    letters, unfinished = town / "old.invitations.csv", town / "old.invitations.csv.unfinished"
    before = letters.read_bytes()
    letters.rename(unfinished)  # as it is between the commit and the end

    again = imports(nursery, town, written(HEADER, *ROWS), "--commit")

    assert "its invitations are in old.invitations.csv" in again.output
    assert letters.read_bytes() == before
    assert not unfinished.exists()


def test_letters_of_an_import_that_was_cut_off_before_its_commit_are_thrown_away(town: Path, nursery: Nursery) -> None:
    unfinished = town / "old.invitations.csv.unfinished"
    unfinished.write_text("number,code,message\n919826012345,7K4M-92QX-1B8T-ZZ0D,hello\n", encoding="utf-8")

    ended = imports(nursery, town, written(HEADER, *ROWS), "--commit")

    assert ended.code == 0, ended.errors
    assert not unfinished.exists()
    assert "7K4M-92QX-1B8T-ZZ0D" not in (town / "old.invitations.csv").read_text(encoding="utf-8-sig")
    assert len(kept(town)) == 3


class PowerCutError(Exception):
    pass


def breaks(*_: object, **__: object) -> None:
    raise PowerCutError
