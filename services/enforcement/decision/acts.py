"""The decision: made, on the spot too, served, filed with the city (APL 51, 52, 57, 61)."""

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import decision_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.body.model import Body
from services.enforcement.case.act import (
    act,
    check_penalty,
    name_officers,
    put_on_case,
    put_receipt,
    put_surcharge,
)
from services.enforcement.clue.acts import keep_party, new_case
from services.enforcement.decision.model import use_form
from services.enforcement.decision.serving import put_announcement, put_service
from services.enforcement.officer.model import Standing
from services.enforcement.paper.number import next_number
from services.kit.act import Do
from services.kit.refusal import Malformed
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.penalty import PENALTY
from services.law.procedures.penalty.body import matter_of


def _amounts(request: pb.MakeDecisionRequest, _case: cases.Case, _tx: Tx) -> None:
    check_penalty(request.penalty, "penalty")
    for n, dissent in enumerate(request.dissents):
        if dissent.member not in request.discussion_members:
            said = ("is of nobody who took part in the discussion", "不是集体讨论成员的意见")
            raise Malformed({f"dissents[{n}].member": said})


@act(PENALTY.MAKE_DECISION, takes=_amounts)
def make_decision(request: pb.MakeDecisionRequest, case: cases.Case, do: Do) -> events.DecisionMade:
    """Decide the penalty (APL 57). The decider is the caller."""
    decision, penalty = case.decision, do.facts.penalty()
    decision.document_number = next_number(do.tx, case.body_id, "decision", do.now)
    decision.penalty.CopyFrom(penalty)
    decision.decider, decision.major = do.caller, do.facts.major()
    put_receipt(case, do.tx)
    put_moment(decision.decide_time, do.now)
    put_surcharge(case, do.tx)
    decision.discussion = request.discussion
    decision.discussion_members.extend(dict.fromkeys(request.discussion_members))
    decision.dissents.extend(request.dissents)
    if case.defence.HasField("hearing_time"):
        decision.hearing_answers.extend(request.hearing_answers)
    return events.DecisionMade()


@act(PENALTY.DECIDE_NO_PENALTY)
def decide_no_penalty(
    request: pb.DecideNoPenaltyRequest, case: cases.Case, do: Do
) -> events.NoPenaltyDecided:
    """Decide that no penalty is imposed (APL 57(1)). The decider is the caller."""
    decided = case.no_penalty
    decided.outcome.CopyFrom(do.facts.no_penalty())
    decided.document_number = next_number(do.tx, case.body_id, "no_penalty", do.now)
    decided.decider = do.caller
    if case.defence.HasField("hearing_time"):
        decided.hearing_answers.extend(request.hearing_answers)
    put_moment(decided.decide_time, do.now)
    return events.NoPenaltyDecided()


@act(PENALTY.SERVE_DECISION)
def serve_decision(request: pb.ServeDecisionRequest, case: cases.Case, do: Do) -> events.DecisionServed:
    """Record that the decision reached the party (APL 61)."""
    put_service(case.service, request, do.at)
    if do.move.source == "DECIDED":
        case.decision.paper.CopyFrom(do.facts.decision_paper())
    return events.DecisionServed()


@act(PENALTY.ANNOUNCE_SERVICE)
def announce_service(request: pb.AnnounceServiceRequest, case: cases.Case, do: Do) -> events.ServiceAnnounced:
    """Record a public notice by which the decision is to be served (APL 61; CPL 95)."""
    put_announcement(case.announcement, request, do.at)
    return events.ServiceAnnounced()


@act(PENALTY.FILE_MAJOR_PENALTY)
def file_major_penalty(
    _request: pb.FileMajorPenaltyRequest, case: cases.Case, do: Do
) -> events.MajorPenaltyFiled:
    """File a major penalty with the city legal office."""
    put_moment(case.report_time, do.now)
    return events.MajorPenaltyFiled()


def _spot_case(request: pb.MakeSpotDecisionRequest, tx: Tx) -> cases.Case:
    check_penalty(request.penalty, "penalty")
    return new_case(tx, request, cases.PROCEDURE_SUMMARY)


@act(PENALTY.MAKE_SPOT_DECISION, begins=_spot_case, loads=((Body, "body_id"), (Standing, "officer_ids")))
def make_spot_decision(
    request: pb.MakeSpotDecisionRequest, case: cases.Case, do: Do
) -> tuple[events.SpotDecisionMade, events.DecisionServed]:
    """Impose a penalty on the spot and hand the decision over there, so that the time to pay runs (APL 51, 52)."""
    name_officers(case, do.facts.officers())
    decision, service = case.decision, case.service
    decision.document_number, decision.decider = request.form_number, do.caller
    decision.penalty.CopyFrom(request.penalty)
    decision.paper.CopyFrom(do.facts.decision_paper())
    put_moment(decision.decide_time, do.at)
    put_receipt(case, do.tx)
    put_surcharge(case, do.tx)
    service.method, service.receipt = cases.SERVICE_METHOD_DIRECT, request.form_number
    put_moment(service.serve_time, do.at)
    case.spot.CopyFrom(
        cases.SpotRecord(
            certificate_shown=request.certificate_shown,
            rights_told=request.rights_told,
            statement_heard=request.statement_heard,
            party_signed=request.party_signed,
            refusal_note=request.refusal_note,
            reconsideration_authority=request.reconsideration_authority,
        )
    )
    case.distinct_reason = request.distinct_reason
    keep_party(case, do)
    case.matter = matter_of(case)
    use_form(do.tx, case)
    put_on_case(do.tx, case.case_id, request.officer_ids)
    return events.SpotDecisionMade(), events.DecisionServed()


@act(PENALTY.REPORT_SPOT_DECISION)
def report_spot_decision(
    _request: pb.ReportSpotDecisionRequest, case: cases.Case, do: Do
) -> events.SpotDecisionReported:
    """File an on-the-spot decision with the own agency (APL 52(3))."""
    put_moment(case.spot_report_time, do.now)
    return events.SpotDecisionReported()
