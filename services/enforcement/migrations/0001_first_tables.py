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
        "basis",
        sa.Column("basis_id", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("repeal_time", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("basis_id"),
    )
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
        "benchmarkversion",
        sa.Column("version_id", sa.String(), nullable=False),
        sa.Column("benchmark_id", sa.String(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("version_id"),
    )
    with op.batch_alter_table("benchmarkversion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_benchmarkversion_benchmark_id"), ["benchmark_id"], unique=False)

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
        sa.Column("decided_item", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("weighed", sa.String(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("case_id"),
    )
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_case_number"), ["case_number"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_identity_number"), ["identity_number"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_matter"), ["matter"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_decided_item"), ["decided_item"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_state"), ["state"], unique=False)

    op.create_table(
        "casepaper",
        sa.Column("paper_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("issue_time", sa.BigInteger(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("case_version", sa.BigInteger(), nullable=False),
        sa.Column("case_state", sa.Integer(), nullable=False),
        sa.Column("template_hash", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("ready", sa.Boolean(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("paper_id"),
    )
    with op.batch_alter_table("casepaper", schema=None) as batch_op:
        batch_op.create_index("casepaper_case", ["case_id", "serial"], unique=False)
        batch_op.create_index(batch_op.f("ix_casepaper_ready"), ["ready"], unique=False)

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
        sa.Column("record_time", sa.BigInteger(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("certificates", sa.JSON(), nullable=False),
        sa.Column("file", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("evidence_id"),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_case_id"), ["case_id"], unique=False)

    op.create_table(
        "measure",
        sa.Column("measure_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("case_number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("measure_id"),
    )
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measure_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_measure_state"), ["state"], unique=False)

    op.create_table(
        "number",
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series"),
    )
    op.create_table(
        "paperfile",
        sa.Column("paper_id", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("paper_id"),
    )
    op.create_table(
        "paperform",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("template_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("kind"),
    )
    op.create_table(
        "papertemplate",
        sa.Column("template_hash", sa.String(), nullable=False),
        sa.Column("files", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("template_hash"),
    )
    op.create_table(
        "paymentreference",
        sa.Column("bank_reference", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.Column("pay_time", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("bank_reference"),
    )
    with op.batch_alter_table("paymentreference", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paymentreference_pay_time"), ["pay_time"], unique=False)

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
        "referral",
        sa.Column("referral_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("case_number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("referral_id"),
    )
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_case_id"), ["case_id"], unique=False)

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
    op.create_table(
        "storedfile",
        sa.Column("file_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("destroyed", sa.Boolean(), nullable=False),
        sa.Column("store_time", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("file_id"),
    )
    with op.batch_alter_table("storedfile", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_storedfile_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_storedfile_sha256"), ["sha256"], unique=False)
