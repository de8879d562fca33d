"""The tables of what owners may know: each look at their entries, and what a senior officer delays. Columns only."""

from datetime import datetime

from sqlalchemy import BigInteger, LargeBinary
from sqlmodel import Field

from storage.tables.base import Table
from storage.tables.register import GIVEN, Id, Moment


class Look(Table, table=True):
    """One registration shown to an officer, or its owner's number: what its owner reads under /seen."""

    id: int = Field(primary_key=True, sa_type=Id, sa_column_kwargs=GIVEN)
    registration_id: int = Field(foreign_key="registration.id", ondelete="CASCADE", index=True, sa_type=BigInteger)
    incident_id: int | None = Field(default=None, foreign_key="incident.id", sa_type=BigInteger)
    station: str
    kind: str  # of incident; empty where there was none
    act: str  # place | pin | file | number | export | visit
    at: datetime = Field(sa_type=Moment)


class Delay(Table, table=True):
    """The looks for a live case appear to owners later: until when, who said so, and the sealed reason."""

    incident_id: int = Field(primary_key=True, foreign_key="incident.id", sa_type=BigInteger, sa_column_kwargs=GIVEN)
    grant_id: int = Field(foreign_key="role_grant.id", sa_type=BigInteger)
    reason_sealed: bytes = Field(sa_type=LargeBinary)
    at: datetime = Field(sa_type=Moment)
    until: datetime = Field(sa_type=Moment)
