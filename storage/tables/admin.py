"""The tables of administrators. Columns, nothing else."""

from datetime import datetime

from sqlalchemy import BigInteger, LargeBinary
from sqlmodel import Field

from storage.tables.base import Table
from storage.tables.register import GIVEN, Id, Moment


class Proposal(Table, table=True):
    """A role that one administrator wants to give or change, until a second one agrees."""

    id: int = Field(primary_key=True, sa_type=Id, sa_column_kwargs=GIVEN)
    grant_id: int = Field(foreign_key="role_grant.id", sa_type=BigInteger)  # of who wants it
    about_id: int | None = Field(default=None, sa_type=BigInteger)  # the grant that would change
    wish_sealed: bytes = Field(sa_type=LargeBinary)
    made_at: datetime = Field(sa_type=Moment, index=True)
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    decided_by: int | None = Field(default=None, sa_type=BigInteger)  # the grant of who agreed or refused
    agreed: bool | None = None


class Broadcast(Table, table=True):
    """Words for many people, written by an administrator."""

    id: int = Field(primary_key=True, sa_type=Id, sa_column_kwargs=GIVEN)
    grant_id: int = Field(foreign_key="role_grant.id", sa_type=BigInteger)
    audience: str  # bearers | owners
    station: str = ""
    words_sealed: bytes = Field(sa_type=LargeBinary)
    people: int
    made_at: datetime = Field(sa_type=Moment)
    stopped_at: datetime | None = Field(default=None, sa_type=Moment)
    over_at: datetime | None = Field(default=None, sa_type=Moment, index=True)
    shown: str = ""  # what the live message says now


class Recipient(Table, table=True):
    """One person of a broadcast: queued once, whatever happens."""

    broadcast_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=GIVEN)
    person_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=GIVEN)
    outbox_id: int | None = Field(default=None, sa_type=BigInteger)  # none: their turn has not come
