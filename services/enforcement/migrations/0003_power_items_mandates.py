"""power items, mandates."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "poweritem",
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("basis_ids", sa.JSON(), nullable=False),
        sa.Column("predecessor_id", sa.String(), nullable=False),
        sa.Column("from_time", sa.BigInteger(), nullable=True),
        sa.Column("until_time", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("item_id"),
    )
    with op.batch_alter_table("poweritem", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poweritem_body_id"), ["body_id"], unique=False)

    with op.batch_alter_table("body", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("from_time", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("until_time", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("listed", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("mandator_id", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("mandator_name", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("mandate_items", sa.JSON(), nullable=False, server_default=sa.text("'[]'"))
        )
        batch_op.add_column(sa.Column("mandate_from", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("mandate_until", sa.BigInteger(), nullable=True))
