"""Societies, their doors into the sign-up, the counts; whose office-bearer a role makes one."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
COUNTS = ("opened", "agreed", "gave_number", "gave_place", "saved", "cameras", "cameras_told")


def upgrade() -> None:
    op.create_table(
        "society",
        sa.Column("id", Id, primary_key=True, autoincrement=False),
        sa.Column("station", sa.String, nullable=False, index=True),
        sa.Column("told_sealed", sa.LargeBinary, nullable=False),
        sa.Column("goal", sa.Integer),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("closed_at", sa.BigInteger),
    )
    op.create_table(
        "door",
        sa.Column("id", Id, primary_key=True, autoincrement=False),
        sa.Column("society_id", sa.BigInteger, sa.ForeignKey("society.id"), nullable=False),
        sa.Column("purpose", sa.String, nullable=False),
        sa.Column("token", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("payload_sealed", sa.LargeBinary, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("shut_at", sa.BigInteger),
        sa.UniqueConstraint("society_id", "purpose"),
    )
    op.create_table(
        "funnel",
        sa.Column("door_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("week", sa.Integer, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in COUNTS),
    )
    op.create_table(
        "came_by",
        sa.Column("person_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger, nullable=False, index=True),
        sa.Column("saved", sa.Boolean, nullable=False),
        sa.Column("told_sealed", sa.LargeBinary, nullable=False),
    )
    for table in ("invite", "role_grant"):
        op.add_column(table, sa.Column("society_id", sa.BigInteger))


def downgrade() -> None:
    for table in ("invite", "role_grant"):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("society_id")
    for table in ("came_by", "funnel", "door", "society"):
        op.drop_table(table)
