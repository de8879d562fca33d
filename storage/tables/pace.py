"""The table of the channel's limits, which all workers share."""

from datetime import datetime

from sqlalchemy import BigInteger, LargeBinary
from sqlmodel import Field

from storage.tables.base import Table
from storage.tables.register import Moment


class Pace(Table, table=True):
    """When a bucket is whole again: that of a chat, of everyone together, or of a pause that the channel asked for."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    lane: bytes = Field(primary_key=True, sa_type=LargeBinary)  # a chat's token, or a name of ours
    free_us: int = Field(sa_type=BigInteger)  # microseconds since 1970
    at: datetime = Field(sa_type=Moment, index=True)
