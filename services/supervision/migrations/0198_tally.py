"""what the cases of each department come to, and the lists of cases in a state."""

import sqlalchemy as sa
from alembic import op

revision = "0198"
down_revision = "0196"
branch_labels = None
depends_on = None

COUNTED = {
    "cases": "count(*)",
    "ended": "coalesce(sum(case when state in (2, 16, 17, 18) then 1 else 0 end), 0)",
    "fines": "coalesce(sum(fine), 0)",
    "late_entries": "coalesce(sum(late_entries), 0)",
    "corrections": "coalesce(sum(corrections), 0)",
}


def upgrade() -> None:
    with op.batch_alter_table("source", schema=None) as batch_op:
        for name in COUNTED:
            kind = sa.BigInteger() if name == "fines" else sa.Integer()
            batch_op.add_column(sa.Column(name, kind, nullable=False, server_default="0"))
    for name, counted in COUNTED.items():
        # names of this file's own
        op.execute(
            f"update source set {name} = (select {counted} from caseview where caseview.node = source.node)"  # noqa: S608
        )
    with op.batch_alter_table("source", schema=None) as batch_op:
        for name in COUNTED:
            batch_op.alter_column(name, server_default=None)
    op.create_index("case_view_state", "caseview", ["state", "update_time", "case_id"])
    op.create_index("case_view_node_state", "caseview", ["node", "state", "update_time", "case_id"])
