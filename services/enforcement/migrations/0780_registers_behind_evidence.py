"""monitoring devices and institutions that take samples; what a site record says, where evidence comes from, what it shows."""

import sqlalchemy as sa
from alembic import op

revision = "0780"
down_revision = "0720"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "monitoringdevice",
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("device_id"),
    )
    op.create_index("ix_monitoringdevice_body_id", "monitoringdevice", ["body_id"])
    op.create_index("ix_monitoringdevice_number", "monitoringdevice", ["number"])
    op.create_table(
        "samplinginstitution",
        sa.Column("institution_id", sa.String(), nullable=False),
        sa.Column("qualification", sa.String(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("institution_id"),
    )
    op.create_index("ix_samplinginstitution_qualification", "samplinginstitution", ["qualification"])
    with op.batch_alter_table("evidence") as table:
        table.add_column(sa.Column("origin", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("site_minutes", sa.LargeBinary(), nullable=False, server_default=""))
        table.add_column(sa.Column("circumstances", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    with op.batch_alter_table("evidence") as table:
        for name in ("origin", "site_minutes", "circumstances"):
            table.drop_column(name)
    op.drop_table("samplinginstitution")
    op.drop_table("monitoringdevice")
