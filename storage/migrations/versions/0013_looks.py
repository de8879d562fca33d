"""Looks that owners can read, and what a senior officer delays of them."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "look",
        sa.Column("id", Id, primary_key=True, autoincrement=False),
        sa.Column(
            "registration_id",
            sa.BigInteger,
            sa.ForeignKey("registration.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("incident_id", sa.BigInteger, sa.ForeignKey("incident.id")),
        sa.Column("station", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("act", sa.String, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "delay",
        sa.Column("incident_id", sa.BigInteger, sa.ForeignKey("incident.id"), primary_key=True, autoincrement=False),
        sa.Column("grant_id", sa.BigInteger, sa.ForeignKey("role_grant.id"), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("delay")
    op.drop_table("look")
