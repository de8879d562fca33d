"""The tables of entries that wait for their owner's consent: nobody finds these. Columns, nothing else."""

from datetime import datetime

from sqlalchemy import BigInteger, LargeBinary
from sqlmodel import Field

from storage.tables.base import Table, part_index
from storage.tables.register import GIVEN, Id, Moment


class Waiting(Table, table=True):
    """An entry from an older register, or from station staff. Settled, its number and place are wiped.

    What is left then is a mark that it was there, so that the same file does not bring it again.
    """

    __table_args__ = (
        part_index("ix_waiting_unsettled", "created_at", where="settled_at IS NULL"),
        part_index("ix_waiting_signed", "registration_id", where="settled_at IS NOT NULL AND phone_sealed IS NOT NULL"),
    )

    id: int = Field(primary_key=True, sa_type=Id, sa_column_kwargs=GIVEN)
    source: str  # register | assist
    number: str | None = Field(default=None, unique=True)  # of the printed slip, and of the entry it becomes
    station: str = ""  # whose staff made it
    grant_id: int | None = Field(default=None, sa_type=BigInteger)
    code_id: int | None = Field(default=None, sa_type=BigInteger, index=True)
    cameras: int
    kind: str = ""
    phone_token: bytes | None = Field(default=None, sa_type=LargeBinary, index=True)
    phone_sealed: bytes | None = Field(default=None, sa_type=LargeBinary)
    place_sealed: bytes | None = Field(default=None, sa_type=LargeBinary)
    once_token: bytes = Field(sa_type=LargeBinary, unique=True)
    once_sealed: bytes = Field(sa_type=LargeBinary)  # a hash of number and place
    created_at: datetime = Field(sa_type=Moment)
    settled_at: datetime | None = Field(default=None, sa_type=Moment)
    outcome: str = ""  # kept | corrected | removed | signed | lapsed
    registration_id: int | None = Field(default=None, sa_type=BigInteger)  # what it became


class ClaimCode(Table, table=True):
    """A code on a slip or in an invitation: whoever has it may claim, correct or remove what hangs on it."""

    __tablename__ = "claim_code"

    id: int = Field(primary_key=True, sa_type=Id, sa_column_kwargs=GIVEN)
    token: bytes = Field(sa_type=LargeBinary, unique=True)
    code_sealed: bytes = Field(sa_type=LargeBinary)  # its hash: the code itself is kept nowhere
    made_at: datetime = Field(sa_type=Moment)
