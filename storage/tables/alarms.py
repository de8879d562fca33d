"""The tables of limits and alarms. Columns, nothing else."""

from datetime import datetime

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field

from storage.tables.base import Table
from storage.tables.register import GIVEN, Id, Moment


class Tally(Table, table=True):
    """How much an officer has looked at on a day, and how often a senior allowed as much again."""

    person_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=GIVEN)
    day: int = Field(primary_key=True, sa_column_kwargs=GIVEN)  # days since the year 1, in the town's time
    measure: str = Field(primary_key=True)  # searches | places shown | numbers shown
    used: int = 0
    lifted: int = 0


class Alarm(Table, table=True):
    """Something about an officer that those who answer for the station were told."""

    __table_args__ = (UniqueConstraint("person_id", "day", "kind", "about"),)

    id: int = Field(primary_key=True, sa_type=Id, sa_column_kwargs=GIVEN)
    at: datetime = Field(sa_type=Moment)
    day: int
    kind: str
    about: str  # the measure, or the incident's id: what is told once a day
    person_id: int = Field(sa_type=BigInteger)
    grant_id: int = Field(foreign_key="role_grant.id", sa_type=BigInteger)
    station: str
    incident_id: int | None = Field(default=None, sa_type=BigInteger)
    settled_at: datetime | None = Field(default=None, sa_type=Moment)  # a reached limit was lifted
