"""Disputes over jurisdiction, listed."""

from sqlalchemy import select
from yifa.supervision.v1 import dispute_pb2

from services.kit.rpc import read
from services.kit.view import View
from services.supervision.dispute.messages import dispute_message
from services.supervision.dispute.model import Dispute

DISPUTES = Dispute.__table__


@read
def list_disputes(request: dispute_pb2.ListDisputesRequest, view: View) -> dispute_pb2.ListDisputesResponse:
    """Disputes over jurisdiction, newest first. Refuses with BAD_PAGE_TOKEN."""
    found = select(DISPUTES)
    if request.state:
        state = dispute_pb2.DisputeState.Name(request.state).removeprefix("DISPUTE_STATE_")
        found = found.where(DISPUTES.c.state == state)
    keys = (DISPUTES.c.open_time.desc(), DISPUTES.c.dispute_id.desc())
    rows, token = view.page(found, keys, request.page_size, request.page_token)
    return dispute_pb2.ListDisputesResponse(
        disputes=[dispute_message(row) for row in rows], next_page_token=token
    )
