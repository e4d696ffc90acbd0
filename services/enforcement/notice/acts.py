"""The prior notice of the proposed penalty (APL 44, 63)."""

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import notice_pb2 as pb

from services.enforcement.case.act import act, window_end
from services.enforcement.paper.number import next_number
from services.kit.act import Do
from services.law.moment import put_moment
from services.law.procedures.penalty import PENALTY


@act(PENALTY.SERVE_PRIOR_NOTICE)
def serve_prior_notice(
    request: pb.ServePriorNoticeRequest, case: cases.Case, do: Do
) -> events.PriorNoticeServed:
    """Record that the notice of the proposed penalty reached the party (APL 44, 63). A new one replaces it."""
    # What the party said to an earlier notice, or waived, is no answer to this one; the journal keeps it.
    case.ClearField("defence")
    notice = case.notice
    notice.document_number = next_number(do.tx, case.body_id, "prior_notice", do.at)
    notice.penalty.CopyFrom(case.proposal)
    notice.facts, notice.reasons, notice.basis = request.facts, request.reasons, request.basis
    notice.hearing_right_told = request.hearing_right_told
    put_moment(notice.serve_time, do.at)
    put_moment(notice.window_end, window_end(do.tx, do.at, case.sector))
    return events.PriorNoticeServed()
