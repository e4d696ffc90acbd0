"""A decision is carried out, suspended, evaluated, and answered for (MDR 34 to 41)."""

from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import major_decision_pb2 as pb

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedure import Act
from services.law.procedures.major_decision import MAJOR_DECISION as DECISION
from services.supervision.major_decision.act import act


def _what(request: pb.ReportDecisionExecutionRequest, _decision: pb.MajorDecision) -> Act:
    return DECISION.REPORT_TROUBLE if request.trouble else DECISION.REPORT_EXECUTION


@act(DECISION.REPORT_EXECUTION, DECISION.REPORT_TROUBLE, by=_what)
def report_decision_execution(
    request: pb.ReportDecisionExecutionRequest, decision: pb.MajorDecision, do: Do
) -> events.DecisionExecutionReported | events.DecisionTroubleReported:
    """Report how it is carried out, or what trouble it met (MDR 34, 35(1))."""
    told = decision.progress.add(report=request.report, trouble=request.trouble, reporter=do.caller)
    put_moment(told.report_time, do.now)
    decision.ClearField("report_due_time")
    decision.ClearField("remind_time")
    if request.HasField("next_due_time"):
        decision.report_due_time.CopyFrom(request.next_due_time)
    return events.DecisionTroubleReported() if request.trouble else events.DecisionExecutionReported()


@act(DECISION.SUSPEND)
def suspend_major_decision(
    request: pb.SuspendMajorDecisionRequest, decision: pb.MajorDecision, do: Do
) -> events.MajorDecisionSuspended:
    """Record that the head suspends it, for trouble that was reported and is urgent (MDR 37)."""
    stopped = decision.suspensions.add(suspender=request.suspender, reasons=request.reasons)
    put_moment(stopped.suspend_time, do.now)
    return events.MajorDecisionSuspended()


@act(DECISION.RESUME)
def resume_major_decision(
    request: pb.ResumeMajorDecisionRequest, decision: pb.MajorDecision, do: Do
) -> events.MajorDecisionResumed:
    """Let it be carried out again (MDR 37)."""
    stopped = decision.suspensions[-1]
    stopped.resume_reasons = request.reasons
    put_moment(stopped.resume_time, do.now)
    return events.MajorDecisionResumed()


def _ordered(request: pb.OrderDecisionEvaluationRequest, decision: pb.MajorDecision, tx: Tx) -> None:
    made = decision.evaluations.add(cause=request.cause, evaluator=request.evaluator.strip())
    put_moment(made.order_time, tx.now)


@act(DECISION.ORDER_EVALUATION, takes=_ordered)
def order_decision_evaluation(
    _request: Any, _decision: pb.MajorDecision, _do: Do
) -> events.DecisionEvaluationOrdered:
    """Order an evaluation, by a unit that did not do the main assessment before (MDR 36)."""
    return events.DecisionEvaluationOrdered()


def _evaluated(request: pb.ReportDecisionEvaluationRequest, decision: pb.MajorDecision, _tx: Tx) -> None:
    if decision.evaluations:
        made = decision.evaluations[-1]
        made.public_opinion, made.result = request.public_opinion, request.result
        made.participants[:] = request.participants


@act(DECISION.EVALUATE, takes=_evaluated)
def report_decision_evaluation(_request: Any, decision: pb.MajorDecision, do: Do) -> events.DecisionEvaluated:
    """Record what the evaluation found (MDR 36(3))."""
    put_moment(decision.evaluations[-1].report_time, do.now)
    return events.DecisionEvaluated()


@act(DECISION.COMPLETE)
def complete_major_decision(
    _request: Any, decision: pb.MajorDecision, do: Do
) -> events.MajorDecisionCompleted:
    """It was carried out, reported and filed (MDR 33, 34)."""
    put_moment(decision.end_time, do.now)
    return events.MajorDecisionCompleted()


def _pursued(request: pb.PursueDecisionResponsibilityRequest, decision: pb.MajorDecision, tx: Tx) -> None:
    made = decision.pursuits.add(
        fault=request.fault,
        person=request.person,
        facts=request.facts,
        consequences=request.consequences,
        body_id=request.body_id,
        competent_body=request.competent_body,
        document=request.document,
        reasons=request.reasons,
        pursuer=tx.caller.subject,
    )
    put_moment(made.pursue_time, tx.now)


@act(DECISION.PURSUE, takes=_pursued)
def pursue_decision_responsibility(
    _request: Any, decision: pb.MajorDecision, _do: Do
) -> events.DecisionResponsibilityRaised:
    """Pursue who answers for it, however long ago it was (MDR 38 to 40). Accountability begins by the event."""
    return events.DecisionResponsibilityRaised(pursuit=decision.pursuits[-1])
