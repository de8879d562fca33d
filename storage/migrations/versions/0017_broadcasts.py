"""Words for many people: each of them written to once."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "broadcast",
        sa.Column("id", Id, primary_key=True, autoincrement=False),
        sa.Column("grant_id", sa.BigInteger, sa.ForeignKey("role_grant.id"), nullable=False),
        sa.Column("audience", sa.String, nullable=False),
        sa.Column("station", sa.String, nullable=False),
        sa.Column("words_sealed", sa.LargeBinary, nullable=False),
        sa.Column("people", sa.Integer, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("stopped_at", sa.BigInteger),
        sa.Column("over_at", sa.BigInteger, index=True),
        sa.Column("shown", sa.String, nullable=False),
    )
    op.create_table(
        "recipient",
        sa.Column("broadcast_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("person_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("outbox_id", sa.BigInteger),
    )
    op.add_column("person", sa.Column("muted_at", sa.BigInteger))


def downgrade() -> None:
    op.drop_column("person", "muted_at")
    op.drop_table("recipient")
    op.drop_table("broadcast")
