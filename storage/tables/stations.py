"""The tables of police stations. Columns, nothing else: outlines are public, and say nothing about anybody."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field

from storage.tables.base import Table
from storage.tables.register import GIVEN, Id, Moment


class Station(Table, table=True):
    """A police station and the area it answers for; roles name it by its name."""

    id: int = Field(primary_key=True, sa_type=Id, sa_column_kwargs=GIVEN)
    name: str = Field(unique=True)
    outline: str  # well-known binary in hexadecimal digits: longitude, latitude in degrees
    contact: str = ""
    drawn: int = Field(sa_type=BigInteger)  # changes whenever the outline does


class JudgedPair(Table, table=True):
    """Two entries that looked like the same cameras, and what station staff said: not to be asked again."""

    __tablename__ = "judged_pair"

    first_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=GIVEN)
    second_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=GIVEN)
    keep: str  # first | second | both
    grant_id: int = Field(sa_type=BigInteger)
    at: datetime = Field(sa_type=Moment)
