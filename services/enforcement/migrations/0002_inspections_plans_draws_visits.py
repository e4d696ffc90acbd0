"""inspections, plans, draws, visits."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inspection",
        sa.Column("inspection_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("credit_code", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("check_in_time", sa.BigInteger(), nullable=True),
        sa.Column("record_time", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("inspection_id"),
    )
    with op.batch_alter_table("inspection", schema=None) as batch_op:
        batch_op.create_index("inspection_enterprise", ["credit_code", "body_id", "year"], unique=False)
        batch_op.create_index(batch_op.f("ix_inspection_state"), ["state"], unique=False)

    op.create_table(
        "inspectiondraw",
        sa.Column("draw_id", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("draw_id"),
    )
    op.create_table(
        "inspectionobject",
        sa.Column("object_id", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("exempt_from", sa.BigInteger(), nullable=True),
        sa.Column("exempt_until", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("object_id"),
    )
    with op.batch_alter_table("inspectionobject", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inspectionobject_body_id"), ["body_id"], unique=False)

    op.create_table(
        "inspectionplan",
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id"),
    )
    with op.batch_alter_table("inspectionplan", schema=None) as batch_op:
        batch_op.create_index("inspection_plan_year", ["body_id", "year"], unique=False)

    op.create_table(
        "jointproposal",
        sa.Column("proposal_id", sa.String(), nullable=False),
        sa.Column("credit_code", sa.String(), nullable=False),
        sa.Column("body_ids", sa.JSON(), nullable=False),
        sa.Column("from_time", sa.BigInteger(), nullable=False),
        sa.Column("until_time", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("proposal_id"),
    )
    with op.batch_alter_table("jointproposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_jointproposal_credit_code"), ["credit_code"], unique=False)

    op.create_table(
        "visit",
        sa.Column("visit_id", sa.String(), nullable=False),
        sa.Column("credit_code", sa.String(), nullable=False),
        sa.Column("visit_time", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("visit_id"),
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_credit_code"), ["credit_code"], unique=False)
