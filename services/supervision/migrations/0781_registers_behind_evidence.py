"""monitoring devices and institutions that take samples, as the departments keep them."""

import sqlalchemy as sa
from alembic import op

revision = "0781"
down_revision = "0760"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "registeredsource",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_registeredsource_number", "registeredsource", ["number"])


def downgrade() -> None:
    op.drop_table("registeredsource")
