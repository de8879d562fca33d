"""The tables: columns, nothing else. What `*_sealed` holds only storage/seal.py can open."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, LargeBinary, PrimaryKeyConstraint, TypeDecorator, UniqueConstraint
from sqlmodel import Field

from storage.tables.base import Table, part_index

Id = BigInteger().with_variant(Integer, "sqlite")
GIVEN = {"autoincrement": False}  # ids come from storage/ids.py: what is sealed names its row


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept as milliseconds since 1970 in UTC: the same in every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else round(value.timestamp() * 1000)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else datetime.fromtimestamp(value / 1000, UTC)


class Meta(Table, table=True):
    """Facts about the database itself, such as the sealed check value of its key."""

    key: str = Field(primary_key=True)
    value: bytes = Field(sa_type=LargeBinary)


class Claim(Table, table=True):
    """One update that was taken: a second delivery of it does nothing."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    channel: str = Field(primary_key=True)
    update_id: int = Field(primary_key=True, sa_type=BigInteger)
    at: datetime = Field(sa_type=Moment, index=True)


class Quarantine(Table, table=True):
    """An update that failed: tried up to three times, then set aside for a person to look at."""

    channel: str = Field(primary_key=True)
    update_id: int = Field(primary_key=True, sa_type=BigInteger)
    attempts: int
    error: str  # the kind of error, never its words: those can hold people
    at: datetime = Field(sa_type=Moment)
    set_aside: bool = False


class Person(Table, table=True):
    """Someone who wrote to the bot, and where their conversation stands."""

    __table_args__ = (
        UniqueConstraint("channel", "chat_token"),
        part_index("ix_person_open", "seen_at", where="stages_sealed IS NOT NULL"),
    )

    id: int = Field(primary_key=True, sa_type=Id, sa_column_kwargs=GIVEN)
    channel: str
    chat_token: bytes = Field(sa_type=LargeBinary)
    chat_sealed: bytes = Field(sa_type=LargeBinary)
    language: str = ""
    reachable: bool = True
    phone_token: bytes | None = Field(default=None, sa_type=LargeBinary, index=True)
    phone_sealed: bytes | None = Field(default=None, sa_type=LargeBinary)
    consent_version: str = ""
    consent_at: datetime | None = Field(default=None, sa_type=Moment)
    stages_sealed: bytes | None = Field(default=None, sa_type=LargeBinary)
    created_at: datetime = Field(sa_type=Moment)
    seen_at: datetime = Field(sa_type=Moment)
    reminded_at: datetime | None = Field(default=None, sa_type=Moment)  # of the question that is open
    muted_at: datetime | None = Field(default=None, sa_type=Moment)  # wants no news; requests come all the same
    asked_at: datetime | None = Field(default=None, sa_type=Moment)  # whether an entry is still true


class Registration(Table, table=True):
    """One place with cameras. Its position and label are sealed; a Spot beside it makes it searchable."""

    id: int = Field(primary_key=True, sa_type=Id, sa_column_kwargs=GIVEN)
    number: str = Field(unique=True)
    person_id: int = Field(foreign_key="person.id", index=True, sa_type=BigInteger)
    state: str  # active | paused | withdrawn
    cameras: int
    kind: str = ""  # home | shop | institution | society | other
    sees_road: bool | None = None
    days_kept: int | None = None
    place_sealed: bytes = Field(sa_type=LargeBinary)
    consent_version: str
    consent_at: datetime = Field(sa_type=Moment)
    created_at: datetime = Field(sa_type=Moment)
    changed_at: datetime = Field(sa_type=Moment)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Moment, index=True)
    station_id: int | None = Field(default=None, sa_type=BigInteger, index=True)  # whose outline holds the place
    verified_at: datetime | None = Field(default=None, sa_type=Moment)  # station staff stood there and saw it
    visited_at: datetime | None = Field(default=None, sa_type=Moment)  # they stood there and met nobody
    source: str = ""  # "" the owner, in the chat | register: an older register | assist: station staff
    slip: str = ""  # the number of the signed slip that proves the owner's consent
    standing: str = "sure"  # sure | asked | asked twice | hidden | warned
    confirmed_at: datetime = Field(sa_type=Moment)
    check_at: datetime | None = Field(default=None, sa_type=Moment, index=True)  # none: its owner is not asked


class Spot(Table, table=True):
    """What a search reads: an active registration under the token of its H3 cell. No spot, not found."""

    __table_args__ = (
        # PostgreSQL answers a search from this index alone; SQLite keeps the rows in it
        PrimaryKeyConstraint("cell_token", "registration_id", info={"postgresql_include": ["cameras", "point_sealed"]}),
        {"sqlite_with_rowid": False},
    )

    cell_token: int = Field(primary_key=True, sa_type=BigInteger)
    registration_id: int = Field(primary_key=True, sa_type=BigInteger, index=True)
    cameras: int
    point_sealed: bytes = Field(sa_type=LargeBinary)


