"""The tables of casework: incidents and what is done for them. Columns, nothing else."""

from datetime import datetime

from sqlalchemy import BigInteger, LargeBinary
from sqlmodel import Field

from storage.tables.base import Table
from storage.tables.register import GIVEN, Id, Moment


class Incident(Table, table=True):
    """Something that happened, opened by an officer; its reference and place are sealed."""

    id: int = Field(primary_key=True, sa_type=Id, sa_column_kwargs=GIVEN)
    station: str = Field(index=True)
    person_id: int = Field(foreign_key="person.id", index=True, sa_type=BigInteger)
    grant_id: int = Field(foreign_key="role_grant.id", sa_type=BigInteger)
    kind: str  # theft | burglary | ...
    reference_token: bytes = Field(sa_type=LargeBinary, index=True)
    told_sealed: bytes = Field(sa_type=LargeBinary)  # reference, place
    start_at: datetime = Field(sa_type=Moment)
    end_at: datetime = Field(sa_type=Moment)
    training: bool = False
    opened_at: datetime = Field(sa_type=Moment)
    closed_at: datetime | None = Field(default=None, sa_type=Moment)


class OnCase(Table, table=True):
    """Which incident an officer works on just now."""

    __tablename__ = "on_case"

    person_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=GIVEN)
    incident_id: int = Field(foreign_key="incident.id", sa_type=BigInteger)
    until: datetime = Field(sa_type=Moment)


class Approval(Table, table=True):
    """A request to the senior officers of a station: to allow what one officer alone may not do."""

    id: int = Field(primary_key=True, sa_type=Id, sa_column_kwargs=GIVEN)
    matter: str  # long window | ...
    station: str
    grant_id: int = Field(foreign_key="role_grant.id", sa_type=BigInteger)
    asked_sealed: bytes = Field(sa_type=LargeBinary)
    asked_at: datetime = Field(sa_type=Moment)
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    decided_by: int | None = Field(default=None, sa_type=BigInteger)  # a grant
    allowed: bool | None = None
