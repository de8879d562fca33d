"""Incidents, and which one an officer works on."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "incident",
        sa.Column("id", Id, primary_key=True, autoincrement=False),
        sa.Column("station", sa.String, nullable=False, index=True),
        sa.Column("person_id", sa.BigInteger, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("grant_id", sa.BigInteger, sa.ForeignKey("role_grant.id"), nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("reference_token", sa.LargeBinary, nullable=False, index=True),
        sa.Column("told_sealed", sa.LargeBinary, nullable=False),
        sa.Column("start_at", sa.BigInteger, nullable=False),
        sa.Column("end_at", sa.BigInteger, nullable=False),
        sa.Column("training", sa.Boolean, nullable=False),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
        sa.Column("closed_at", sa.BigInteger),
    )
    op.create_table(
        "on_case",
        sa.Column("person_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("incident_id", sa.BigInteger, sa.ForeignKey("incident.id"), nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("on_case")
    op.drop_table("incident")
