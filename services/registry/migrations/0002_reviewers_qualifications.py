"""reviewers' qualifications, prefixes of documents."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ADDED = ("legal_qualification", "reviewing_since", "reviewing_proof")


def upgrade() -> None:
    with op.batch_alter_table("qualification", schema=None) as batch_op:
        for name in ADDED:
            batch_op.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        batch_op.create_index("ix_qualification_legal_qualification", ["legal_qualification"], unique=False)
    with op.batch_alter_table("qualification", schema=None) as batch_op:
        for name in ADDED:
            batch_op.alter_column(name, server_default=None)
    with op.batch_alter_table("body", schema=None) as batch_op:
        batch_op.create_index("ix_body_document_prefix", ["document_prefix"], unique=False)
