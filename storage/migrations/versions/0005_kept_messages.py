"""Messages that can be changed or deleted later, and messages that are due later."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "kept",
        sa.Column("id", Id, primary_key=True, autoincrement=False),
        sa.Column(
            "person_id", sa.BigInteger, sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("token", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("kept_sealed", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False, index=True),
    )
    op.add_column("outbox", sa.Column("kept_id", sa.BigInteger))
    op.add_column("outbox", sa.Column("not_before", sa.BigInteger))
    op.add_column("outbox", sa.Column("must", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    for column in ("must", "not_before", "kept_id"):
        op.drop_column("outbox", column)
    op.drop_table("kept")
