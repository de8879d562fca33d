"""A case file as a sheet: XLSX and CSV, in which no cell is ever taken for a formula."""

import csv
import io
from typing import TYPE_CHECKING

from bot.core.casework.casefile import CaseFile
from bot.words import words
from handlers.casework.casefiles.table import Cell, Table, table_of

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # the library itself with the first workbook
    from xlsxwriter.worksheet import Worksheet

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
SHEET = "Citizen-Eye"


def xlsx(case: CaseFile, language: str) -> bytes:
    """A workbook of one sheet; officer, time and incident stand in every row and at the foot of every printed page."""
    from xlsxwriter import Workbook

    out, table = io.BytesIO(), table_of(case, language)
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, plain) as book:
        book.set_properties({"title": words(case.made, language), "author": "", "created": case.made_at})
        sheet, head = book.add_worksheet(SHEET), book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        _print_so(sheet, case, language)
        _fill(sheet, table, head)
    return out.getvalue()


def _print_so(sheet: "Worksheet", case: CaseFile, language: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer(f"&L{words(case.made, language).replace('&', '&&')[:230]}&R&P / &N")
    sheet.freeze_panes(1, 2)


def _fill(sheet: "Worksheet", table: Table, head: "Format") -> None:
    for column, (title, wide) in enumerate(zip(table.titles, table.widths, strict=True)):
        sheet.set_column(column, column, wide)
        sheet.write_string(0, column, title, head)
    for number, row in enumerate(table.rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, column, cell)
            elif cell is not None:
                sheet.write_number(number, column, cell)
    sheet.autofilter(0, 0, len(table.rows), len(table.titles) - 1)


def csv_(case: CaseFile, language: str) -> bytes:
    """Comma-separated, in UTF-8 with the mark that spreadsheets look for."""
    out, table = io.StringIO(newline=""), table_of(case, language)
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(table.titles)
    writer.writerows([["" if cell is None else harmless(cell) for cell in row] for row in table.rows])
    return out.getvalue().encode("utf-8-sig")


def harmless(cell: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula: words that begin like one get an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip().startswith(FORMULA_SIGNS) else cell
