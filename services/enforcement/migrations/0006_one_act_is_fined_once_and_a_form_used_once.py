"""one act is fined once, and a form used once."""

import sqlalchemy as sa
from alembic import op
from yifa.enforcement.v1 import case_pb2 as cases

from services.enforcement.decision.model import form_key
from services.law.procedures.penalty.body import plain
from services.law.procedures.penalty.law_then import act_day

revision = "0006"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "spotform",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.add_column(sa.Column("party_name", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("act_day", sa.String(), nullable=False, server_default=""))
        batch_op.create_index("case_party_day", ["party_name", "act_day"], unique=False)
    fill()
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.alter_column("party_name", server_default=None)
        batch_op.alter_column("act_day", server_default=None)


def fill() -> None:
    """What cases and forms say that are there already; of two that bear one number the first has it."""
    table = sa.table(
        "case", sa.column("case_id"), sa.column("party_name"), sa.column("act_day"), sa.column("record")
    )
    forms = sa.table("spotform", sa.column("key"), sa.column("case_id"))
    bind, used = op.get_bind(), {}
    for case_id, record in bind.execute(sa.select(table.c.case_id, table.c.record)).all():
        case = cases.Case.FromString(record)
        day = act_day(case)
        values = {"party_name": plain(case.party.name), "act_day": day.isoformat() if day else ""}
        bind.execute(table.update().where(table.c.case_id == case_id).values(values))
        if case.procedure == cases.PROCEDURE_SUMMARY and case.decision.document_number:
            used.setdefault(form_key(case.body_id, case.decision.document_number), case_id)
    if used:
        bind.execute(forms.insert(), [{"key": key, "case_id": case_id} for key, case_id in used.items()])
