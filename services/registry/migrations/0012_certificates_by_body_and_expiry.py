"""certificates by body and expiry."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_expire_time"), ["expire_time"], unique=False)
