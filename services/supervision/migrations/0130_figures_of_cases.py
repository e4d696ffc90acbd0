"""figures of cases, benchmarks and receipts."""

import sqlalchemy as sa
from alembic import op

revision = "0130"
down_revision = "0048"
branch_labels = None
depends_on = None

TEXTS = ("item_id", "act", "alike")
TIMES = ("taken_time", "decide_time", "close_time")
PARTIAL = {
    "case_view_act": (["act", "decide_time"], "act <> ''"),
    "case_view_alike": (["alike", "decide_time", "weighed"], "alike <> ''"),
    "case_view_item": (["item_id", "taken_time"], "item_id <> ''"),
    "case_view_closed": (["close_time"], "close_time IS NOT NULL"),
}


def upgrade() -> None:
    with op.batch_alter_table("caseview", schema=None) as batch_op:
        for name in TIMES:
            batch_op.add_column(sa.Column(name, sa.BigInteger(), nullable=True))
        for name in TEXTS:
            batch_op.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("weighed", sa.BigInteger(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("at_most", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("officer_ids", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("edited", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_index("case_view_taken", ["body_id", "taken_time"], unique=False)
        for name, (columns, condition) in PARTIAL.items():
            where = sa.text(condition)
            batch_op.create_index(name, columns, unique=False, sqlite_where=where, postgresql_where=where)
    with op.batch_alter_table("caseview", schema=None) as batch_op:
        for name in (*TEXTS, "weighed", "at_most", "officer_ids", "edited"):
            batch_op.alter_column(name, server_default=None)
    with op.batch_alter_table("warning", schema=None) as batch_op:
        batch_op.add_column(sa.Column("month", sa.String(), nullable=False, server_default=""))
        for name in ("body_id", "escalated_to", "closer", "close_reason"):
            batch_op.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("escalations", sa.Integer(), nullable=False, server_default="0"))
        for name in ("escalated_time", "escalate_time"):
            batch_op.add_column(sa.Column(name, sa.BigInteger(), nullable=True))
        batch_op.create_index(
            "warning_escalate",
            ["escalate_time"],
            unique=False,
            sqlite_where=sa.text("escalate_time IS NOT NULL"),
            postgresql_where=sa.text("escalate_time IS NOT NULL"),
        )
        batch_op.create_index(
            "warning_month",
            ["month"],
            unique=False,
            sqlite_where=sa.text("month <> ''"),
            postgresql_where=sa.text("month <> ''"),
        )
    with op.batch_alter_table("warning", schema=None) as batch_op:
        for name in ("month", "body_id", "escalated_to", "closer", "close_reason", "escalations"):
            batch_op.alter_column(name, server_default=None)
    op.create_table(
        "benchmarkview",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_benchmarkview_item", "benchmarkview", ["item"], unique=False)
    op.create_table(
        "income",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_income_case_id", "income", ["case_id"], unique=False)
    op.create_index("income_body", "income", ["at", "body_id"], unique=False)
    op.create_table(
        "judging",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("first", sa.String(), nullable=False),
        sa.Column("bound", sa.String(), nullable=False),
        sa.Column("next_month", sa.String(), nullable=False),
        sa.Column("again", sa.String(), nullable=False),
        sa.Column("again_time", sa.BigInteger(), nullable=True),
        sa.Column("figured", sa.String(), nullable=False),
        sa.Column("ready", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "issuedbatch",
        sa.Column("batch_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("first_number", sa.BigInteger(), nullable=False),
        sa.Column("last_number", sa.BigInteger(), nullable=False),
        sa.Column("issue_time", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("batch_id"),
    )
    op.create_index("ix_issuedbatch_body_id", "issuedbatch", ["body_id"], unique=False)
    op.create_table(
        "givenreceipt",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("case_id"),
    )
    op.create_index("given_receipt_number", "givenreceipt", ["series", "number"], unique=False)
    op.create_table(
        "certificateterm",
        sa.Column("certificate_number", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("officer_name", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("from_time", sa.BigInteger(), nullable=False),
        sa.Column("until_time", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("certificate_number"),
    )
    op.create_index("certificate_term_until", "certificateterm", ["until_time"], unique=False)
    op.create_table(
        "bodyquota",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("clock_id", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("law", sa.String(), nullable=False),
        sa.Column("meet_time", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_bodyquota_year", "bodyquota", ["year"], unique=False)
