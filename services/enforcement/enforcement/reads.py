"""The enforcements of a case by the agency itself."""

from sqlalchemy import select
from yifa.enforcement.v1 import enforcement_pb2 as pb

from services.enforcement.case.reads import record_of
from services.enforcement.enforcement.model import Enforcement
from services.kit.rpc import read
from services.kit.view import View, packed


@read
def list_enforcements(request: pb.ListEnforcementsRequest, view: View) -> bytes:
    """A pb.ListEnforcementsResponse."""
    record_of(view, request.case_id)
    its = select(Enforcement.record).where(Enforcement.case_id == request.case_id)
    rows = view.rows(its.order_by(Enforcement.enforcement_id))
    number = pb.ListEnforcementsResponse.ENFORCEMENTS_FIELD_NUMBER
    return packed(number, [row.record for row in rows])
