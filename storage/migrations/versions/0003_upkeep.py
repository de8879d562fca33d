"""When the register was last backed up, and how it went."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "upkeep",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("slot", sa.BigInteger, nullable=False),
        sa.Column("began_at", sa.BigInteger, nullable=False),
        sa.Column("ended_at", sa.BigInteger),
        sa.Column("fine", sa.Boolean, nullable=False),
        sa.Column("note", sa.String, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("upkeep")
