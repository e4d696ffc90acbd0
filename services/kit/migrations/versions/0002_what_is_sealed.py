"""what is sealed, and who may unseal it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sealed",
        sa.Column("seal_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seal_id"),
    )
    op.create_table(
        "sealed_key",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("seal_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("sealed_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sealed_key_person"), ["person"], unique=False)
        batch_op.create_index(batch_op.f("ix_sealed_key_seal_id"), ["seal_id"], unique=False)
    op.create_table(
        "unsealer",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("named_by", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person"),
    )
