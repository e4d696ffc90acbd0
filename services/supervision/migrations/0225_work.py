"""since when what the office handles stands in its state."""

import sqlalchemy as sa
from alembic import op

revision = "0225"
down_revision = "0220"
branch_labels = None
depends_on = None

TABLES = (
    ("complaint", "complaint_waiting", "complaint_id"),
    ("supervisionorder", "supervision_order_waiting", "order_id"),
    ("documentfiling", "document_filing_waiting", "filing_id"),
    ("documentrequest", "document_request_waiting", "document_request_id"),
    ("documentcleanup", "document_cleanup_waiting", "cleanup_id"),
    ("filereview", "file_review_waiting", "review_id"),
    ("accountability", "accountability_waiting", "accountability_id"),
    ("normativedocument", "normative_document_waiting", "document_id"),
    ("majordecision", "major_decision_waiting", "decision_id"),
    ("reconsideration", "reconsideration_waiting", "reconsideration_id"),
    ("suit", "suit_waiting", "suit_id"),
    ("assessment", "assessment_waiting", "assessment_id"),
)


def upgrade() -> None:
    for table, index, key in TABLES:
        op.add_column(table, sa.Column("since", sa.BigInteger(), nullable=False, server_default="0"))
        op.create_index(index, table, ["state", "since", key])


def downgrade() -> None:
    for table, index, _key in TABLES:
        op.drop_index(index, table)
        op.drop_column(table, "since")
