"""the files of parties; what was on record before is filed."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op
from yifa.enforcement.v1.case_pb2 import Case
from yifa.enforcement.v1.inspection_pb2 import Inspection
from yifa.enforcement.v1.permit_pb2 import Permit
from yifa.enforcement.v1.visit_pb2 import Visit

from services.kit.ids import new_id
from services.kit.party_file.catching_up import file_all, tables
from services.law.party_file import Filed, of_case, of_inspection, of_past_penalty, of_permit, of_visit

revision = "0826"
down_revision = "0825"
branch_labels = None
depends_on = None


def upgrade() -> None:
    made = tables(op, "party", "partyvolume")
    connection = op.get_bind()
    file_all(connection, made, _records(connection), lambda _key: new_id("PY-"))


def _records(connection: Any) -> Iterator[Filed]:
    def rows(statement: str) -> Any:
        return connection.execute(sa.text(statement)).yield_per(1000)

    for number, record in rows('select identity_number, record from "case"'):
        yield of_case(Case.FromString(record), number)
    for (record,) in rows("select record from inspection"):
        yield of_inspection(Inspection.FromString(record))
    for (record,) in rows("select record from visit"):
        yield of_visit(Visit.FromString(record))
    for number, record in rows("select identity_number, record from permit"):
        yield of_permit(Permit.FromString(record), number)
    for key, number, name, entries in rows(
        "select key, identity_number, party_name, entries from pastpenalty"
    ):
        said = dict(json.loads(entries) if isinstance(entries, str) else entries)
        yield of_past_penalty(key, number, name, said.get("CF_JDRQ", ""))


def downgrade() -> None:
    op.drop_table("partyvolume")
    op.drop_table("party")
