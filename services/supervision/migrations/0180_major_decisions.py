"""major decisions, what the public says of them, who answers for what, and the pool of experts."""

import sqlalchemy as sa
from alembic import op

revision = "0180"
down_revision = "0170"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "majordecision",
        sa.Column("decision_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("nodes", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("catalogued", sa.Boolean(), nullable=False),
        sa.Column("list_time", sa.BigInteger(), nullable=False),
        sa.Column("public_time", sa.BigInteger(), nullable=True),
        sa.Column("report_due_time", sa.BigInteger(), nullable=True),
        sa.Column("turn_time", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("decision_id"),
    )
    op.create_index("ix_majordecision_state", "majordecision", ["state"])
    op.create_index("ix_majordecision_turn_time", "majordecision", ["turn_time"])
    op.create_index("ix_majordecision_body_id", "majordecision", ["body_id"])
    op.create_index("majordecision_listed", "majordecision", ["list_time", "decision_id"])
    op.create_index("majordecision_public", "majordecision", ["public_time", "decision_id"])
    op.create_index("majordecision_year", "majordecision", ["year", "list_time", "decision_id"])
    op.create_table(
        "decisioncomment",
        sa.Column("comment_id", sa.String(), nullable=False),
        sa.Column("decision_id", sa.String(), nullable=False),
        sa.Column("comment_time", sa.BigInteger(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("comment_id"),
    )
    op.create_index("ix_decisioncomment_decision_id", "decisioncomment", ["decision_id"])
    op.create_table(
        "decisionresponsibility",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("decision_id", sa.String(), nullable=False),
        sa.Column("done_time", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_decisionresponsibility_decision_id", "decisionresponsibility", ["decision_id"])
    op.create_index("decisionresponsibility_person", "decisionresponsibility", ["person", "done_time", "key"])
    op.create_table(
        "decisionexpert",
        sa.Column("expert_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("expert_id"),
    )
    op.create_index("ix_decisionexpert_state", "decisionexpert", ["state"])
    op.create_index("ix_decisionexpert_name", "decisionexpert", ["name"])
