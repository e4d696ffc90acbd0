"""The mediations of this department, one and many."""

from sqlalchemy import bindparam, select
from yifa.enforcement.v1 import mediation_pb2 as pb

from services.enforcement.mediation.act import act
from services.enforcement.mediation.model import Mediation
from services.kit.rpc import read
from services.kit.view import View, packed

MEDIATION = select(Mediation.record).where(Mediation.mediation_id == bindparam("wanted"))
NEWEST_FIRST = (Mediation.mediation_id.desc(),)  # type: ignore[attr-defined]


@read
def get_mediation(request: pb.GetMediationRequest, view: View) -> bytes:
    """A pb.GetMediationResponse. Refuses with NOT_FOUND."""
    found = view.get(MEDIATION, "Mediation", request.mediation_id, wanted=request.mediation_id)
    return packed(pb.GetMediationResponse.MEDIATION_FIELD_NUMBER, [found.record])


@read
def list_mediations(request: pb.ListMediationsRequest, view: View) -> bytes:
    """A pb.ListMediationsResponse. Refuses with BAD_PAGE_TOKEN."""
    statement = select(Mediation.mediation_id, Mediation.record)  # type: ignore[call-overload]
    if request.state:
        statement = statement.where(Mediation.state == act.names[request.state])
    if request.only_group:
        statement = statement.where(Mediation.collective)
    rows, token = view.page(statement, NEWEST_FIRST, request.page_size, request.page_token)
    found = packed(pb.ListMediationsResponse.MEDIATIONS_FIELD_NUMBER, [row.record for row in rows])
    return found + pb.ListMediationsResponse(next_page_token=token).SerializeToString()
