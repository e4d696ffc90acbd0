"""What enterprises said of inspections, for oversight."""

from sqlalchemy import select
from yifa.supervision.v1 import inspection_pb2 as pb

from services.kit.rpc import read
from services.kit.view import View, packed
from services.supervision.inspection_voice.model import InspectionVoice

VOICES = InspectionVoice.__table__
NEWEST_FIRST = (VOICES.c.give_time.desc(), VOICES.c.voice_id.desc())


@read
def list_inspection_voices(request: pb.ListInspectionVoicesRequest, view: View) -> bytes:
    """A pb.ListInspectionVoicesResponse. Refuses with BAD_PAGE_TOKEN."""
    statement = select(VOICES)
    if request.node:
        statement = statement.where(VOICES.c.node == request.node)
    if request.only_complaints:
        statement = statement.where(VOICES.c.complaint)
    rows, token = view.page(statement, NEWEST_FIRST, request.page_size, request.page_token)
    found = packed(pb.ListInspectionVoicesResponse.VOICES_FIELD_NUMBER, [row.record for row in rows])
    return found + pb.ListInspectionVoicesResponse(next_page_token=token).SerializeToString()
