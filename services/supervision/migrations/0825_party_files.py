"""the files of parties over all departments; what was told before is filed."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op
from yifa.enforcement.v1.case_pb2 import Case
from yifa.enforcement.v1.inspection_pb2 import Inspection
from yifa.enforcement.v1.permit_pb2 import Permit
from yifa.enforcement.v1.visit_pb2 import Visit

from services.kit.party_file.catching_up import file_all, tables
from services.law.party_file import Filed, of_case, of_inspection, of_permit, of_visit
from services.supervision.party_file.model import party_id

revision = "0825"
down_revision = "0802"
branch_labels = None
depends_on = None


def upgrade() -> None:
    made = tables(op, "partyview", "partyvolumeview")
    connection = op.get_bind()
    file_all(connection, made, _records(connection), party_id)


def _records(connection: Any) -> Iterator[Filed]:
    def records(table: str) -> Any:
        found = connection.execute(sa.text(f"select record from {table}")).yield_per(1000)  # noqa: S608
        return (row.record for row in found if row.record)

    for record in records("caseview"):
        yield of_case(Case.FromString(record))
    for record in records("inspectionview"):
        yield of_inspection(Inspection.FromString(record))
    for record in records("visitview"):
        yield of_visit(Visit.FromString(record))
    for record in records("permitview"):
        yield of_permit(Permit.FromString(record))


def downgrade() -> None:
    op.drop_table("partyvolumeview")
    op.drop_table("partyview")
