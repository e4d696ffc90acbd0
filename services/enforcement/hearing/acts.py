"""The hearing: asked for, and held (APL 63, 64)."""

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import hearing_pb2 as pb

from services.enforcement.case.act import act
from services.enforcement.defence.acts import forget_recheck
from services.kit.act import Do
from services.law.moment import put_moment
from services.law.procedures.penalty import PENALTY


@act(PENALTY.REQUEST_HEARING)
def request_hearing(_request: pb.RequestHearingRequest, case: cases.Case, do: Do) -> events.HearingRequested:
    """Record that the party asks for a hearing (APL 64(1))."""
    put_moment(case.defence.hearing_request_time, do.at)
    return events.HearingRequested()


@act(PENALTY.HOLD_HEARING)
def hold_hearing(request: pb.HoldHearingRequest, case: cases.Case, do: Do) -> events.HearingHeld:
    """Record the hearing with its record (APL 64). The host is the caller."""
    put_moment(case.defence.hearing_time, do.at)
    case.defence.hearing_host, case.defence.hearing_record = do.caller, request.record
    forget_recheck(case.defence)
    return events.HearingHeld()
