"""Papers: sentences and tables on A4 pages, such as the public report."""

from typing import Any

from bot.core.picture import Paper, Table
from bot.words import spoken
from handlers.pictures.typeset import typeset


def drawn(paper: Paper, language: str) -> bytes:
    """The paper as a PDF, in a language."""
    data = {
        "language": language,
        "title": spoken(paper.title, language),
        "lines": [spoken(line, language) for line in paper.lines],
        "tables": [_table(table, language) for table in paper.tables],
    }
    return typeset("paper", data, "pdf")


def _table(table: Table, language: str) -> dict[str, Any]:
    return {
        "title": spoken(table.title, language),
        "head": [spoken(cell, language) for cell in table.head],
        "rows": [[spoken(cell, language) for cell in row] for row in table.rows],
    }
