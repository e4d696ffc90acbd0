"""legal advisers and public lawyers, as the city's registry announced them."""

import sqlalchemy as sa
from alembic import op

revision = "0835"
down_revision = "0825"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "legaladviser",
        sa.Column("adviser_id", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("adviser_id"),
    )
