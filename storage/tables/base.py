"""What every table is made of."""

from sqlalchemy import Index, text
from sqlmodel import SQLModel


class Table(SQLModel):
    """Its rows are filled by the program and checked by the database: what would check them is made when it is used."""

    model_config = {"defer_build": True}


def part_index(name: str, *columns: str, where: str, in_sqlite: str = "") -> Index:
    """An index of the rows for which `where` holds: small, however large the table grows. A query that says the same
    uses it; `in_sqlite`: what SQLAlchemy says there for the same.
    """
    # PostgreSQL's is said in passing: an option of its own would load its dialect, where the database is SQLite as well
    return Index(name, *columns, sqlite_where=text(in_sqlite or where), info={"postgresql_where": where})
