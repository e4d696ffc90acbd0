"""Applications for permits, one and many, and what may be done with one now."""

from sqlalchemy import bindparam, select
from yifa.enforcement.v1 import permit_pb2 as pb

from services.enforcement.case.reads import open_act
from services.enforcement.permit.act import act
from services.enforcement.permit.model import Permit
from services.kit.rpc import read
from services.kit.view import View, packed

PERMIT = select(Permit.record).where(Permit.permit_id == bindparam("wanted"))
NEWEST_FIRST = (Permit.permit_id.desc(),)  # type: ignore[attr-defined]


@read
def get_permit(request: pb.GetPermitRequest, view: View) -> bytes:
    """A pb.GetPermitResponse. Refuses with NOT_FOUND."""
    return packed(pb.GetPermitResponse.PERMIT_FIELD_NUMBER, [record_of(view, request.permit_id)])


@read
def list_permits(request: pb.ListPermitsRequest, view: View) -> bytes:
    """A pb.ListPermitsResponse. Refuses with BAD_PAGE_TOKEN."""
    statement = select(Permit.permit_id, Permit.record)  # type: ignore[call-overload]
    if request.state:
        statement = statement.where(Permit.state == act.names[request.state])
    if request.guide_id:
        statement = statement.where(Permit.guide_id == request.guide_id)
    rows, token = view.page(statement, NEWEST_FIRST, request.page_size, request.page_token)
    found = packed(pb.ListPermitsResponse.PERMITS_FIELD_NUMBER, [row.record for row in rows])
    return found + pb.ListPermitsResponse(next_page_token=token).SerializeToString()


@read
def list_permit_acts(request: pb.ListPermitActsRequest, view: View) -> pb.ListPermitActsResponse:
    """What may be done with an application now, what stands against every other act, and what depends on the request. Refuses
    with NOT_FOUND.
    """
    record = pb.Permit.FromString(record_of(view, request.permit_id))
    shown = (open_act(standing, view, record.sector) for standing in act.open_acts(view, record))
    return pb.ListPermitActsResponse(acts=shown)


def record_of(view: View, permit_id: str) -> bytes:
    """A permit as it is stored. Raises Missing."""
    record: bytes = view.get(PERMIT, "Permit", permit_id, wanted=permit_id).record
    return record
