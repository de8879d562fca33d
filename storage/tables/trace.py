"""The table of the trace: columns, nothing else."""

from datetime import datetime

from sqlalchemy import BigInteger, LargeBinary
from sqlmodel import Field

from storage.tables.base import Table
from storage.tables.register import GIVEN, Id, Moment


class Audit(Table, table=True):
    """The trace: who did what with residents' data or with access, and when; chained by storage/trace.py."""

    id: int = Field(primary_key=True, sa_type=Id, sa_column_kwargs=GIVEN)
    at: datetime = Field(sa_type=Moment, index=True)
    action: str
    person_id: int | None = Field(default=None, sa_type=BigInteger)
    grant_id: int | None = Field(default=None, sa_type=BigInteger, index=True)
    station: str = ""
    places: int = 0
    cameras: int = 0
    incident_id: int | None = Field(default=None, sa_type=BigInteger, index=True)
    detail_sealed: bytes = Field(sa_type=LargeBinary)
    seq: int | None = Field(default=None, sa_type=BigInteger, index=True, unique=True)  # given at the commit
    proof: bytes | None = Field(default=None, sa_type=LargeBinary)  # key id | HMAC over the proof before and the row
