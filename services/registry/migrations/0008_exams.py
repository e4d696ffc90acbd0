"""exams."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exam",
        sa.Column("exam_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("exam_id"),
    )
    op.create_table(
        "examentry",
        sa.Column("entry_id", sa.String(), nullable=False),
        sa.Column("exam_id", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("general_score", sa.Integer(), nullable=False),
        sa.Column("special_score", sa.Integer(), nullable=False),
        sa.Column("refusals", sa.JSON(), nullable=False),
        sa.Column("update_time", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    with op.batch_alter_table("examentry", schema=None) as batch_op:
        batch_op.create_index("ix_exam_entry_exam", ["exam_id", "officer_id"], unique=False)
        batch_op.create_index("ix_exam_entry_state", ["state", "update_time"], unique=False)
        batch_op.create_index(batch_op.f("ix_examentry_officer_id"), ["officer_id"], unique=False)
    op.create_table(
        "leadertest",
        sa.Column("test_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("test_id"),
    )
    # failures that were counted before results were kept one by one
    entry = sa.table(
        "examentry",
        *(sa.column(n) for n in ("entry_id", "exam_id", "officer_id", "node", "state")),
        *(sa.column(n) for n in ("general_score", "special_score", "refusals", "update_time", "version")),
    )
    known = sa.table("qualification", *(sa.column(n) for n in ("officer_id", "failures", "update_time")))
    for ordinal in (1, 2):
        name = sa.literal("E-") + sa.cast(known.c.officer_id, sa.String()) + sa.literal(f"-{ordinal}")
        plain = (sa.literal(""), known.c.officer_id, sa.literal(""), sa.literal("FAILED"))
        rest = (sa.literal(0), sa.literal(0), sa.literal([], sa.JSON()), known.c.update_time, sa.literal(1))
        failed = sa.select(name, *plain, *rest).where(known.c.failures >= ordinal)
        op.execute(entry.insert().from_select([c.name for c in entry.columns], failed))
