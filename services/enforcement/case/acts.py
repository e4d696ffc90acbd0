"""The acts that carry a case on: its officers, its report, its review, its end."""

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import inquiry_pb2 as inquiries
from yifa.enforcement.v1 import review_pb2 as reviews

from services.enforcement.body.model import Body
from services.enforcement.body.succession import go_on, moved_items
from services.enforcement.case.act import act, check_penalty, name_officers, put_on_case
from services.enforcement.officer.model import Standing
from services.kit.act import Do
from services.kit.refusal import Malformed
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedure import Act
from services.law.procedures.penalty import PENALTY


@act(PENALTY.ASSIGN_OFFICERS, loads=((Standing, "officer_ids"),))
def assign_officers(
    request: inquiries.AssignOfficersRequest, case: cases.Case, do: Do
) -> events.OfficersAssigned:
    """Name the handling officers and begin the inquiry (APL 42). Later it replaces them."""
    name_officers(case, do.facts.officers())
    put_moment(case.assign_time, do.now)
    put_on_case(do.tx, case.case_id, request.officer_ids)
    return events.OfficersAssigned(reason=request.reason)


def _proposal(request: inquiries.SubmitReportRequest, _case: cases.Case, _tx: Tx) -> None:
    if request.HasField("proposal") == request.HasField("no_penalty"):
        said = (
            "either a penalty is proposed, or none (no_penalty): give one of both",
            "应当载明拟处罚内容或者不予处罚事由之一",
        )
        raise Malformed({"proposal": said})
    check_penalty(request.proposal, "proposal")


def _outcome(request: inquiries.SubmitReportRequest, _case: cases.Case) -> Act:
    return PENALTY.PROPOSE_NO_PENALTY if request.HasField("no_penalty") else PENALTY.SUBMIT_REPORT


@act(PENALTY.SUBMIT_REPORT, PENALTY.PROPOSE_NO_PENALTY, by=_outcome, takes=_proposal)
def submit_report(request: inquiries.SubmitReportRequest, case: cases.Case, do: Do) -> events.ReportSubmitted:
    """End the inquiry with a report and a proposal (APL 57)."""
    case.ClearField("proposal")
    case.ClearField("no_penalty")
    if request.HasField("no_penalty"):
        case.no_penalty.outcome.CopyFrom(request.no_penalty)
    else:
        case.proposal.CopyFrom(request.proposal)
    case.report = request.report
    case.party.address = request.party_address.strip() or case.party.address
    case.distinct_reason = request.distinct_reason or case.distinct_reason
    put_moment(case.inquiry_end_time, do.now)
    return events.ReportSubmitted()


@act(PENALTY.SUBMIT_FOR_REVIEW)
def submit_for_review(
    _request: reviews.SubmitForReviewRequest, case: cases.Case, do: Do
) -> events.ReviewSubmitted:
    """Hand the case to legal review (APL 58)."""
    case.review.Clear()
    put_moment(case.review.submit_time, do.now)
    return events.ReviewSubmitted()


def _opinion(request: reviews.ConcludeReviewRequest, _case: cases.Case) -> Act:
    return PENALTY.PASS_REVIEW if request.passed else PENALTY.RETURN_REVIEW


@act(PENALTY.PASS_REVIEW, PENALTY.RETURN_REVIEW, by=_opinion)
def conclude_review(
    request: reviews.ConcludeReviewRequest, case: cases.Case, do: Do
) -> events.ReviewConcluded:
    """Pass the case, or return it to the inquiry (APL 58). The reviewer is the caller."""
    review = case.review
    review.reviewer, review.passed, review.opinion = do.caller, request.passed, request.opinion
    review.complexity, review.advice = request.complexity, request.advice
    review.advisers[:] = request.advisers
    put_moment(review.conclude_time, do.now)
    if do.caller not in case.reviewers:
        case.reviewers.append(do.caller)
    return events.ReviewConcluded()


@act(PENALTY.CLOSE_CASE)
def close_case(request: cases.CloseCaseRequest, case: cases.Case, do: Do) -> events.CaseClosed:
    """Close the case (SAMR 77)."""
    case.close_report = request.report
    case.closing.CopyFrom(request.closing)
    put_moment(case.close_time, do.now)
    return events.CaseClosed()


@act(PENALTY.TERMINATE_CASE)
def terminate_case(request: cases.TerminateCaseRequest, case: cases.Case, _do: Do) -> events.CaseTerminated:
    """End the case without a decision (SAMR 47)."""
    case.cause = request.cause
    return events.CaseTerminated(cause=request.cause)


@act(PENALTY.PASS_CASE, loads=((Body, "body_id"),))
def pass_case(_request: cases.PassCaseRequest, case: cases.Case, do: Do) -> events.CaseSucceeded:
    """Let a named successor go on with a case of a body that ended (ALIT 26(6))."""
    heir = do.facts.receiver()
    return go_on(case, heir, moved_items(do.tx, heir.body_id))
