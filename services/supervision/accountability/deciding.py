"""The pursuit of responsibility: notice, hearing, decision, service, review, execution, file (GBF-2005-37; CITY-ERS 2(7))."""

from typing import Any

from yifa.supervision.v1 import accountability_pb2 as pb
from yifa.supervision.v1 import events_pb2 as events

from services.kit.act import Do
from services.kit.clocks import clock_on
from services.kit.refusal import Malformed
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.clock import due
from services.law.moment import put_moment
from services.law.procedure import Act
from services.law.procedures.accountability import ACCOUNTABILITY
from services.supervision.accountability.act import act
from services.supervision.accountability.acts import met

REVIEW = "OFF-09"
"""The clock of a review of what is laid on an officer (MOT-CERT 35)."""
CHANGED = pb.ACCOUNTABILITY_APPEAL_RESULT_CHANGED
RESULT = {
    pb.ACCOUNTABILITY_APPEAL_RESULT_UPHELD: ACCOUNTABILITY.UPHOLD,
    CHANGED: ACCOUNTABILITY.CHANGE,
    pb.ACCOUNTABILITY_APPEAL_RESULT_ANNULLED: ACCOUNTABILITY.ANNUL,
}


def _noticed(request: pb.NotifyAccountabilityRequest, matter: pb.Accountability, tx: Tx) -> None:
    matter.notice.CopyFrom(
        pb.AccountabilityNotice(
            facts=request.facts,
            reasons=request.reasons,
            basis=request.basis,
            rights_told=request.rights_told,
            kinds=request.kinds,
            receipt=request.receipt,
            server=tx.caller.subject,
        )
    )
    put_moment(matter.notice.serve_time, tx.now)


@act(ACCOUNTABILITY.GIVE_NOTICE, takes=_noticed)
def notify_accountability(
    _request: pb.NotifyAccountabilityRequest, matter: pb.Accountability, do: Do
) -> events.AccountabilityNotified:
    """Record the prior notice and its service. From now on the department is told."""
    put_moment(matter.tell_time, do.now)
    return events.AccountabilityNotified()


def _heard(request: pb.HearAccountabilityRequest, matter: pb.Accountability, tx: Tx) -> None:
    said = matter.statement
    if request.HasField("minutes"):
        said.minutes.CopyFrom(request.minutes)
        said.text, said.answer_id = request.minutes.text, ""
        said.receive_time.CopyFrom(request.minutes.write_time)
    said.recheck_opinion, said.rechecker = request.recheck_opinion, tx.caller.subject
    put_moment(said.recheck_time, tx.now)


@act(ACCOUNTABILITY.HEAR_STATEMENT, takes=_heard)
def hear_accountability(
    _request: pb.HearAccountabilityRequest, _matter: pb.Accountability, _do: Do
) -> events.AccountabilityHeard:
    """Recheck what was stated at the own node, or before the office."""
    return events.AccountabilityHeard()


def _decided(request: pb.DecideAccountabilityRequest, matter: pb.Accountability, tx: Tx) -> None:
    met(request, matter, tx)
    matter.decision.CopyFrom(
        pb.AccountabilityDecision(
            document_number=request.document_number,
            kinds=request.kinds,
            reasons=request.reasons,
            remedy_told=request.remedy_told,
            decider=tx.caller.subject,
        )
    )
    put_moment(matter.decision.decide_time, tx.now)


@act(ACCOUNTABILITY.DECIDE, takes=_decided)
def decide_accountability(
    _request: pb.DecideAccountabilityRequest, matter: pb.Accountability, _do: Do
) -> events.AccountabilityDecided:
    """Record what the meeting decided, once the person was heard."""
    matter.round = 1
    return events.AccountabilityDecided()


def _served(request: pb.ServeAccountabilityRequest, matter: pb.Accountability, tx: Tx) -> None:
    matter.decision.receipt = request.receipt
    put_moment(matter.decision.serve_time, tx.now)


@act(ACCOUNTABILITY.SERVE, takes=_served)
def serve_accountability(
    _request: pb.ServeAccountabilityRequest, matter: pb.Accountability, do: Do
) -> events.AccountabilityServed:
    """Record the service: what is laid on binds, and the time to ask for a review runs (MOT-CERT 35)."""
    today = do.now.astimezone(SHANGHAI)
    clock = clock_on(do.tx.parameters, REVIEW, today.date(), matter.sector)
    if clock is not None:
        put_moment(matter.decision.review_end_time, due(clock, today, do.tx.calendar).at)
    return events.AccountabilityServed()


def _review(request: pb.DecideAccountabilityReviewRequest, matter: pb.Accountability, tx: Tx) -> None:
    """Raises Malformed for kinds where nothing is changed."""
    if bool(request.kinds) != (request.result == CHANGED):
        said = (
            "are given where the decision is changed, and only there",
            "变更的应当载明处理种类，其他情形不得载明",
        )
        raise Malformed({"kinds": said})
    met(request, matter, tx)
    appeal = matter.appeal
    appeal.result, appeal.reasons, appeal.decider = request.result, request.reasons, tx.caller.subject
    put_moment(appeal.decide_time, tx.now)
    if request.result == CHANGED:
        appeal.kinds_before[:] = matter.decision.kinds
        matter.decision.kinds[:] = request.kinds


def _result(request: pb.DecideAccountabilityReviewRequest, _matter: Any) -> Act:
    return RESULT[request.result]


@act(ACCOUNTABILITY.UPHOLD, ACCOUNTABILITY.CHANGE, ACCOUNTABILITY.ANNUL, by=_result, takes=_review)
def decide_accountability_review(
    request: pb.DecideAccountabilityReviewRequest, matter: pb.Accountability, _do: Do
) -> events.AccountabilityReviewDecided:
    """Uphold, change or annul on review; the registry undoes what no longer stands (MOT-CERT 35)."""
    if request.result != pb.ACCOUNTABILITY_APPEAL_RESULT_UPHELD:
        matter.round += 1
    return events.AccountabilityReviewDecided()


@act(ACCOUNTABILITY.EXECUTE)
def complete_accountability(
    _request: pb.CompleteAccountabilityRequest, matter: pb.Accountability, do: Do
) -> events.AccountabilityExecuted:
    """Say that all is carried out: the registry gives back what was taken for the training."""
    put_moment(matter.execute_time, do.now)
    return events.AccountabilityExecuted()


@act(ACCOUNTABILITY.RECORD)
def record_accountability(
    _request: pb.RecordAccountabilityRequest, matter: pb.Accountability, do: Do
) -> events.AccountabilityRecorded:
    """End a matter whose result stands in the file (GBF-2005-37)."""
    put_moment(matter.record_time, do.now)
    return events.AccountabilityRecorded()
