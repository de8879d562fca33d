"""The tables of societies: who spreads the word, their doors into the sign-up, and counts. Columns, nothing else."""

from datetime import datetime

from sqlalchemy import BigInteger, LargeBinary, UniqueConstraint
from sqlmodel import Field

from storage.tables.base import Table, part_index
from storage.tables.register import GIVEN, Id, Moment


class Society(Table, table=True):
    """A residents' association. Its name and place are sealed: beside its counts they would point at a street."""

    id: int = Field(primary_key=True, sa_type=Id, sa_column_kwargs=GIVEN)
    station: str = Field(index=True)
    told_sealed: bytes = Field(sa_type=LargeBinary)  # name, place
    goal: int | None = None  # sign-ups
    made_at: datetime = Field(sa_type=Moment)
    closed_at: datetime | None = Field(default=None, sa_type=Moment)


class Door(Table, table=True):
    """A society's public link into the sign-up. Found by a keyed token; sealed, so that it can be shown again."""

    __table_args__ = (UniqueConstraint("society_id", "purpose"),)

    id: int = Field(primary_key=True, sa_type=Id, sa_column_kwargs=GIVEN)
    society_id: int = Field(foreign_key="society.id", sa_type=BigInteger)
    purpose: str  # message | poster
    token: bytes = Field(sa_type=LargeBinary, unique=True)
    payload_sealed: bytes = Field(sa_type=LargeBinary)
    made_at: datetime = Field(sa_type=Moment)
    shut_at: datetime | None = Field(default=None, sa_type=Moment)


class Funnel(Table, table=True):
    """How many came how far through a door: counts of people and of cameras, and nothing that leads to any of them."""

    door_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=GIVEN)
    week: int = Field(primary_key=True, sa_column_kwargs=GIVEN)  # 0: in all
    opened: int = 0
    agreed: int = 0
    gave_number: int = 0
    gave_place: int = 0
    saved: int = 0
    cameras: int = 0
    cameras_told: int = 0  # the cameras when `saved` last reached a multiple of five


class CameBy(Table, table=True):
    """Through which doors someone came and how far they got, so that each step counts once. Sealed, and short-lived."""

    __tablename__ = "came_by"
    __table_args__ = (part_index("ix_came_by_stopped", "at", where="NOT saved", in_sqlite="saved = 0"),)

    person_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=GIVEN)
    at: datetime = Field(sa_type=Moment)
    saved: bool = False
    told_sealed: bytes = Field(sa_type=LargeBinary)


class Wish(Table, table=True):
    """Someone asks to be a society's office-bearer; staff of a station (empty: of any) decide once."""

    id: int = Field(primary_key=True, sa_type=Id, sa_column_kwargs=GIVEN)
    person_id: int = Field(sa_type=BigInteger, index=True)
    station: str = ""
    named_sealed: bytes = Field(sa_type=LargeBinary)  # the society
    who_sealed: bytes = Field(sa_type=LargeBinary)  # name and office of whoever asks
    asked_at: datetime = Field(sa_type=Moment)
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    decided_by: int | None = Field(default=None, sa_type=BigInteger)  # a grant
    approved: bool = False


class Quiet(Table, table=True):
    """An office-bearer who wants no weekly message."""

    person_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=GIVEN)
    since: datetime = Field(sa_type=Moment)
