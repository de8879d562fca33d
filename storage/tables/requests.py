"""The tables of requests to owners: what was asked, who was asked for which places, and the answers. Columns only."""

from datetime import datetime

from sqlalchemy import BigInteger, UniqueConstraint, text
from sqlmodel import Field

from storage.tables.base import Table, part_index
from storage.tables.register import GIVEN, Id, Moment

UNSETTLED = text("shown NOT LIKE 'over%'")  # its live message does not yet say that it is over


class Request(Table, table=True):
    """One request of an officer, for an incident: which time owners are asked to keep, and until when they answer."""

    __table_args__ = (
        part_index("ix_request_unsettled", "id", where=UNSETTLED.text),
        part_index("ix_request_unthanked", "incident_id", where="thanked_at IS NULL"),
    )

    id: int = Field(primary_key=True, sa_type=Id, sa_column_kwargs=GIVEN)
    incident_id: int = Field(foreign_key="incident.id", index=True, sa_type=BigInteger)
    grant_id: int = Field(foreign_key="role_grant.id", sa_type=BigInteger)
    station: str
    start_at: datetime = Field(sa_type=Moment)
    end_at: datetime = Field(sa_type=Moment)
    asked_at: datetime = Field(sa_type=Moment, index=True)
    deadline_at: datetime = Field(sa_type=Moment, index=True)
    reminded_at: datetime | None = Field(default=None, sa_type=Moment)
    thanked_at: datetime | None = Field(default=None, sa_type=Moment)
    shown: str = ""  # the counts that the officer's live message says now


class Asked(Table, table=True):
    """One owner of one request: asked once, whatever happens, and free to change the answer until the deadline."""

    __table_args__ = (UniqueConstraint("request_id", "person_id"),)

    id: int = Field(primary_key=True, sa_type=Id, sa_column_kwargs=GIVEN)
    request_id: int = Field(foreign_key="request.id", sa_type=BigInteger)
    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE", index=True, sa_type=BigInteger)
    kept_id: int = Field(sa_type=BigInteger)  # the message, which is there once it is delivered
    answer: str = ""  # have | off | elsewhere | cannot | call
    answered_at: datetime | None = Field(default=None, sa_type=Moment)
    number_until: datetime | None = Field(default=None, sa_type=Moment)  # until then the officer may see the number
    keeps_number: bool = False  # said no, or thought again: nobody sees the number for this incident


class AskedPlace(Table, table=True):
    """A place that an owner is asked about."""

    __tablename__ = "asked_place"

    asked_id: int = Field(
        primary_key=True, foreign_key="asked.id", ondelete="CASCADE", sa_type=BigInteger, sa_column_kwargs=GIVEN
    )
    registration_id: int = Field(
        primary_key=True,
        foreign_key="registration.id",
        ondelete="CASCADE",
        index=True,
        sa_type=BigInteger,
        sa_column_kwargs=GIVEN,
    )
