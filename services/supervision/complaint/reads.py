"""Complaints about enforcement, for oversight; and one, for who complained."""

from typing import Any

from sqlalchemy import select
from yifa.supervision.v1 import complaint_pb2 as pb

from services.kit.refusal import Missing
from services.kit.rpc import read
from services.kit.view import View, packed
from services.supervision.complaint.facts import by_receipt
from services.supervision.complaint.messages import shown
from services.supervision.complaint.model import Complaint
from services.supervision.counts import count

COMPLAINTS = Complaint.__table__
NEWEST_FIRST = (COMPLAINTS.c.receive_time.desc(), COMPLAINTS.c.complaint_id.desc())
MOST_LIKE = 50


@read
def get_complaint(request: pb.GetComplaintRequest, view: View) -> bytes:
    """A pb.GetComplaintResponse. Refuses with NOT_FOUND."""
    row = view.find(Complaint, request.complaint_id)
    if row is None:
        raise Missing("Complaint", request.complaint_id)
    like = []
    if row.act_key:
        same = select(COMPLAINTS).where(COMPLAINTS.c.act_key == row.act_key)
        others = same.where(COMPLAINTS.c.complaint_id != row.complaint_id)
        like = view.rows(others.order_by(*NEWEST_FIRST).limit(MOST_LIKE))
    answer = pb.GetComplaintResponse
    return packed(answer.COMPLAINT_FIELD_NUMBER, [row.record]) + packed(
        answer.SAME_ACT_FIELD_NUMBER, [other.record for other in like]
    )


@read
def list_complaints(request: pb.ListComplaintsRequest, view: View) -> bytes:
    """A pb.ListComplaintsResponse, the newest first. Refuses with BAD_PAGE_TOKEN."""
    wanted = matching(request)
    found = select(COMPLAINTS).where(*wanted)
    rows, token = view.page(found, NEWEST_FIRST, request.page_size, request.page_token)
    listed = packed(pb.ListComplaintsResponse.COMPLAINTS_FIELD_NUMBER, [row.record for row in rows])
    more = pb.ListComplaintsResponse(next_page_token=token, total=count(view, COMPLAINTS, wanted))
    return listed + more.SerializeToString()


def matching(request: pb.ListComplaintsRequest) -> list[Any]:
    """The conditions of a list of complaints."""
    state = pb.ComplaintState.Name(request.state).removeprefix("COMPLAINT_STATE_")
    asked = (
        (request.state, COMPLAINTS.c.state == state),
        (request.source, COMPLAINTS.c.source == request.source),
        (request.body_id, COMPLAINTS.c.body_id == request.body_id),
    )
    return [condition for said, condition in asked if said]


@read
def check_complaint(request: pb.CheckComplaintRequest, view: View) -> pb.CheckComplaintResponse:
    """How a complaint stands, for who shows its receipt: another is answered as if there were none. Refuses with NOT_FOUND."""
    row = view.find(Complaint, request.complaint_id)
    complaint = pb.Complaint.FromString(row.record) if row is not None else pb.Complaint()
    if not by_receipt(complaint, request.receipt):
        raise Missing("Complaint", request.complaint_id)
    return pb.CheckComplaintResponse(shown=shown(complaint))
