"""events beyond the bound of what is parked of a sender are left where they are."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0850"
down_revision = "0781"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "left_behind",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("parked", schema=None) as batch_op:
        batch_op.add_column(sa.Column("node", sa.String(), nullable=False, server_default=""))
        batch_op.create_index(batch_op.f("ix_parked_node"), ["node"], unique=False)
    parked = sa.table("parked", sa.column("event_id"), sa.column("envelope"), sa.column("node"))
    db = op.get_bind()
    for event_id, envelope in db.execute(sa.select(parked.c.event_id, parked.c.envelope)).all():
        node = json.loads(bytes(envelope))["node"]
        db.execute(sa.update(parked).where(parked.c.event_id == event_id).values(node=node))
