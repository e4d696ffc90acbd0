"""The decision: made, served, published, filed with the city."""

from yifa.enforcement.v1 import enforcement_service_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.facts import Facts, is_major, moment_of, put_moment
from services.enforcement.model import Body, Case
from services.enforcement.process import step
from services.enforcement.servicer.acts import (
    CLERK,
    act,
    check_penalty,
    handles,
    next_number,
    open_case,
    when,
)
from services.enforcement.servicer.gather import band_of, confirmed, investigated, powers, thresholds
from services.kit.rpc import write
from services.kit.tx import Tx


class Decisions:
    @write(loads=(Case, "case_id"))
    def MakeDecision(self, request: pb.MakeDecisionRequest, tx: Tx) -> pb.MakeDecisionResponse:
        """Decide the penalty (APL 57). The decider is the caller."""
        row, case = open_case(tx, request.case_id)
        penalty = request.penalty if request.penalty.ListFields() else case.notice.penalty
        check_penalty(penalty, "penalty")
        limits, me = thresholds(tx.parameters, case, tx.now), tx.caller.subject
        discussed = bool(request.discussion.strip()) and len(set(request.discussion_members)) >= 2
        facts = Facts(
            case,
            tx.now,
            tx.now,
            caller=me,
            investigated=investigated(tx.find, case.case_id, me),
            body_confirmed=confirmed(tx.find, case.body_id, tx.node),
            **powers(tx.find, case, tx.now, named=False),
            penalty=penalty,
            band=band_of(tx.find, penalty),
            thresholds=limits,
            discussed=discussed,
            discussers=tuple(request.discussion_members),
        )
        case.state = step("MAKE_DECISION", facts)
        decision = case.decision
        decision.document_number = next_number(tx, tx.get(Body, case.body_id), "决", tx.now)
        decision.penalty.CopyFrom(penalty)
        decision.decider, decision.major = me, is_major(penalty, limits)
        put_moment(decision.decide_time, tx.now)
        decision.discussion = request.discussion
        decision.discussion_members.extend(dict.fromkeys(request.discussion_members))
        return pb.MakeDecisionResponse(case=act(tx, row, case, events.DecisionMade()))

    @write(loads=(Case, "case_id"))
    def ServeDecision(self, request: pb.ServeDecisionRequest, tx: Tx) -> pb.ServeDecisionResponse:
        """Record that the decision reached the party (APL 61)."""
        row, case = open_case(tx, request.case_id)
        at = when(request, "serve_time", tx.now)
        facts = Facts(
            case,
            tx.now,
            at,
            moment_of(case.decision.decide_time),
            tx.caller.subject,
            handles(tx, case, CLERK),
            receipt=request.receipt,
        )
        case.state = step("SERVE_DECISION", facts)
        case.service.method, case.service.receipt = request.method, request.receipt
        put_moment(case.service.serve_time, at)
        return pb.ServeDecisionResponse(case=act(tx, row, case, events.DecisionServed(), at))

    @write(loads=(Case, "case_id"))
    def PublishDecision(self, request: pb.PublishDecisionRequest, tx: Tx) -> pb.PublishDecisionResponse:
        """Record that the decision was made public (APL 48)."""
        row, case = open_case(tx, request.case_id)
        case.state = step("PUBLISH_DECISION", Facts(case, tx.now, tx.now, caller=tx.caller.subject))
        case.publish_address = request.address
        put_moment(case.publish_time, tx.now)
        return pb.PublishDecisionResponse(case=act(tx, row, case, events.DecisionPublished()))

    @write(loads=(Case, "case_id"))
    def FileMajorPenalty(self, request: pb.FileMajorPenaltyRequest, tx: Tx) -> pb.FileMajorPenaltyResponse:
        """File a major penalty with the city legal office."""
        row, case = open_case(tx, request.case_id)
        case.state = step("FILE_MAJOR_PENALTY", Facts(case, tx.now, tx.now, caller=tx.caller.subject))
        put_moment(case.report_time, tx.now)
        return pb.FileMajorPenaltyResponse(case=act(tx, row, case, events.MajorPenaltyFiled()))
