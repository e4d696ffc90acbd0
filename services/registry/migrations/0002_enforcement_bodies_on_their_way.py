"""enforcement bodies on their way: announced, changed, succeeded."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bodychange",
        sa.Column("change_id", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("change_id"),
    )
    with op.batch_alter_table("bodychange", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bodychange_body_id"), ["body_id"], unique=False)

    with op.batch_alter_table("body", schema=None) as batch_op:
        batch_op.add_column(sa.Column("publish_time", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("detail", sa.LargeBinary(), nullable=True))
        batch_op.alter_column("confirm_time", existing_type=sa.BigInteger(), nullable=True)

    # Up to here a body was confirmed and announced in one.
    plain = [sa.column(name) for name in ("state", "publish_time", "confirm_time")]
    body = sa.table("body", *plain, sa.column("detail", sa.LargeBinary()))
    op.execute(body.update().values(detail=b"", publish_time=body.c.confirm_time))
    op.execute(body.update().where(body.c.state == "CONFIRMED").values(state="PUBLISHED"))
    with op.batch_alter_table("body", schema=None) as batch_op:
        batch_op.alter_column("detail", existing_type=sa.LargeBinary(), nullable=False)
