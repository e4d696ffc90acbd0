"""certificates that end in many ways, measures, transfers, what was heard of others."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "heard",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("journal_seq", sa.BigInteger(), nullable=False),
        sa.Column("event_time", sa.BigInteger(), nullable=False),
        sa.Column("read_time", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_heard_node", "heard", ["node"])
    op.create_table(
        "measure",
        sa.Column("measure_id", sa.String(), nullable=False),
        sa.Column("certificate_number", sa.String(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("from_time", sa.BigInteger(), nullable=False),
        sa.Column("decide_time", sa.BigInteger(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("law", sa.String(), nullable=False),
        sa.Column("hear_time", sa.BigInteger(), nullable=True),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("remedy_zh", sa.String(), nullable=False),
        sa.Column("remedy_en", sa.String(), nullable=False),
        sa.Column("remedy_due_time", sa.BigInteger(), nullable=False),
        sa.Column("appeal", sa.Integer(), nullable=False),
        sa.Column("appeal_time", sa.BigInteger(), nullable=True),
        sa.Column("grounds", sa.String(), nullable=False),
        sa.Column("conclude_time", sa.BigInteger(), nullable=True),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("measure_id"),
    )
    op.create_index("ix_measure_certificate_number", "measure", ["certificate_number"])
    op.create_table(
        "transfer",
        sa.Column("transfer_id", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("from_body_id", sa.String(), nullable=False),
        sa.Column("from_node", sa.String(), nullable=False),
        sa.Column("to_body_id", sa.String(), nullable=False),
        sa.Column("to_node", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("request_time", sa.BigInteger(), nullable=False),
        sa.Column("decide_time", sa.BigInteger(), nullable=True),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("transfer_id"),
    )
    op.create_index("ix_transfer_officer_id", "transfer", ["officer_id"])
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("acts", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("term_time", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("renew_time", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("ending", sa.String(), nullable=False, server_default="EXPIRED"))
        batch_op.add_column(sa.Column("replaces", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("loss_time", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("declare_time", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("return_time", sa.BigInteger(), nullable=True))
    op.execute("UPDATE certificate SET term_time = expire_time")
    op.execute("UPDATE certificate SET ending = 'REVOKED' WHERE revoked")
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.drop_column("revoked")
    with op.batch_alter_table("officer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("former", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("leave_time", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("leave_cause", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("nominated", sa.Boolean(), nullable=False, server_default=sa.false()))
