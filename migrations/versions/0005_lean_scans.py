"""lean scans: moves are found by the person alone, no index that a scan pays for in vain"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BY_TEAM = sa.text("user_id IS NOT NULL")


def upgrade() -> None:
    """Have the index of moves begin with the person, by whom every commit asks; drop others."""
    op.drop_index("ix_scan_fair_id_attendee_id", "scan")
    op.create_index("ix_scan_attendee_id_fair_id", "scan", ["attendee_id", "fair_id", "scanned_at"])
    op.drop_index("ix_scan_fair_id_device_id", "scan")
    op.drop_index("ix_scan_user_id", "scan")
    op.create_index(
        "ix_scan_user_id", "scan", ["user_id"], sqlite_where=BY_TEAM, postgresql_where=BY_TEAM
    )


def downgrade() -> None:
    """Have them all, and the one of moves begin with the fair."""
    op.drop_index("ix_scan_user_id", "scan")
    op.create_index("ix_scan_user_id", "scan", ["user_id"])
    op.create_index("ix_scan_fair_id_device_id", "scan", ["fair_id", "device_id"])
    op.drop_index("ix_scan_attendee_id_fair_id", "scan")
    op.create_index("ix_scan_fair_id_attendee_id", "scan", ["fair_id", "attendee_id", "scanned_at"])
