"""Legal review of the proposal."""

from yifa.enforcement.v1 import enforcement_service_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.facts import Facts, put_moment
from services.enforcement.model import Case
from services.enforcement.process import step
from services.enforcement.servicer.acts import UNIT_HEAD, act, handles, open_case
from services.enforcement.servicer.gather import investigated, qualified
from services.kit.rpc import write
from services.kit.tx import Tx


class Reviews:
    @write(loads=(Case, "case_id"))
    def SubmitForReview(self, request: pb.SubmitForReviewRequest, tx: Tx) -> pb.SubmitForReviewResponse:
        """Hand the case to legal review (APL 58)."""
        row, case = open_case(tx, request.case_id)
        on_case = handles(tx, case, UNIT_HEAD)
        facts = Facts(case, tx.now, tx.now, caller=tx.caller.subject, on_case=on_case)
        case.state = step("SUBMIT_FOR_REVIEW", facts)
        case.review.Clear()
        put_moment(case.review.submit_time, tx.now)
        return pb.SubmitForReviewResponse(case=act(tx, row, case, events.ReviewSubmitted()))

    @write(loads=(Case, "case_id"))
    def ConcludeReview(self, request: pb.ConcludeReviewRequest, tx: Tx) -> pb.ConcludeReviewResponse:
        """Pass the case, or return it to the inquiry (APL 58). The reviewer is the caller."""
        row, case = open_case(tx, request.case_id)
        me = tx.caller.subject
        facts = Facts(
            case,
            tx.now,
            tx.now,
            caller=me,
            investigated=investigated(tx.find, case.case_id, me),
            qualified=qualified(tx.find, tx.parameters, me, tx.now),
        )
        case.state = step("PASS_REVIEW" if request.passed else "RETURN_REVIEW", facts)
        review = case.review
        review.reviewer, review.passed, review.opinion = me, request.passed, request.opinion
        put_moment(review.conclude_time, tx.now)
        return pb.ConcludeReviewResponse(case=act(tx, row, case, events.ReviewConcluded()))
