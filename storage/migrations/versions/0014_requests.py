"""Requests to owners, whom they ask, and what is answered."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.add_column("kept", sa.Column("there", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_table(
        "request",
        sa.Column("id", Id, primary_key=True, autoincrement=False),
        sa.Column("incident_id", sa.BigInteger, sa.ForeignKey("incident.id"), nullable=False, index=True),
        sa.Column("grant_id", sa.BigInteger, sa.ForeignKey("role_grant.id"), nullable=False),
        sa.Column("station", sa.String, nullable=False),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("start_at", "end_at", "asked_at")),
        sa.Column("deadline_at", sa.BigInteger, nullable=False, index=True),
        sa.Column("reminded_at", sa.BigInteger),
        sa.Column("thanked_at", sa.BigInteger),
        sa.Column("shown", sa.String, nullable=False),
    )
    op.create_table(
        "asked",
        sa.Column("id", Id, primary_key=True, autoincrement=False),
        sa.Column("request_id", sa.BigInteger, sa.ForeignKey("request.id"), nullable=False),
        _to("person", index=True),
        sa.Column("kept_id", sa.BigInteger, nullable=False),
        sa.Column("answer", sa.String, nullable=False),
        sa.Column("answered_at", sa.BigInteger),
        sa.Column("number_until", sa.BigInteger),
        sa.UniqueConstraint("request_id", "person_id"),
    )
    op.create_table(
        "asked_place",
        _to("asked", primary_key=True),
        _to("registration", primary_key=True, index=True),
    )


def _to(table: str, *, index: bool = False, primary_key: bool = False) -> sa.Column[int]:
    """A row that goes with the row it belongs to."""
    return sa.Column(
        f"{table}_id",
        sa.BigInteger,
        sa.ForeignKey(f"{table}.id", ondelete="CASCADE"),
        nullable=False,
        index=index,
        primary_key=primary_key,
        autoincrement=False,
    )


def downgrade() -> None:
    for table in ("asked_place", "asked", "request"):
        op.drop_table(table)
    op.drop_column("kept", "there")
