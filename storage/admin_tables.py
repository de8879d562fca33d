"""The tables of administrators. Columns, nothing else."""

from datetime import datetime

from sqlalchemy import BigInteger, LargeBinary
from sqlmodel import Field, SQLModel

from storage.tables import GIVEN, Id, Moment


class Proposal(SQLModel, table=True):
    """A role that one administrator wants to give or change, until a second one agrees."""

    id: int = Field(primary_key=True, sa_type=Id, sa_column_kwargs=GIVEN)
    grant_id: int = Field(foreign_key="role_grant.id", sa_type=BigInteger)  # of who wants it
    about_id: int | None = Field(default=None, sa_type=BigInteger)  # the grant that would change
    wish_sealed: bytes = Field(sa_type=LargeBinary)
    made_at: datetime = Field(sa_type=Moment, index=True)
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    decided_by: int | None = Field(default=None, sa_type=BigInteger)  # the grant of who agreed or refused
    agreed: bool | None = None
