"""Answering the oversight body: explanations, reports, objections, statements and answers to proposals (ASR 22, 27–32)."""

from collections.abc import Callable
from typing import Any

from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import supervision_answer_pb2 as pb
from yifa.supervision.v1 import supervision_order_pb2 as orders

from services.enforcement.accountability.model import Accountability
from services.enforcement.supervision_answer.act import act
from services.enforcement.supervision_order.model import SupervisionOrder
from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedure import Act
from services.law.procedures.supervision_answer import PREFIX, SUPERVISION_ANSWER

LOADS = ((SupervisionOrder, "order_id"),)
TURNS: dict[int, Callable[[orders.SupervisionOrder], str]] = {
    pb.SUPERVISION_ANSWER_KIND_EXPLANATION: lambda order: str(order.notices),
    pb.SUPERVISION_ANSWER_KIND_REPORT: lambda order: str(order.rounds),
    pb.SUPERVISION_ANSWER_KIND_OBJECTION: lambda order: str(len(order.objections)),
}
"""Which notice, which document, which objection is answered, as the matter was told of last."""


def begun(kind: int) -> Callable[[Any, Tx], pb.SupervisionAnswer]:
    """Makes the answer of a kind; that raises Missing for a matter that this department was not told of."""

    def begins(request: Any, tx: Tx) -> pb.SupervisionAnswer:
        order = tx.get(SupervisionOrder, request.order_id).order()
        turn = TURNS[kind](order) if kind in TURNS else request.proposal_id
        answer = pb.SupervisionAnswer(
            answer_id=tx.new_id(PREFIX),
            order_id=order.order_id,
            node=tx.node,
            body_id=order.body_id,
            body_name=order.body_name,
            kind=kind,
            turn=turn,
            text=request.text,
            papers=getattr(request, "papers", ()),
            answerer=tx.caller.subject,
            adopted=getattr(request, "adopted", False),
            document_number=getattr(request, "document_number", ""),
        )
        put_moment(answer.answer_time, tx.now)
        return answer

    return begins


@act(
    SUPERVISION_ANSWER.EXPLAIN_SUPERVISION,
    begins=begun(pb.SUPERVISION_ANSWER_KIND_EXPLANATION),
    loads=LOADS,
)
def explain_supervision(
    _request: pb.ExplainSupervisionRequest, _answer: pb.SupervisionAnswer, _do: Do
) -> events.SupervisionAnswered:
    """Explain, and hand in the file (ASR 22[1])."""
    return events.SupervisionAnswered()


@act(SUPERVISION_ANSWER.REPORT_CORRECTION, begins=begun(pb.SUPERVISION_ANSWER_KIND_REPORT), loads=LOADS)
def report_correction(
    _request: pb.ReportCorrectionRequest, _answer: pb.SupervisionAnswer, _do: Do
) -> events.SupervisionAnswered:
    """Report what was put right (ASR 27(2), 28(2))."""
    return events.SupervisionAnswered()


@act(
    SUPERVISION_ANSWER.OBJECT_TO_SUPERVISION,
    begins=begun(pb.SUPERVISION_ANSWER_KIND_OBJECTION),
    loads=LOADS,
)
def object_to_supervision(
    _request: pb.ObjectToSupervisionRequest, _answer: pb.SupervisionAnswer, _do: Do
) -> events.SupervisionAnswered:
    """Object to a letter or an opinion, with reasons (ASR 30)."""
    return events.SupervisionAnswered()


@act(
    SUPERVISION_ANSWER.STATE_ON_PROPOSAL,
    begins=begun(pb.SUPERVISION_ANSWER_KIND_STATEMENT),
    loads=LOADS,
)
def state_on_proposal(
    _request: pb.StateOnProposalRequest, _answer: pb.SupervisionAnswer, _do: Do
) -> events.SupervisionAnswered:
    """State, by oneself, on a proposal about oneself."""
    return events.SupervisionAnswered()


@act(SUPERVISION_ANSWER.ANSWER_PROPOSAL, begins=begun(pb.SUPERVISION_ANSWER_KIND_PROPOSAL), loads=LOADS)
def answer_proposal(
    _request: pb.AnswerProposalRequest, _answer: pb.SupervisionAnswer, _do: Do
) -> events.SupervisionAnswered:
    """Say what was decided on a proposal about an officer (ASR 32)."""
    return events.SupervisionAnswered()


EXECUTION = pb.SUPERVISION_ANSWER_KIND_ACCOUNTABILITY_EXECUTION
ACCOUNTABILITY = {
    pb.SUPERVISION_ANSWER_KIND_ACCOUNTABILITY_STATEMENT: SUPERVISION_ANSWER.STATE_ON_ACCOUNTABILITY,
    pb.SUPERVISION_ANSWER_KIND_ACCOUNTABILITY_WAIVER: SUPERVISION_ANSWER.WAIVE_STATEMENT,
    pb.SUPERVISION_ANSWER_KIND_ACCOUNTABILITY_REVIEW: SUPERVISION_ANSWER.ASK_FOR_REVIEW,
    EXECUTION: SUPERVISION_ANSWER.REPORT_EXECUTION,
}
"""The act that an answer in a matter of accountability is, by its kind."""


def _accountable(request: pb.AnswerAccountabilityRequest, tx: Tx) -> pb.SupervisionAnswer:
    """The answer that begins. Raises Missing for a matter that this department was not told of. What was carried out is reported
    as often as something was; everything else is said once.
    """
    matter = tx.get(Accountability, request.accountability_id).accountability()
    reported = sum(answer.kind == EXECUTION for answer in matter.answers)
    answer = pb.SupervisionAnswer(
        answer_id=tx.new_id(PREFIX),
        order_id=matter.accountability_id,
        node=tx.node,
        body_id=matter.body_id,
        body_name=matter.body_name,
        kind=request.kind,
        turn=str(reported) if request.kind == EXECUTION else "",
        text=request.text,
        papers=request.papers,
        answerer=tx.caller.subject,
        document_number=request.document_number,
        carried_out=request.carried_out,
    )
    put_moment(answer.answer_time, tx.now)
    return answer


def _kind(request: pb.AnswerAccountabilityRequest, _answer: pb.SupervisionAnswer) -> Act:
    return ACCOUNTABILITY[request.kind]


@act(
    *ACCOUNTABILITY.values(),
    by=_kind,
    begins=_accountable,
    loads=((Accountability, "accountability_id"),),
)
def answer_accountability(
    _request: pb.AnswerAccountabilityRequest, _answer: pb.SupervisionAnswer, _do: Do
) -> events.SupervisionAnswered:
    """State, waive, ask for a review, or report the execution in a matter of accountability (GBF-2005-37; CITY-ERS 2(7))."""
    return events.SupervisionAnswered()
