"""first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assignment",
        sa.Column("assignment_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("assignment_id"),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_officer_id"), ["officer_id"], unique=False)

    op.create_table(
        "benchmark",
        sa.Column("benchmark_id", sa.String(), nullable=False),
        sa.Column("statute", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("benchmark_id"),
    )
    with op.batch_alter_table("benchmark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_benchmark_statute"), ["statute"], unique=False)

    op.create_table(
        "body",
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("document_prefix", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("from_time", sa.BigInteger(), nullable=True),
        sa.Column("until_time", sa.BigInteger(), nullable=True),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("mandator_id", sa.String(), nullable=False),
        sa.Column("mandator_name", sa.String(), nullable=False),
        sa.Column("mandate_items", sa.JSON(), nullable=False),
        sa.Column("mandate_from", sa.BigInteger(), nullable=True),
        sa.Column("mandate_until", sa.BigInteger(), nullable=True),
        sa.Column("predecessors", sa.JSON(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("credit_code", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("body_id"),
    )
    op.create_table(
        "case",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("case_number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("identity_number", sa.String(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("weighed", sa.String(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("case_id"),
    )
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_case_number"), ["case_number"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_matter"), ["matter"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_state"), ["state"], unique=False)

    op.create_table(
        "clock",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("clock_id", sa.String(), nullable=False),
        sa.Column("law", sa.String(), nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("start_time", sa.BigInteger(), nullable=False),
        sa.Column("due_time", sa.BigInteger(), nullable=False),
        sa.Column("stop_time", sa.BigInteger(), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("excluded", sa.JSON(), nullable=False),
        sa.Column("extensions", sa.JSON(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("next_time", sa.BigInteger(), nullable=True),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("earlier", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("clock", schema=None) as batch_op:
        batch_op.create_index("clock_due", ["state", "due_time", "key"], unique=False)
        batch_op.create_index(batch_op.f("ix_clock_next_time"), ["next_time"], unique=False)
        batch_op.create_index(batch_op.f("ix_clock_subject"), ["subject"], unique=False)

    op.create_table(
        "endedlaw",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("end_time", sa.BigInteger(), nullable=False),
        sa.Column("tell_time", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "evidence",
        sa.Column("evidence_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("collector_ids", sa.JSON(), nullable=False),
        sa.Column("collect_time", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("certificate_shown", sa.Boolean(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("evidence_id"),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_case_id"), ["case_id"], unique=False)

    op.create_table(
        "number",
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series"),
    )
    op.create_table(
        "paymentreference",
        sa.Column("bank_reference", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("bank_reference"),
    )
    op.create_table(
        "poweritem",
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("basis_ids", sa.JSON(), nullable=False),
        sa.Column("predecessor_id", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("from_time", sa.BigInteger(), nullable=True),
        sa.Column("until_time", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("item_id"),
    )
    with op.batch_alter_table("poweritem", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poweritem_body_id"), ["body_id"], unique=False)

    op.create_table(
        "published",
        sa.Column("publication_id", sa.String(), nullable=False),
        sa.Column("party_name", sa.String(), nullable=False),
        sa.Column("party_code", sa.String(), nullable=False),
        sa.Column("document_number", sa.String(), nullable=False),
        sa.Column("credit_until", sa.BigInteger(), nullable=True),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("publication_id"),
    )
    with op.batch_alter_table("published", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_published_credit_until"), ["credit_until"], unique=False)
        batch_op.create_index(batch_op.f("ix_published_document_number"), ["document_number"], unique=False)
        batch_op.create_index(batch_op.f("ix_published_party_code"), ["party_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_published_party_name"), ["party_name"], unique=False)

    op.create_table(
        "standing",
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("certificates", sa.JSON(), nullable=False),
        sa.Column("away", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("officer_id"),
    )
