"""Reads other people's tables, CSV or XLSX, as rows of text; formulas are shown as such, never worked out."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

MOST_BYTES, MOST_UNPACKED = 50_000_000, 500_000_000
_DEVANAGARI = (b"\xe0\xa4", b"\xe0\xa5")  # how every Hindi letter begins in UTF-8
_OLE = b"\xd0\xcf\x11\xe0"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]+\d+:[A-Z]+(\d+))"')
Row = list[str]


class RefusedError(Exception):
    """The file cannot be taken over; one sentence says why and what to do."""


@dataclass
class Sheet:
    """Rows as a spreadsheet counts them, and its merged cells with the last row of each."""

    rows: list[Row]
    merged: list[tuple[str, int]] = field(default_factory=list)


def read(file: Path) -> list[Sheet]:
    """The sheets of a file; a CSV has one. Raises RefusedError."""
    if (size := file.stat().st_size) > MOST_BYTES:
        raise RefusedError(
            f"{file.name} has {size / 1e6:.0f} MB; at most {MOST_BYTES / 1e6:.0f} MB are read. Divide it."
        )
    content = file.read_bytes()
    if content.startswith(_OLE):
        raise RefusedError(f"{file.name} is an old .xls, or has a password. Save it as .xlsx without a password.")
    if content.startswith(b"PK"):
        return list(_workbook(file, content))
    return [Sheet(_csv(file, content))]


def _csv(file: Path, content: bytes) -> list[Row]:
    text = _decoded(file, content)
    head = "\n".join([line for line in text.splitlines()[:20] if line.strip()][:5])
    delimiter = max(",;\t|", key=head.count)
    rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            rows.append(row)  # noqa: PERF402 - the number of rows says where it went wrong
    except csv.Error:
        raise RefusedError(
            f"{file.name} breaks off in row {len(rows) + 1}: a quote that is never closed, or a cell without an end."
            " Save it again as CSV."
        ) from None
    return rows


def _decoded(file: Path, content: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or Windows' cp1252; broken UTF-8 is not taken for cp1252."""
    marked = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        return content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError as error:
        where = content[: error.start].count(b"\n") + 1
    try:
        if not marked and not any(mark in content for mark in _DEVANAGARI) and b"\x00" not in content:
            return content.decode("cp1252")
    except UnicodeDecodeError:
        pass
    raise RefusedError(
        f"The letters of {file.name} are broken in line {where}. In the spreadsheet save as CSV UTF-8, or .xlsx."
    )


def _workbook(file: Path, content: bytes) -> Iterator[Sheet]:
    import openpyxl  # when the first workbook comes: a bot that starts has no time for it
    from openpyxl.utils.exceptions import InvalidFileException

    broken = RefusedError(f"{file.name} cannot be opened: it is no .xlsx, or damaged. Save it again as .xlsx.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
                raise RefusedError(f"{file.name} is far too large when it is unpacked. Divide it.")
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # what a file says of its own size is often wrong
                xml = packed.read(sheet._worksheet_path)  # noqa: SLF001 - read-only sheets do not tell of merged cells
                merged = [(one.group(1).decode(), int(one.group(2))) for one in _MERGED.finditer(xml)]
                yield Sheet([[_text(cell) for cell in row] for row in sheet.iter_rows()], merged)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, SyntaxError):
        raise broken from None


def _text(cell: Any) -> str:
    """What stands in a cell, as text; numbers whole where they are."""
    match cell.value:
        case None:
            return ""
        case value if cell.data_type == "f":
            return value if isinstance(value, str) and value.startswith("=") else "="
        case bool() | int() as value:
            return str(value)
        case float() as value:
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case datetime() | date() as value:
            return value.isoformat()
        case value:
            return str(value)
