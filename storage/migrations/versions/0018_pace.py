"""The channel's limits, shared by all workers."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pace",
        sa.Column("lane", sa.LargeBinary, primary_key=True),
        sa.Column("free_us", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False, index=True),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("pace")
