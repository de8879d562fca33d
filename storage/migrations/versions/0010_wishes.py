"""Wishes to become the office-bearer of a society."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "wish",
        sa.Column("id", Id, primary_key=True, autoincrement=False),
        sa.Column("person_id", sa.BigInteger, nullable=False, index=True),
        sa.Column("station", sa.String, nullable=False),
        sa.Column("named_sealed", sa.LargeBinary, nullable=False),
        sa.Column("who_sealed", sa.LargeBinary, nullable=False),
        sa.Column("asked_at", sa.BigInteger, nullable=False),
        sa.Column("decided_at", sa.BigInteger),
        sa.Column("decided_by", sa.BigInteger),
        sa.Column("approved", sa.Boolean, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("wish")
