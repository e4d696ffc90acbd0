"""Matters of accountability, for oversight."""

from typing import Any

from sqlalchemy import select
from yifa.supervision.v1 import accountability_pb2 as pb

from services.kit.refusal import Missing
from services.kit.rpc import read
from services.kit.view import View, packed
from services.supervision.accountability.model import Accountability
from services.supervision.counts import count

MATTERS = Accountability.__table__
NEWEST_FIRST = (MATTERS.c.register_time.desc(), MATTERS.c.accountability_id.desc())


@read
def get_accountability(request: pb.GetAccountabilityRequest, view: View) -> bytes:
    """A pb.GetAccountabilityResponse. Refuses with NOT_FOUND."""
    row = view.find(Accountability, request.accountability_id)
    if row is None:
        raise Missing("Accountability", request.accountability_id)
    return packed(pb.GetAccountabilityResponse.ACCOUNTABILITY_FIELD_NUMBER, [row.record])


@read
def list_accountabilities(request: pb.ListAccountabilitiesRequest, view: View) -> bytes:
    """A pb.ListAccountabilitiesResponse, the newest first. Refuses with BAD_PAGE_TOKEN."""
    wanted = matching(request)
    found = select(MATTERS).where(*wanted)
    rows, token = view.page(found, NEWEST_FIRST, request.page_size, request.page_token)
    field = pb.ListAccountabilitiesResponse.ACCOUNTABILITIES_FIELD_NUMBER
    listed = packed(field, [row.record for row in rows])
    more = pb.ListAccountabilitiesResponse(next_page_token=token, total=count(view, MATTERS, wanted))
    return listed + more.SerializeToString()


def matching(request: pb.ListAccountabilitiesRequest) -> list[Any]:
    """The conditions of a list of matters."""
    state = pb.AccountabilityState.Name(request.state).removeprefix("ACCOUNTABILITY_STATE_")
    asked = (
        (request.state, MATTERS.c.state == state),
        (request.body_id, MATTERS.c.body_id == request.body_id),
        (request.officer_id, MATTERS.c.officer_id == request.officer_id),
    )
    return [condition for said, condition in asked if said]
