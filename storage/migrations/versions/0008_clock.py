"""What the clock goes by: reminders, how sure an entry is, roles that end or sleep, links that die."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENTS = {
    "person": ("reminded_at", "asked_at"),
    "registration": ("check_at",),
    "invite": ("made_by", "told_at"),
    "role_grant": ("warned_at", "ended_at", "asleep_at", "woken_at"),
}
DAY_MS, HOUR_MS = 86_400_000, 3_600_000


def upgrade() -> None:
    for table, columns in MOMENTS.items():
        for column in columns:
            op.add_column(table, sa.Column(column, sa.BigInteger))
    op.add_column("registration", sa.Column("standing", sa.String, nullable=False, server_default="sure"))
    op.add_column("registration", sa.Column("confirmed_at", sa.BigInteger, nullable=False, server_default="0"))
    op.create_index("ix_registration_check_at", "registration", ["check_at"])
    op.execute("UPDATE registration SET confirmed_at = changed_at")
    spread = f"(id % 336) * {HOUR_MS}"  # nobody is asked in the same night as everybody
    op.execute(
        f"UPDATE registration SET check_at = changed_at + {176 * DAY_MS} + {spread} WHERE withdrawn_at IS NULL"  # noqa: S608 - numbers of ours
    )


def downgrade() -> None:
    op.drop_index("ix_registration_check_at", "registration")
    op.drop_column("registration", "standing")
    op.drop_column("registration", "confirmed_at")
    for table, columns in MOMENTS.items():
        for column in columns:
            op.drop_column(table, column)
