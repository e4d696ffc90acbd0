"""Decisions on claims: made, served, challenged, and what a remedy left of them (SCL 13, 14)."""

from yifa.supervision.v1 import compensation_pb2 as pb
from yifa.supervision.v1 import events_pb2 as events

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.procedure import Act
from services.law.procedures.compensation import COMPENSATION
from services.law.procedures.papers import within
from services.supervision.compensation.act import act, remark, took
from services.supervision.compensation.recorded import total_of


def _decided(request: pb.DecideCompensationRequest, record: pb.Compensation, tx: Tx) -> None:
    took(request, record, tx)
    record.decision.CopyFrom(
        pb.CompensationDecision(
            awards=request.awards,
            infringements=request.infringements,
            unlawful_by=request.unlawful_by,
            exemptions=request.exemptions,
            none_exempts=request.none_exempts,
            items=request.items if request.awards else (),
            reasons=request.reasons,
            decider=request.decider,
            document=request.document,
            decide_time=request.done_time,
        )
    )
    record.awarded_fen = total_of(record.decision.items)


def _which(request: pb.DecideCompensationRequest, _record: pb.Compensation) -> Act:
    return COMPENSATION.AWARD if request.awards else COMPENSATION.DENY


@act(COMPENSATION.AWARD, COMPENSATION.DENY, by=_which, takes=_decided)
def decide_compensation(
    _request: pb.DecideCompensationRequest, record: pb.Compensation, do: Do
) -> events.CompensationDecided:
    """Award what chapter four gives, as agreed if something was; or deny it with reasons (SCL 13). Stops CMP-03."""
    record.overdue = record.overdue and not within(do.facts.decision_end(), do.at)
    return events.CompensationDecided()


def _served(request: pb.ServeCompensationRequest, record: pb.Compensation, tx: Tx) -> None:
    took(request, record, tx)
    record.decision.receipt = request.receipt
    record.decision.serve_time.CopyFrom(request.done_time)


@act(COMPENSATION.SERVE, takes=_served)
def serve_compensation(
    _request: pb.ServeCompensationRequest, _record: pb.Compensation, _do: Do
) -> events.CompensationServed:
    """Record that it was served: the department's case knows it (SCL 13(2), 13(3)). Stops CMP-04."""
    return events.CompensationServed()


def _challenged(request: pb.ChallengeCompensationRequest, record: pb.Compensation, tx: Tx) -> None:
    took(request, record, tx)
    record.remedy.CopyFrom(
        pb.CompensationRemedy(
            suit_id=request.suit_id,
            reconsideration_id=request.reconsideration_id,
            begin_time=request.done_time,
        )
    )


@act(COMPENSATION.CHALLENGE, takes=_challenged)
def challenge_compensation(
    _request: pb.ChallengeCompensationRequest, record: pb.Compensation, do: Do
) -> events.CompensationChallenged:
    """Record the suit or reconsideration; one that comes late is remarked, and the court's to refuse (SCL 14). Stops CMP-05."""
    remark(record, do)
    return events.CompensationChallenged()


def _ended(request: pb.EndCompensationRemedyRequest, record: pb.Compensation, tx: Tx) -> None:
    took(request, record, tx)
    record.awarded_fen = request.awarded_fen
    record.remedy.document = request.document
    record.remedy.end_time.CopyFrom(request.done_time)


@act(COMPENSATION.END_REMEDY, takes=_ended)
def end_compensation_remedy(
    _request: pb.EndCompensationRemedyRequest, _record: pb.Compensation, _do: Do
) -> events.CompensationRemedyEnded:
    """Record what the judgment or the reconsideration decision awards in the end (SCL 37(2))."""
    return events.CompensationRemedyEnded()
