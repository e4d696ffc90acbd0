"""Ending a case: withdrawal, mediation, decision, service, opinions, performance; the stay of execution (ARL 41, 42, 61-77)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import stay_pb2 as stays
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import reconsideration_pb2 as pb

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.procedure import Act
from services.law.procedures.reconsideration import RECONSIDERATION
from services.supervision.reconsideration.act import act, copy, took

# What each decision is, and what the case follows by it (ARL 63-70).
DECISIONS: Mapping[int, tuple[Act, int]] = MappingProxyType(
    {
        pb.RECONSIDERATION_DECISION_KIND_UPHELD: (RECONSIDERATION.UPHOLD, cases.OUTCOME_KIND_UPHELD),
        pb.RECONSIDERATION_DECISION_KIND_CHANGED: (RECONSIDERATION.CHANGE, cases.OUTCOME_KIND_CHANGED),
        pb.RECONSIDERATION_DECISION_KIND_ANNULLED: (RECONSIDERATION.ANNUL, cases.OUTCOME_KIND_ANNULLED),
        pb.RECONSIDERATION_DECISION_KIND_UNLAWFUL: (
            RECONSIDERATION.DECLARE_UNLAWFUL,
            cases.OUTCOME_KIND_UNLAWFUL,
        ),
        pb.RECONSIDERATION_DECISION_KIND_PERFORMANCE: (
            RECONSIDERATION.ORDER_PERFORMANCE,
            cases.OUTCOME_KIND_PERFORMANCE,
        ),
        pb.RECONSIDERATION_DECISION_KIND_VOID: (RECONSIDERATION.DECLARE_VOID, cases.OUTCOME_KIND_VOID),
        pb.RECONSIDERATION_DECISION_KIND_REJECTED: (RECONSIDERATION.REJECT, cases.OUTCOME_KIND_UPHELD),
    }
)
# The same where it ends without one; a case that was terminated follows nothing, its remedy just ends.
ENDS: Mapping[int, tuple[Act, int]] = MappingProxyType(
    {
        pb.RECONSIDERATION_END_WITHDRAWN: (RECONSIDERATION.WITHDRAW, cases.OUTCOME_KIND_WITHDRAWN),
        pb.RECONSIDERATION_END_DISMISSED: (RECONSIDERATION.DISMISS, cases.OUTCOME_KIND_UPHELD),
        pb.RECONSIDERATION_END_TERMINATED: (RECONSIDERATION.TERMINATE, cases.OUTCOME_KIND_UNSPECIFIED),
    }
)
BY_PROCEDURE = pb.RECONSIDERATION_ANNULMENT_PROCEDURE


def follow(record: pb.Reconsideration, kind: int, document: str, at: Any) -> None:
    """What the case has to follow: it stands in the entry, and the department's case takes it in (APL 73(3), 75(2))."""
    result = record.result
    result.kind, result.remedy = kind, cases.REMEDY_RECONSIDERATION  # type: ignore[assignment]
    result.authority, result.document = record.authority, document
    result.outcome_time.CopyFrom(at)
    result.remedy_from_time.CopyFrom(record.apply_time)


def _ended(request: pb.EndReconsiderationRequest, record: pb.Reconsideration, tx: Tx) -> None:
    took(request, record, tx)
    copy(request, record, "unmet")
    copy(request, record.ending, "reasons", "document", "competent_body", "own_will")
    record.ending.refuse_time.CopyFrom(request.done_time)


def _end(request: pb.EndReconsiderationRequest, _record: pb.Reconsideration) -> Act:
    return ENDS[request.end][0]


