"""The enforcements of a case by the court."""

from sqlalchemy import select
from yifa.enforcement.v1 import court_enforcement_pb2 as pb

from services.enforcement.case.reads import record_of
from services.enforcement.court_enforcement.model import CourtEnforcement
from services.kit.rpc import read
from services.kit.view import View, packed


@read
def list_court_enforcements(request: pb.ListCourtEnforcementsRequest, view: View) -> bytes:
    """A pb.ListCourtEnforcementsResponse."""
    record_of(view, request.case_id)
    its = select(CourtEnforcement.record).where(CourtEnforcement.case_id == request.case_id)
    rows = view.rows(its.order_by(CourtEnforcement.enforcement_id))
    number = pb.ListCourtEnforcementsResponse.COURT_ENFORCEMENTS_FIELD_NUMBER
    return packed(number, [row.record for row in rows])
