"""The facts of a meeting: the record with what the act hands in, and what the city knows of its units."""

from datetime import datetime
from typing import Any

from yifa.supervision.v1 import legal_meeting_pb2 as pb

from services.law.calendar import SHANGHAI
from services.law.moment import moment_at
from services.law.procedure import whole
from services.law.procedures.legal_meeting import INTERVAL, Attended, LegalMeetingFacts, LegalMeetingRecord
from services.law.process import Move
from services.law.rule import fact
from services.supervision.body.model import Body


def record_of(meeting: pb.LegalMeeting, request: Any) -> LegalMeetingRecord:
    held = isinstance(request, pb.HoldLegalMeetingRequest)
    said = request if held else meeting
    handed_in = (
        request if isinstance(request, pb.RecordLegalMeetingRequest) else pb.RecordLegalMeetingRequest()
    )
    put_off = isinstance(request, pb.PostponeLegalMeetingRequest)
    return LegalMeetingRecord(
        set_time=moment_at(request if put_off else meeting, "set_time"),
        place=meeting.place,
        agenda=meeting.agenda,
        units=tuple(unit.body_id for unit in meeting.units),
        plan_time=moment_at(meeting, "plan_time"),
        hold_time=moment_at(said, "hold_time"),
        chair=said.chair,
        attended=tuple(Attended(each.body_id, each.person, each.excuse) for each in said.attendances),
        minutes=handed_in.minutes,
        document=handed_in.document_number,
        next_time=moment_at(handed_in, "next_time"),
        reasons=str(getattr(request, "reasons", "")),
    )


@whole
class Met(LegalMeetingFacts):
    """The facts of an act that is done. `look` is a transaction or a view."""

    def __init__(self, meeting: pb.LegalMeeting, look: Any, _move: Move, request: Any = None) -> None:
        self.meeting, self.look, self.now = meeting, look, look.now
        self.record = record_of(meeting, request)

    def at(self) -> datetime:
        return self.look.now  # type: ignore[no-any-return]

    @fact
    def unknown_units(self) -> tuple[str, ...]:
        bodies = ((each, self.look.find(Body, each)) for each in self.record.units)
        return tuple(
            each for each, body in bodies if body is None or not body.confirmed or body.from_time is None
        )

    def interval(self) -> int:
        day = self.now.astimezone(SHANGHAI).date()
        return int(self.look.parameters.value(INTERVAL, day).value)
