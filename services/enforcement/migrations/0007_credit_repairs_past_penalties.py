"""credit repairs, penalties of before."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "creditrepair",
        sa.Column("repair_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("case_number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("repair_id"),
    )
    with op.batch_alter_table("creditrepair", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_creditrepair_case_id"), ["case_id"], unique=False)

    op.create_table(
        "pastpenalty",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("identity_number", sa.String(), nullable=False),
        sa.Column("party_name", sa.String(), nullable=False),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("pastpenalty", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pastpenalty_identity_number"), ["identity_number"], unique=False)
        batch_op.create_index(batch_op.f("ix_pastpenalty_party_name"), ["party_name"], unique=False)
