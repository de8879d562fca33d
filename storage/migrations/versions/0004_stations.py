"""Police stations with their outlines; which one a registration belongs to, who saw it, and where it came from."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
NEW = ("station_id", "verified_at", "visited_at", "source", "slip")


def upgrade() -> None:
    op.create_table(
        "station",
        sa.Column("id", Id, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String, nullable=False, unique=True),
        sa.Column("outline", sa.String, nullable=False),
        sa.Column("contact", sa.String, nullable=False),
        sa.Column("drawn", sa.BigInteger, nullable=False),
    )
    for name in NEW[:3]:
        op.add_column("registration", sa.Column(name, sa.BigInteger))
    for name in NEW[3:]:
        op.add_column("registration", sa.Column(name, sa.String, nullable=False, server_default=""))
    op.create_index("ix_registration_station_id", "registration", ["station_id"])


def downgrade() -> None:
    op.drop_index("ix_registration_station_id", "registration")
    for name in reversed(NEW):
        op.drop_column("registration", name)
    op.drop_table("station")
