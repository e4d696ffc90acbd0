"""What was registered in a case."""

from sqlalchemy import select
from yifa.enforcement.v1 import advance_registration_pb2 as pb

from services.enforcement.advance_registration.model import AdvanceRegistration
from services.enforcement.case.reads import record_of
from services.kit.rpc import read
from services.kit.view import View, packed


@read
def list_advance_registrations(request: pb.ListAdvanceRegistrationsRequest, view: View) -> bytes:
    """A pb.ListAdvanceRegistrationsResponse. Raises Missing."""
    record_of(view, request.case_id)
    its = select(AdvanceRegistration.record).where(AdvanceRegistration.case_id == request.case_id)  # type: ignore[arg-type]
    rows = view.rows(its.order_by(AdvanceRegistration.registration_id))  # type: ignore[arg-type]
    field = pb.ListAdvanceRegistrationsResponse.ADVANCE_REGISTRATIONS_FIELD_NUMBER
    return packed(field, [row.record for row in rows])
