"""what is public of permits and of what was enforced, beside penalties."""

import sqlalchemy as sa
from alembic import op

revision = "0825"
down_revision = "0820"
branch_labels = None
depends_on = None

PENALTY = 1  # yifa.enforcement.v1.PUBLIC_KIND_PENALTY


def upgrade() -> None:
    with op.batch_alter_table("published") as table:
        table.add_column(sa.Column("kind", sa.Integer(), nullable=False, server_default=str(PENALTY)))
        table.add_column(sa.Column("record_id", sa.String(), nullable=False, server_default=""))
        table.create_index("published_kind", ["kind", "publication_id"])
        table.create_index("ix_published_record_id", ["record_id"])


def downgrade() -> None:
    with op.batch_alter_table("published") as table:
        table.drop_index("ix_published_record_id")
        table.drop_index("published_kind")
        table.drop_column("record_id")
        table.drop_column("kind")
