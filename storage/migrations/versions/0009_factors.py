"""Second factors: what an officer's code generator was given."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "factor",
        sa.Column("id", Id, primary_key=True, autoincrement=False),
        sa.Column("person_id", sa.BigInteger),
        sa.Column("invite_id", sa.BigInteger),
        sa.Column("seed_sealed", sa.LargeBinary, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("last_step", sa.BigInteger, nullable=False),
        sa.Column("wrong", sa.Integer, nullable=False),
        sa.Column("passed_at", sa.BigInteger),
        sa.Column("locked_until", sa.BigInteger),
    )
    op.create_index("ix_factor_person_id", "factor", ["person_id"], unique=True)
    op.create_index("ix_factor_invite_id", "factor", ["invite_id"], unique=True)


def downgrade() -> None:
    op.drop_table("factor")
