"""lean scans: the moves of a person are found by the person alone"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Have the index of moves begin with the person, by whom every commit asks."""
    op.drop_index("ix_scan_fair_id_attendee_id", "scan")
    op.create_index("ix_scan_attendee_id_fair_id", "scan", ["attendee_id", "fair_id", "scanned_at"])


def downgrade() -> None:
    """Have it begin with the fair again."""
    op.drop_index("ix_scan_attendee_id_fair_id", "scan")
    op.create_index("ix_scan_fair_id_attendee_id", "scan", ["fair_id", "attendee_id", "scanned_at"])
