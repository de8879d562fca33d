"""Indexes of some rows only: small, however large their table grows. A query uses one that says the same as it does."""

from sqlalchemy import Index, text


def part_index(name: str, *columns: str, where: str, in_sqlite: str = "") -> Index:
    """An index of the rows for which `where` holds; `in_sqlite`: what SQLAlchemy says there for the same."""
    return Index(name, *columns, sqlite_where=text(in_sqlite or where), postgresql_where=text(where))
