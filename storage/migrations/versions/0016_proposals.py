"""What one administrator wants to do with a role, until a second one agrees."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "proposal",
        sa.Column("id", Id, primary_key=True, autoincrement=False),
        sa.Column("grant_id", sa.BigInteger, sa.ForeignKey("role_grant.id"), nullable=False),
        sa.Column("about_id", sa.BigInteger),
        sa.Column("wish_sealed", sa.LargeBinary, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False, index=True),
        sa.Column("decided_at", sa.BigInteger),
        sa.Column("decided_by", sa.BigInteger),
        sa.Column("agreed", sa.Boolean),
    )
    op.add_column("invite", sa.Column("seconded_by", sa.BigInteger))


def downgrade() -> None:
    op.drop_column("invite", "seconded_by")
    op.drop_table("proposal")
