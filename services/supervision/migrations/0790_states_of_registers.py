"""whether an entry of a register behind evidence is on its list still."""

import sqlalchemy as sa
from alembic import op
from yifa.enforcement.v1.monitoring_device_pb2 import MonitoringDevice
from yifa.enforcement.v1.sampling_institution_pb2 import SamplingInstitution

revision = "0790"
down_revision = "0781"
branch_labels = None
depends_on = None
ENDS = {
    "monitoring_device": (MonitoringDevice, "retire_time"),
    "sampling_institution": (SamplingInstitution, "leave_time"),
}


def upgrade() -> None:
    with op.batch_alter_table("registeredsource") as table:
        table.add_column(sa.Column("state", sa.String(), nullable=False, server_default="ON_LIST"))
        table.create_index("ix_registeredsource_kind", ["kind"])
    kept = sa.table(
        "registeredsource", sa.column("key"), sa.column("kind"), sa.column("record"), sa.column("state")
    )
    there = op.get_bind()
    for key, kind, record in there.execute(sa.select(kept.c.key, kept.c.kind, kept.c.record)).all():
        message, end = ENDS[kind]
        if message.FromString(record).HasField(end):
            there.execute(sa.update(kept).where(kept.c.key == key).values(state="ENDED"))


def downgrade() -> None:
    with op.batch_alter_table("registeredsource") as table:
        table.drop_index("ix_registeredsource_kind")
        table.drop_column("state")