class Invite(Table, table=True):
    """A one-time link that grants a role. Only a keyed hash of its 128 bits is kept."""

    id: int = Field(primary_key=True, sa_type=Id, sa_column_kwargs=GIVEN)
    token: bytes = Field(sa_type=LargeBinary, unique=True)
    role: str
    station: str
    society_id: int | None = Field(default=None, sa_type=BigInteger)  # whose office-bearer it makes one
    name_sealed: bytes = Field(sa_type=LargeBinary)
    role_until: datetime | None = Field(default=None, sa_type=Moment)
    created_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
    made_by: int | None = Field(default=None, sa_type=BigInteger)  # the administrator; none: the command line
    told_at: datetime | None = Field(default=None, sa_type=Moment)  # that it died unused
    seconded_by: int | None = Field(default=None, sa_type=BigInteger)  # the administrator who agreed


class Grant(Table, table=True):
    """A role that a person holds, from when until when."""

    __tablename__ = "role_grant"

    id: int = Field(primary_key=True, sa_type=Id, sa_column_kwargs=GIVEN)
    person_id: int = Field(foreign_key="person.id", index=True, sa_type=BigInteger)
    role: str
    station: str
    society_id: int | None = Field(default=None, sa_type=BigInteger)  # of an office-bearer
    name_sealed: bytes = Field(sa_type=LargeBinary)
    granted_at: datetime = Field(sa_type=Moment)
    expires_at: datetime | None = Field(default=None, sa_type=Moment)
    revoked_at: datetime | None = Field(default=None, sa_type=Moment)
    warned_at: datetime | None = Field(default=None, sa_type=Moment)  # that it ends in a week
    ended_at: datetime | None = Field(default=None, sa_type=Moment)  # when its holder was told of the end
    asleep_at: datetime | None = Field(default=None, sa_type=Moment)
    woken_at: datetime | None = Field(default=None, sa_type=Moment)


class Outbox(Table, table=True):
    """A message that is on its way: written in the transaction that decided it, sent after the commit."""

    __table_args__ = (
        part_index("ix_outbox_sent", "sent_at", where="sent_at IS NOT NULL"),
        part_index("ix_outbox_unsent", "lane", "priority", "id", where="sent_at IS NULL"),
        part_index("ix_outbox_due", "priority", "id", where="sent_at IS NULL"),
        part_index("ix_outbox_kept", "kept_id", where="sent_at IS NULL AND kept_id IS NOT NULL"),
    )

    id: int = Field(primary_key=True, sa_type=Id, sa_column_kwargs=GIVEN)
    person_id: int | None = Field(default=None, sa_type=BigInteger)
    channel: str
    lane: bytes = Field(sa_type=LargeBinary)  # the chat's token: messages of one lane keep their order
    priority: int  # 0 answers, 1 bulk
    due_at: datetime = Field(sa_type=Moment)
    leased_until: datetime | None = Field(default=None, sa_type=Moment)
    attempts: int = 0
    sent_at: datetime | None = Field(default=None, sa_type=Moment)
    outcome: str = ""  # sent | blocked | refused | replaced
    message_sealed: bytes = Field(sa_type=LargeBinary)
    kept_id: int | None = Field(default=None, sa_type=BigInteger)  # what it is kept as, changes or deletes
    not_before: datetime | None = Field(default=None, sa_type=Moment)  # until then it holds up nobody
    must: bool = False  # tried until it succeeds, even where the bot is blocked meanwhile


class Kept(Table, table=True):
    """A message that a person has and that can be changed or deleted: its name and its id in the chat."""

    id: int = Field(primary_key=True, sa_type=Id, sa_column_kwargs=GIVEN)
    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE", index=True, sa_type=BigInteger)
    token: bytes = Field(sa_type=LargeBinary, unique=True)  # of the person and the name
    kept_sealed: bytes = Field(sa_type=LargeBinary)
    there: bool = False  # delivered, and not taken back
    at: datetime = Field(sa_type=Moment, index=True)


class Job(Table, table=True):
    """Scheduled work that was taken: one row for each job and slot of time, so each runs once."""

    name: str = Field(primary_key=True)
    slot: int = Field(primary_key=True, sa_type=BigInteger)
    claimed_at: datetime = Field(sa_type=Moment)


class Upkeep(Table, table=True):
    """Work that keeps the register safe, such as the nightly backup: when it was last done, and how it went."""

    name: str = Field(primary_key=True)
    slot: int = Field(sa_type=BigInteger)  # the night it belongs to
    began_at: datetime = Field(sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    fine: bool = False
    note: str = ""  # a size, a count, the kind of an error: nothing of anybody
