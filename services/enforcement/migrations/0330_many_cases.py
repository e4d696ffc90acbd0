"""many cases: of a state and of an item the newest first, of a party what it was penalised for."""

from alembic import op

revision = "0330"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("case", schema=None) as batch_op:
        for left in ("state", "identity_number", "decided_item"):
            batch_op.drop_index(batch_op.f(f"ix_case_{left}"))
        batch_op.create_index("case_state", ["state", "case_id"], unique=False)
        batch_op.create_index("case_decided", ["decided_item", "case_id"], unique=False)
        batch_op.create_index(
            "case_party_decided", ["identity_number", "decided_item", "case_id"], unique=False
        )
