"""The table of police stations. Columns, nothing else: outlines are public, and say nothing about anybody."""

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from storage.tables import GIVEN, Id


class Station(SQLModel, table=True):
    """A police station and the area it answers for; roles name it by its name."""

    id: int = Field(primary_key=True, sa_type=Id, sa_column_kwargs=GIVEN)
    name: str = Field(unique=True)
    outline: str  # well-known binary in hexadecimal digits: longitude, latitude in degrees
    contact: str = ""
    drawn: int = Field(sa_type=BigInteger)  # changes whenever the outline does
