"""What is due is found by indexes of the rows that wait for it: no chore reads a whole table."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

PARTS = (
    ("ix_person_open", "person", "seen_at", "stages_sealed IS NOT NULL", ""),
    ("ix_outbox_kept", "outbox", "kept_id", "sent_at IS NULL AND kept_id IS NOT NULL", ""),
    ("ix_came_by_stopped", "came_by", "at", "NOT saved", "saved = 0"),
    ("ix_waiting_unsettled", "waiting", "created_at", "settled_at IS NULL", ""),
    ("ix_waiting_signed", "waiting", "registration_id", "settled_at IS NOT NULL AND phone_sealed IS NOT NULL", ""),
    ("ix_request_unsettled", "request", "id", "shown NOT LIKE 'over%'", ""),
    ("ix_request_unthanked", "request", "incident_id", "thanked_at IS NULL", ""),
)


def upgrade() -> None:
    op.drop_index("ix_person_seen_at", "person")
    op.drop_index("ix_came_by_at", "came_by")
    for name, table, column, where, in_sqlite in PARTS:
        sqlite = sa.text(in_sqlite or where)
        op.create_index(name, table, [column], sqlite_where=sqlite, postgresql_where=sa.text(where))
    op.create_index("ix_request_asked_at", "request", ["asked_at"])
    op.create_index("ix_incident_person_id", "incident", ["person_id"])


def downgrade() -> None:
    op.drop_index("ix_incident_person_id", "incident")
    op.drop_index("ix_request_asked_at", "request")
    for name, table, *_ in PARTS:
        op.drop_index(name, table)
    op.create_index("ix_came_by_at", "came_by", ["at"])
    op.create_index("ix_person_seen_at", "person", ["seen_at"])
