"""The first tables: people, registrations and their spots, access, the trace, the outbox, the clock."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

UNSENT, SENT = sa.text("sent_at IS NULL"), sa.text("sent_at IS NOT NULL")
Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def _id() -> sa.Column[int]:
    return sa.Column("id", Id, primary_key=True, autoincrement=False)


def _moment(name: str, *, index: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False, index=index)


def _perhaps(name: str, *, index: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, index=index)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=False)


def _bytes(name: str, *, nullable: bool = False, index: bool = False) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary, nullable=nullable, index=index)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def upgrade() -> None:
    _house()
    _people()
    _access()
    _post()


def _house() -> None:
    op.create_table("meta", sa.Column("key", sa.String, primary_key=True), _bytes("value"))
    op.create_table(
        "claim",
        sa.Column("channel", sa.String, primary_key=True),
        sa.Column("update_id", sa.BigInteger, primary_key=True),
        _moment("at", index=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "quarantine",
        sa.Column("channel", sa.String, primary_key=True),
        sa.Column("update_id", sa.BigInteger, primary_key=True),
        _number("attempts"),
        _text("error"),
        _moment("at"),
        sa.Column("set_aside", sa.Boolean, nullable=False),
    )
    op.create_table(
        "job",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("slot", sa.BigInteger, primary_key=True),
        _moment("claimed_at"),
    )


def _people() -> None:
    op.create_table(
        "person",
        _id(),
        _text("channel"),
        _bytes("chat_token"),
        _bytes("chat_sealed"),
        _text("language"),
        sa.Column("reachable", sa.Boolean, nullable=False),
        _bytes("phone_token", nullable=True, index=True),
        _bytes("phone_sealed", nullable=True),
        _text("consent_version"),
        _perhaps("consent_at"),
        _bytes("stages_sealed", nullable=True),
        _moment("created_at"),
        _moment("seen_at", index=True),
        sa.UniqueConstraint("channel", "chat_token"),
    )
    op.create_table(
        "registration",
        _id(),
        sa.Column("number", sa.String, nullable=False, unique=True),
        sa.Column("person_id", sa.BigInteger, sa.ForeignKey("person.id"), nullable=False, index=True),
        _text("state"),
        _number("cameras"),
        _text("kind"),
        sa.Column("sees_road", sa.Boolean),
        sa.Column("days_kept", sa.Integer),
        _bytes("place_sealed"),
        _text("consent_version"),
        _moment("consent_at"),
        _moment("created_at"),
        _moment("changed_at"),
        _perhaps("withdrawn_at", index=True),
    )
    op.create_table(
        "spot",
        sa.Column("cell_token", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("registration_id", sa.BigInteger, autoincrement=False, nullable=False, index=True),
        _number("cameras"),
        _bytes("point_sealed"),
        sa.PrimaryKeyConstraint("cell_token", "registration_id", postgresql_include=["cameras", "point_sealed"]),
        sqlite_with_rowid=False,
    )


def _access() -> None:
    op.create_table(
        "invite",
        _id(),
        sa.Column("token", sa.LargeBinary, nullable=False, unique=True),
        _text("role"),
        _text("station"),
        _bytes("name_sealed"),
        _perhaps("role_until"),
        _moment("created_at"),
        _moment("expires_at"),
        _perhaps("used_at"),
    )
    op.create_table(
        "role_grant",
        _id(),
        sa.Column("person_id", sa.BigInteger, sa.ForeignKey("person.id"), nullable=False, index=True),
        _text("role"),
        _text("station"),
        _bytes("name_sealed"),
        _moment("granted_at"),
        _perhaps("expires_at"),
        _perhaps("revoked_at"),
    )
    op.create_table(
        "audit",
        _id(),
        _moment("at", index=True),
        _text("action"),
        _perhaps("person_id"),
        _perhaps("grant_id", index=True),
        _text("station"),
        _number("places"),
        _number("cameras"),
        _bytes("detail_sealed"),
    )


def _post() -> None:
    op.create_table(
        "outbox",
        _id(),
        _perhaps("person_id"),
        _text("channel"),
        _bytes("lane"),
        _number("priority"),
        _moment("due_at"),
        _perhaps("leased_until"),
        _number("attempts"),
        _perhaps("sent_at"),
        _text("outcome"),
        _bytes("message_sealed"),
    )
    op.create_index("ix_outbox_sent", "outbox", ["sent_at"], sqlite_where=SENT, postgresql_where=SENT)
    for name, columns in (("unsent", ["lane", "priority", "id"]), ("due", ["priority", "id"])):
        op.create_index(f"ix_outbox_{name}", "outbox", columns, sqlite_where=UNSENT, postgresql_where=UNSENT)


def downgrade() -> None:
    for table in (
        "outbox",
        "audit",
        "role_grant",
        "invite",
        "spot",
        "registration",
        "person",
        "job",
        "quarantine",
        "claim",
        "meta",
    ):
        op.drop_table(table)
