"""Entries that wait for their owner's consent, and the codes that they are claimed by."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "waiting",
        sa.Column("id", Id, primary_key=True, autoincrement=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("number", sa.String, unique=True),
        sa.Column("station", sa.String, nullable=False),
        sa.Column("grant_id", sa.BigInteger),
        sa.Column("code_id", sa.BigInteger, index=True),
        sa.Column("cameras", sa.Integer, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("phone_token", sa.LargeBinary, index=True),
        sa.Column("phone_sealed", sa.LargeBinary),
        sa.Column("place_sealed", sa.LargeBinary),
        sa.Column("once_token", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("once_sealed", sa.LargeBinary, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("settled_at", sa.BigInteger),
        sa.Column("outcome", sa.String, nullable=False),
        sa.Column("registration_id", sa.BigInteger),
    )
    op.create_table(
        "claim_code",
        sa.Column("id", Id, primary_key=True, autoincrement=False),
        sa.Column("token", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("code_sealed", sa.LargeBinary, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("claim_code")
    op.drop_table("waiting")
