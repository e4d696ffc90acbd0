"""normative documents."""

import sqlalchemy as sa
from alembic import op

revision = "0140"
down_revision = "0130"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "documentcleanup",
        sa.Column("cleanup_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("open_time", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("cleanup_id"),
    )
    with op.batch_alter_table("documentcleanup", schema=None) as batch_op:
        batch_op.create_index("documentcleanup_open", ["open_time", "cleanup_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_documentcleanup_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_documentcleanup_node"), ["node"], unique=False)

    op.create_table(
        "documentfiling",
        sa.Column("filing_id", sa.String(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("expect_time", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("filing_id"),
    )
    with op.batch_alter_table("documentfiling", schema=None) as batch_op:
        batch_op.create_index("documentfiling_expect", ["expect_time", "filing_id"], unique=False)
        batch_op.create_index("documentfiling_node", ["node", "expect_time", "filing_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_documentfiling_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_documentfiling_state"), ["state"], unique=False)

    op.create_table(
        "documentrequest",
        sa.Column("document_request_id", sa.String(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("receive_time", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("document_request_id"),
    )
    with op.batch_alter_table("documentrequest", schema=None) as batch_op:
        batch_op.create_index(
            "documentrequest_receive", ["receive_time", "document_request_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_documentrequest_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_documentrequest_state"), ["state"], unique=False)

    op.create_table(
        "draftcomment",
        sa.Column("comment_id", sa.String(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("comment_time", sa.BigInteger(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("comment_id"),
    )
    with op.batch_alter_table("draftcomment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draftcomment_document_id"), ["document_id"], unique=False)

    op.create_table(
        "normativedocument",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("standing", sa.Integer(), nullable=False),
        sa.Column("plan_time", sa.BigInteger(), nullable=False),
        sa.Column("publish_time", sa.BigInteger(), nullable=True),
        sa.Column("turn_time", sa.BigInteger(), nullable=True),
        sa.Column("listed", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("document_id"),
    )
    with op.batch_alter_table("normativedocument", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_normativedocument_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_normativedocument_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_normativedocument_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_normativedocument_turn_time"), ["turn_time"], unique=False)
        batch_op.create_index("normativedocument_node", ["node", "plan_time", "document_id"], unique=False)
        batch_op.create_index("normativedocument_plan", ["plan_time", "document_id"], unique=False)
        batch_op.create_index(
            "normativedocument_standing", ["standing", "publish_time", "document_id"], unique=False
        )
