"""Inspections, one and many, and what may be done with one now."""

from sqlalchemy import bindparam, select
from yifa.enforcement.v1 import inspection_pb2 as pb

from services.enforcement.case.reads import open_act
from services.enforcement.inspection.act import act
from services.enforcement.inspection.model import Inspection
from services.kit.rpc import read
from services.kit.view import View, packed
from services.law.identity import spelt

INSPECTION = select(Inspection.record).where(Inspection.inspection_id == bindparam("wanted"))
NEWEST_FIRST = (Inspection.inspection_id.desc(),)


@read
def get_inspection(request: pb.GetInspectionRequest, view: View) -> bytes:
    """A pb.GetInspectionResponse. Refuses with NOT_FOUND."""
    return packed(pb.GetInspectionResponse.INSPECTION_FIELD_NUMBER, [record_of(view, request.inspection_id)])


@read
def list_inspections(request: pb.ListInspectionsRequest, view: View) -> bytes:
    """A pb.ListInspectionsResponse. Refuses with BAD_PAGE_TOKEN."""
    statement = select(Inspection.inspection_id, Inspection.record)
    if request.state:
        statement = statement.where(Inspection.state == act.names[request.state])
    if request.credit_code:
        statement = statement.where(Inspection.credit_code == spelt(request.credit_code))
    rows, token = view.page(statement, NEWEST_FIRST, request.page_size, request.page_token)
    found = packed(pb.ListInspectionsResponse.INSPECTIONS_FIELD_NUMBER, [row.record for row in rows])
    return found + pb.ListInspectionsResponse(next_page_token=token).SerializeToString()


@read
def list_inspection_acts(request: pb.ListInspectionActsRequest, view: View) -> pb.ListInspectionActsResponse:
    """What may be done with the inspection now, what stands against every other act, and what depends on the request. Refuses
    with NOT_FOUND.
    """
    record = pb.Inspection.FromString(record_of(view, request.inspection_id))
    shown = (open_act(standing, view, record.sector) for standing in act.open_acts(view, record))
    return pb.ListInspectionActsResponse(acts=shown)


def record_of(view: View, inspection_id: str) -> bytes:
    """An inspection as it is stored. Raises Missing."""
    record: bytes = view.get(INSPECTION, "Inspection", inspection_id, wanted=inspection_id).record
    return record
