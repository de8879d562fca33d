"""Requests to senior officers."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "approval",
        sa.Column("id", Id, primary_key=True, autoincrement=False),
        sa.Column("matter", sa.String, nullable=False),
        sa.Column("station", sa.String, nullable=False),
        sa.Column("grant_id", sa.BigInteger, sa.ForeignKey("role_grant.id"), nullable=False),
        sa.Column("asked_sealed", sa.LargeBinary, nullable=False),
        sa.Column("asked_at", sa.BigInteger, nullable=False),
        sa.Column("decided_at", sa.BigInteger),
        sa.Column("decided_by", sa.BigInteger),
        sa.Column("allowed", sa.Boolean),
    )


def downgrade() -> None:
    op.drop_table("approval")
