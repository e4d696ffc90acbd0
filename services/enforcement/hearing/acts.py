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


@act(PENALTY.APPOINT_HEARING_PANEL)
def appoint_hearing_panel(
    _request: pb.AppointHearingPanelRequest, case: cases.Case, do: Do
) -> events.HearingPanelAppointed:
    """Name who conducts, assists and minutes the hearing (APL 64(4)). A new panel takes the place of an earlier one."""
    case.hearing.CopyFrom(do.facts.hearing())
    return events.HearingPanelAppointed()


@act(PENALTY.NOTIFY_HEARING)
def notify_hearing(_request: pb.NotifyHearingRequest, case: cases.Case, do: Do) -> events.HearingNotified:
    """Record that the party was told when and where the hearing is held (APL 64(2)). Another day puts off an earlier one."""
    case.hearing.CopyFrom(do.facts.hearing())
    return events.HearingNotified()


@act(PENALTY.ANNOUNCE_HEARING)
def announce_hearing(
    _request: pb.AnnounceHearingRequest, case: cases.Case, do: Do
) -> events.HearingAnnounced:
    """Record that the public hearing was announced (APL 64(3))."""
    case.hearing.CopyFrom(do.facts.hearing())
    return events.HearingAnnounced()


@act(PENALTY.HOLD_HEARING)
def hold_hearing(request: pb.HoldHearingRequest, case: cases.Case, do: Do) -> events.HearingHeld:
    """Record the hearing with its minutes (APL 64). The host is the caller."""
    case.hearing.CopyFrom(do.facts.hearing())
    put_moment(case.defence.hearing_time, do.at)
    case.defence.hearing_host, case.defence.hearing_record = do.caller, request.record
    forget_recheck(case.defence)
    return events.HearingHeld()


@act(PENALTY.END_HEARING)
def end_hearing(_request: pb.EndHearingRequest, case: cases.Case, do: Do) -> events.HearingEnded:
    """Record that the party withdrew its request, stayed away or left, which counts as a waiver of the hearing (APL 64(6))."""
    case.hearing.CopyFrom(do.facts.hearing())
    return events.HearingEnded()


@act(PENALTY.REPORT_HEARING)
def report_hearing(_request: pb.ReportHearingRequest, case: cases.Case, do: Do) -> events.HearingReported:
    """Record the host's report of the hearing with the opinion (APL 65)."""
    case.hearing.CopyFrom(do.facts.hearing())
    return events.HearingReported()
