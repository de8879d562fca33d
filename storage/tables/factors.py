"""The table of second factors: columns, nothing else."""

from datetime import datetime

from sqlalchemy import BigInteger, LargeBinary
from sqlmodel import Field

from storage.tables.base import Table
from storage.tables.register import GIVEN, Id, Moment


class Factor(Table, table=True):
    """What an officer's code generator was given, first for a link and then for whoever opened it; and its use."""

    id: int = Field(primary_key=True, sa_type=Id, sa_column_kwargs=GIVEN)
    person_id: int | None = Field(default=None, sa_type=BigInteger, unique=True, index=True)
    invite_id: int | None = Field(default=None, sa_type=BigInteger, unique=True, index=True)
    seed_sealed: bytes = Field(sa_type=LargeBinary)
    made_at: datetime = Field(sa_type=Moment)
    last_step: int = Field(default=0, sa_type=BigInteger)  # the half minute of the last code that worked
    wrong: int = 0  # codes in a row
    passed_at: datetime | None = Field(default=None, sa_type=Moment)
    locked_until: datetime | None = Field(default=None, sa_type=Moment)
