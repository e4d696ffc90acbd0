"""The register of reconsiderations, for oversight."""

from typing import Any

from sqlalchemy import select
from yifa.supervision.v1 import reconsideration_pb2 as pb

from services.kit.refusal import Missing
from services.kit.rpc import read
from services.kit.view import View, packed
from services.supervision.counts import count
from services.supervision.reconsideration.model import Reconsideration

RECONSIDERATIONS = Reconsideration.__table__
NEWEST_FIRST = (RECONSIDERATIONS.c.register_time.desc(), RECONSIDERATIONS.c.reconsideration_id.desc())


@read
def get_reconsideration(request: pb.GetReconsiderationRequest, view: View) -> bytes:
    """A pb.GetReconsiderationResponse. Refuses with NOT_FOUND."""
    row = view.find(Reconsideration, request.reconsideration_id)
    if row is None:
        raise Missing("Reconsideration", request.reconsideration_id)
    return packed(pb.GetReconsiderationResponse.RECONSIDERATION_FIELD_NUMBER, [row.record])


@read
def list_reconsiderations(request: pb.ListReconsiderationsRequest, view: View) -> bytes:
    """A pb.ListReconsiderationsResponse, the newest first. Refuses with BAD_PAGE_TOKEN."""
    wanted = matching(request)
    rows, token = view.page(
        select(RECONSIDERATIONS).where(*wanted), NEWEST_FIRST, request.page_size, request.page_token
    )
    listed = packed(
        pb.ListReconsiderationsResponse.RECONSIDERATIONS_FIELD_NUMBER, [row.record for row in rows]
    )
    more = pb.ListReconsiderationsResponse(next_page_token=token, total=count(view, RECONSIDERATIONS, wanted))
    return listed + more.SerializeToString()


def matching(request: pb.ListReconsiderationsRequest) -> list[Any]:
    """The conditions of a list of reconsiderations."""
    state = pb.ReconsiderationState.Name(request.state).removeprefix("RECONSIDERATION_STATE_")
    asked = (
        (request.state, RECONSIDERATIONS.c.state == state),
        (request.body_id, RECONSIDERATIONS.c.body_id == request.body_id),
        (request.case_id, RECONSIDERATIONS.c.case_id == request.case_id),
    )
    return [condition for said, condition in asked if said]
