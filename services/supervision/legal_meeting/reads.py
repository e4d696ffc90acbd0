"""The regular meetings, the last set first."""

from typing import Any

from sqlalchemy import select
from yifa.supervision.v1 import legal_meeting_pb2 as pb

from services.kit.refusal import Missing
from services.kit.rpc import read
from services.kit.view import View
from services.law.procedures.legal_meeting import TABLE
from services.supervision.counts import count
from services.supervision.legal_meeting.model import LegalMeeting

MEETINGS: Any = LegalMeeting.__table__  # type: ignore[attr-defined]
LAST_FIRST = (MEETINGS.c.set_time.desc(), MEETINGS.c.meeting_id.desc())


@read
def get_legal_meeting(request: pb.GetLegalMeetingRequest, view: View) -> pb.GetLegalMeetingResponse:
    """A meeting, and the methods that its state leaves open. Raises Missing."""
    row = view.one(
        select(MEETINGS.c.record, MEETINGS.c.state).where(MEETINGS.c.meeting_id == request.meeting_id)
    )
    if row is None:
        raise Missing("LegalMeeting", request.meeting_id)
    answer = pb.GetLegalMeetingResponse(open_acts=[m.method for m in TABLE.open(row.state)])
    answer.legal_meeting.ParseFromString(row.record)
    return answer


@read
def list_legal_meetings(request: pb.ListLegalMeetingsRequest, view: View) -> pb.ListLegalMeetingsResponse:
    """Meetings, the last set first. Refuses with BAD_PAGE_TOKEN."""
    state = pb.LegalMeetingState.Name(request.state).removeprefix("LEGAL_MEETING_STATE_")
    wanted = [MEETINGS.c.state == state] if request.state else []
    found = select(MEETINGS.c.record, MEETINGS.c.set_time, MEETINGS.c.meeting_id).where(*wanted)
    rows, token = view.page(found, LAST_FIRST, request.page_size, request.page_token)
    listed = pb.ListLegalMeetingsResponse(next_page_token=token, total=count(view, MEETINGS, wanted))
    for row in rows:
        listed.legal_meetings.add().ParseFromString(row.record)
    return listed
