"""papers of any record."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("casepaper", sa.Column("record_id", sa.String(), nullable=True))
    op.execute("UPDATE casepaper SET record_id = case_id")
    with op.batch_alter_table("casepaper", schema=None) as batch_op:
        batch_op.alter_column("record_id", existing_type=sa.String(), nullable=False)
        batch_op.create_index("casepaper_record", ["record_id", "serial"], unique=False)
