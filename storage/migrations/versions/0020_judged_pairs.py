"""Pairs of entries that station staff judged to be the same cameras, or not."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "judged_pair",
        sa.Column("first_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("second_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("keep", sa.String, nullable=False),
        sa.Column("grant_id", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("judged_pair")
