"""since when what runs beside a case, an inspection or a plan stands in its state."""

import sqlalchemy as sa
from alembic import op

revision = "0620"
down_revision = "0590"
branch_labels = None
depends_on = None

TABLES = (
    ("inspection", "inspection_waiting", "inspection_id"),
    ("inspectionplan", "inspection_plan_waiting", "plan_id"),
    ("measure", "measure_waiting", "measure_id"),
    ("referral", "referral_waiting", "referral_id"),
    ("advanceregistration", "advance_registration_waiting", "registration_id"),
    ("assistance", "assistance_waiting", "assistance_id"),
    ("courtenforcement", "court_enforcement_waiting", "enforcement_id"),
    ("enforcement", "enforcement_waiting", "enforcement_id"),
    ("creditrepair", "credit_repair_waiting", "repair_id"),
)


def upgrade() -> None:
    for table, index, key in TABLES:
        op.add_column(table, sa.Column("since", sa.BigInteger(), nullable=False, server_default="0"))
        op.create_index(index, table, ["state", "since", key])


def downgrade() -> None:
    for table, index, _key in TABLES:
        op.drop_index(index, table)
        op.drop_column(table, "since")
