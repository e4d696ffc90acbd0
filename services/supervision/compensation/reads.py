"""The register of claims of compensation, for oversight."""

from typing import Any

from sqlalchemy import select
from yifa.supervision.v1 import compensation_pb2 as pb

from services.kit.refusal import Missing
from services.kit.rpc import read
from services.kit.view import View, packed
from services.supervision.compensation.model import Compensation
from services.supervision.counts import count

COMPENSATIONS = Compensation.__table__
NEWEST_FIRST = (COMPENSATIONS.c.register_time.desc(), COMPENSATIONS.c.compensation_id.desc())


@read
def get_compensation(request: pb.GetCompensationRequest, view: View) -> bytes:
    """A pb.GetCompensationResponse. Refuses with NOT_FOUND."""
    row = view.find(Compensation, request.compensation_id)
    if row is None:
        raise Missing("Compensation", request.compensation_id)
    return packed(pb.GetCompensationResponse.COMPENSATION_FIELD_NUMBER, [row.record])


@read
def list_compensations(request: pb.ListCompensationsRequest, view: View) -> bytes:
    """A pb.ListCompensationsResponse, the newest first. Refuses with BAD_PAGE_TOKEN."""
    wanted = matching(request)
    rows, token = view.page(
        select(COMPENSATIONS).where(*wanted), NEWEST_FIRST, request.page_size, request.page_token
    )
    listed = packed(pb.ListCompensationsResponse.COMPENSATIONS_FIELD_NUMBER, [row.record for row in rows])
    more = pb.ListCompensationsResponse(next_page_token=token, total=count(view, COMPENSATIONS, wanted))
    return listed + more.SerializeToString()


def matching(request: pb.ListCompensationsRequest) -> list[Any]:
    """The conditions of a list of claims."""
    state = pb.CompensationState.Name(request.state).removeprefix("COMPENSATION_STATE_")
    asked = (
        (request.state, COMPENSATIONS.c.state == state),
        (request.body_id, COMPENSATIONS.c.body_id == request.body_id),
        (request.case_id, COMPENSATIONS.c.case_id == request.case_id),
    )
    return [condition for said, condition in asked if said]
