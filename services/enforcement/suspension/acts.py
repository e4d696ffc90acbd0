"""An inquiry is suspended and resumed, and its term stands still and runs on with it (SAMR 46; MOHURD 30; ENV 35)."""

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import suspension_pb2 as pb

from services.enforcement.case.act import act
from services.enforcement.deadline.standstill import REFERRAL_TIME, SUSPENSION_TIME, go_on, stand_still
from services.enforcement.referral.model import newest_referral
from services.kit.act import Do
from services.law.moment import put_moment
from services.law.procedures.penalty import PENALTY
from services.law.procedures.referral.recorded import SENT, state_of


@act(PENALTY.SUSPEND_INQUIRY)
def suspend_inquiry(_request: pb.SuspendInquiryRequest, case: cases.Case, do: Do) -> events.InquirySuspended:
    """Let the inquiry stand still. The caller approves it."""
    suspension = case.suspensions.add()
    suspension.CopyFrom(do.facts.suspension())
    suspension.approver = do.caller
    put_moment(suspension.suspend_time, do.now)
    do.then = lambda: stand_still(do.tx, case.case_id, suspension.cause, SUSPENSION_TIME)
    return events.InquirySuspended(suspension=suspension)


@act(PENALTY.RESUME_INQUIRY)
def resume_inquiry(request: pb.ResumeInquiryRequest, case: cases.Case, do: Do) -> events.InquiryResumed:
    """Let the inquiry go on. The caller approves it."""
    suspension = case.suspensions[-1]
    suspension.resume_cause, suspension.resumer = request.cause, do.caller
    put_moment(suspension.resume_time, do.now)

    def then() -> None:
        go_on(do.tx, case.case_id, SUSPENSION_TIME)
        referral = newest_referral(do.tx, case.case_id)
        if referral is not None and state_of(referral) in SENT:  # the police have it meanwhile
            stand_still(do.tx, case.case_id, referral.document_number, REFERRAL_TIME)

    do.then = then
    return events.InquiryResumed(suspension=suspension)
