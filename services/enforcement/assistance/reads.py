"""The requests for help that a department made or was asked."""

from sqlalchemy import bindparam, select
from yifa.enforcement.v1 import assistance_pb2 as pb

from services.enforcement.assistance.act import act
from services.enforcement.assistance.model import Assistance
from services.kit.rpc import read
from services.kit.view import View, packed

NEWEST_FIRST = (Assistance.assistance_id.desc(),)  # type: ignore[attr-defined]


@read
def list_assistance(request: pb.ListAssistanceRequest, view: View) -> bytes:
    """A pb.ListAssistanceResponse. Refuses with BAD_PAGE_TOKEN."""
    found = select(Assistance.assistance_id, Assistance.record)  # type: ignore[call-overload]
    if request.case_id:
        found = found.where(Assistance.case_id == bindparam("wanted_case"))
    if request.state:
        found = found.where(Assistance.state == bindparam("wanted_state"))
    wanted = {"wanted_case": request.case_id, "wanted_state": act.names[request.state]}
    rows, token = view.page(found, NEWEST_FIRST, request.page_size, request.page_token, **wanted)
    listed = packed(pb.ListAssistanceResponse.ASSISTANCE_FIELD_NUMBER, [row.record for row in rows])
    return listed + pb.ListAssistanceResponse(next_page_token=token).SerializeToString()
