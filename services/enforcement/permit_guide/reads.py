"""The guides of the permits of this department's bodies, one and many."""

from sqlalchemy import bindparam, select
from yifa.enforcement.v1 import permit_guide_pb2 as pb

from services.enforcement.permit_guide.act import act
from services.enforcement.permit_guide.model import PermitGuide
from services.kit.rpc import read
from services.kit.view import View, packed

GUIDE = select(PermitGuide.record).where(PermitGuide.guide_id == bindparam("wanted"))
NEWEST_FIRST = (PermitGuide.guide_id.desc(),)  # type: ignore[attr-defined]


@read
def get_permit_guide(request: pb.GetPermitGuideRequest, view: View) -> bytes:
    """A pb.GetPermitGuideResponse. Refuses with NOT_FOUND."""
    found = view.get(GUIDE, "PermitGuide", request.guide_id, wanted=request.guide_id)
    return packed(pb.GetPermitGuideResponse.PERMIT_GUIDE_FIELD_NUMBER, [found.record])


@read
def list_permit_guides(request: pb.ListPermitGuidesRequest, view: View) -> bytes:
    """A pb.ListPermitGuidesResponse. Refuses with BAD_PAGE_TOKEN."""
    statement = select(PermitGuide.guide_id, PermitGuide.record)  # type: ignore[call-overload]
    if request.state:
        statement = statement.where(PermitGuide.state == act.names[request.state])
    if request.item_id:
        statement = statement.where(PermitGuide.item_id == request.item_id)
    rows, token = view.page(statement, NEWEST_FIRST, request.page_size, request.page_token)
    found = packed(pb.ListPermitGuidesResponse.PERMIT_GUIDES_FIELD_NUMBER, [row.record for row in rows])
    return found + pb.ListPermitGuidesResponse(next_page_token=token).SerializeToString()
