"""The trace becomes a chain: each row has its number and its proof, and may name its incident."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("audit", sa.Column("incident_id", sa.BigInteger))
    op.add_column("audit", sa.Column("seq", sa.BigInteger))
    op.add_column("audit", sa.Column("proof", sa.LargeBinary))
    op.create_index("ix_audit_incident_id", "audit", ["incident_id"])
    op.create_index("ix_audit_seq", "audit", ["seq"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_audit_seq", "audit")
    op.drop_index("ix_audit_incident_id", "audit")
    with op.batch_alter_table("audit") as audit:
        for column in ("proof", "seq", "incident_id"):
            audit.drop_column(column)