@act(*(act_ for act_, _ in ENDS.values()), by=_end, takes=_ended)
def end_reconsideration(
    request: pb.EndReconsiderationRequest, record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationEnded:
    """End it without a decision (ARL 33, 41, 74(2))."""
    if kind := ENDS[request.end][1]:
        follow(record, kind, request.document, request.done_time)
    return events.ReconsiderationEnded()


def _agreed(request: pb.MediateReconsiderationRequest, record: pb.Reconsideration, tx: Tx) -> None:
    took(request, record, tx)
    names = ("document", "signed_time", "text", "penalty", "perform_until_time")
    copy(request, record.mediation, *names)


@act(RECONSIDERATION.MEDIATE, takes=_agreed)
def mediate_reconsideration(
    request: pb.MediateReconsiderationRequest, record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationMediated:
    """Record what the parties agreed on freely and signed (ARL 5, 73(1))."""
    follow(record, cases.OUTCOME_KIND_MEDIATED, request.document, request.done_time)
    copy(request, record.result, "penalty")
    return events.ReconsiderationMediated()


DECIDED = (
    "kind", "document", "reasons", "weight", "commission_opinion", "third_party_evidence", "annulments", "anew",
    "anew_until_time", "penalty", "third_party_request", "not_worse", "perform_until_time", "compensation", "approval_document",
    "discussion_record",
)  # fmt: skip


def _decided(request: pb.DecideReconsiderationRequest, record: pb.Reconsideration, tx: Tx) -> None:
    took(request, record, tx)
    copy(request, record.decision, *DECIDED)
    record.decision.decide_time.CopyFrom(request.done_time)
    record.decision.unanswered = not record.HasField("reply")


def _kind(request: pb.DecideReconsiderationRequest, _record: pb.Reconsideration) -> Act:
    return DECISIONS[request.kind][0]


@act(*(act_ for act_, _ in DECISIONS.values()), by=_kind, takes=_decided)
def decide_reconsideration(
    _request: pb.DecideReconsiderationRequest, _record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationDecided:
    """Decide (ARL 61-72). It has no effect before it is served."""
    return events.ReconsiderationDecided()


@act(RECONSIDERATION.SERVE, takes=took)
def serve_reconsideration_decision(
    request: pb.ServeReconsiderationDecisionRequest, record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationDecisionServed:
    """Record that it was served: it has effect, and the department's case follows it (ARL 75(2)). Starts REC-22."""
    made, kind = record.decision, DECISIONS[record.decision.kind][1]
    made.receipt = request.document
    made.serve_time.CopyFrom(request.done_time)
    follow(record, kind, made.document, request.done_time)
    if kind == cases.OUTCOME_KIND_ANNULLED:
        record.result.anew = made.anew
        record.result.procedure_only = made.anew and list(made.annulments) == [BY_PROCEDURE]
        if made.anew:
            copy(made, record.result, "anew_until_time")
    if kind == cases.OUTCOME_KIND_CHANGED:
        copy(made, record.result, "penalty", "third_party_request")
    record.result.unanswered = made.unanswered and kind in UNANSWERED
    return events.ReconsiderationDecisionServed()


# What a decision for want of a reply in time may be (ARL 70).
UNANSWERED = frozenset(
    {
        cases.OUTCOME_KIND_ANNULLED,
        cases.OUTCOME_KIND_UNLAWFUL,
        cases.OUTCOME_KIND_VOID,
        cases.OUTCOME_KIND_PERFORMANCE,
    }
)


@act(RECONSIDERATION.ISSUE_OPINION, takes=took)
def issue_reconsideration_opinion(
    request: pb.IssueReconsiderationOpinionRequest, record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationOpinionIssued:
    """Issue an opinion, which the agency received (ARL 76). Starts REC-20."""
    issued = record.opinions.add(document=request.document, text=request.text)
    issued.receive_time.CopyFrom(request.done_time)
    return events.ReconsiderationOpinionIssued()


@act(RECONSIDERATION.REPORT_ON_OPINION, takes=took)
def report_on_reconsideration_opinion(
    request: pb.ReportOnReconsiderationOpinionRequest, record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationOpinionReported:
    """Record what the agency put right (ARL 76). Stops REC-20."""
    waiting = record.opinions[-1]
    waiting.report, waiting.report_document = request.text, request.document
    waiting.report_time.CopyFrom(request.done_time)
    return events.ReconsiderationOpinionReported()


@act(RECONSIDERATION.PRESS, takes=took)
def press_reconsideration(
    request: pb.PressReconsiderationRequest, record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationPressed:
    """Order to perform, call in, criticise (ARL 77(2))."""
    pressed = record.pressings.add(pressing=request.pressing, text=request.text, document=request.document)
    pressed.press_time.CopyFrom(request.done_time)
    return events.ReconsiderationPressed()


@act(RECONSIDERATION.PERFORM, takes=took)
def record_reconsideration_performance(
    request: pb.RecordReconsiderationPerformanceRequest, record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationPerformed:
    """Record that it was performed (ARL 77(1))."""
    done = pb.ReconsiderationPerformance(text=request.text, document=request.document)
    done.perform_time.CopyFrom(request.done_time)
    record.performance.CopyFrom(done)
    return events.ReconsiderationPerformed()


@act(RECONSIDERATION.STAY, takes=took)
def stay_reconsidered_act(
    request: pb.StayReconsideredActRequest, record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationStayed:
    """Stay execution of what is challenged: the department's case takes it in (ARL 42[2], [3])."""
    asked = stays.STAY_GROUND_APPLICATION if request.asked else stays.STAY_GROUND_AUTHORITY_NEED
    stay = record.stays.add(
        ordered_by=stays.STAY_AUTHORITY_RECONSIDERATION_BODY,
        authority=record.authority,
        document=request.document,
        ground=asked,
        cause=request.reasons,
    )
    stay.begin_time.CopyFrom(request.done_time)
    return events.ReconsiderationStayed()


@act(RECONSIDERATION.END_STAY, takes=took)
def end_reconsideration_stay(
    request: pb.EndReconsiderationStayRequest, record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationStayEnded:
    """End a stay (ARL 42)."""
    record.stays[-1].end_document = request.document
    record.stays[-1].end_time.CopyFrom(request.done_time)
    return events.ReconsiderationStayEnded()
