"""A body's list of those it inspects."""

from sqlalchemy import bindparam, select
from yifa.enforcement.v1 import inspection_object_pb2 as pb

from services.enforcement.inspection_object.model import InspectionObject
from services.kit.rpc import read
from services.kit.view import View, packed

OF_BODY = select(InspectionObject.object_id, InspectionObject.record).where(
    InspectionObject.body_id == bindparam("wanted_body")
)
KEYS = (InspectionObject.object_id,)


@read
def list_inspection_objects(request: pb.ListInspectionObjectsRequest, view: View) -> bytes:
    """A pb.ListInspectionObjectsResponse, by credit code. Refuses with BAD_PAGE_TOKEN."""
    rows, token = view.page(OF_BODY, KEYS, request.page_size, request.page_token, wanted_body=request.body_id)
    number = pb.ListInspectionObjectsResponse.INSPECTION_OBJECTS_FIELD_NUMBER
    more = pb.ListInspectionObjectsResponse(next_page_token=token).SerializeToString()
    return packed(number, [row.record for row in rows]) + more
