"""The documents: urging letter, opinion, decision of the government; their service, and objections to them (ASR 27–30)."""

from collections.abc import Mapping
from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import supervision_order_pb2 as pb

from services.kit.act import Do
from services.kit.refusal import Malformed
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedure import Act
from services.law.procedures.supervision_order import SUPERVISION_ORDER as ORDER
from services.supervision.supervision_order.act import act
from services.supervision.supervision_order.facts import waiting
from services.supervision.supervision_order.number import next_number
from services.supervision.supervision_order.paper import issue
from services.supervision.supervision_order.term import usual_days
from services.supervision.supervision_order.triage import closed

LETTER, OPINION = pb.SUPERVISION_DOCUMENT_KIND_LETTER, pb.SUPERVISION_DOCUMENT_KIND_OPINION
DECISION = pb.SUPERVISION_DOCUMENT_KIND_DECISION
PAPERS = {LETTER: "urging_letter", OPINION: "supervision_opinion", DECISION: "supervision_decision"}
ISSUE = {LETTER: ORDER.ISSUE_LETTER, OPINION: ORDER.ISSUE_OPINION}
SERVE = {LETTER: ORDER.SERVE_LETTER, OPINION: ORDER.SERVE_OPINION, DECISION: ORDER.SERVE_DECISION}
SERVED: Mapping[int, Any] = {
    LETTER: events.UrgingLetterServed,
    OPINION: events.SupervisionOpinionServed,
    DECISION: events.SupervisionDecisionServed,
}


def _written(tx: Tx, order: pb.SupervisionOrder, kind: int, text: pb.SupervisionDocumentText) -> None:
    """The document that takes the place of the one before."""
    if order.HasField("document"):
        order.earlier_documents.add().CopyFrom(order.document)
    order.document.CopyFrom(pb.SupervisionDocument(kind=kind, text=text, issuer=tx.caller.subject))
    if not text.term_days:
        order.document.text.term_days = usual_days(tx, kind, order.sector)
    put_moment(order.document.issue_time, tx.now)


def _issue(request: pb.IssueSupervisionDocumentRequest, order: pb.SupervisionOrder, tx: Tx) -> None:
    """Raises Malformed for a decision, which is the government's."""
    if request.kind not in ISSUE:
        raise Malformed({"kind": ("a decision is the government's", "决定书由人民政府制发")})
    order.findings.CopyFrom(request.findings)
    _written(tx, order, request.kind, request.text)


def _kind(request: pb.IssueSupervisionDocumentRequest, _order: pb.SupervisionOrder) -> Act:
    return ISSUE[request.kind]


@act(ORDER.ISSUE_LETTER, ORDER.ISSUE_OPINION, by=_kind, takes=_issue)
def issue_supervision_document(
    request: pb.IssueSupervisionDocumentRequest, order: pb.SupervisionOrder, do: Do
) -> events.SupervisionDocumentIssued:
    """Make an urging letter or an opinion, with its number and its paper (ASR 27, 28)."""
    kind = PAPERS[request.kind]
    order.document.document_number = next_number(do.tx, kind)
    issue(do.tx, order, kind, order.document.document_number)
    return events.SupervisionDocumentIssued()


def _receipt(request: pb.ServeSupervisionDocumentRequest, order: pb.SupervisionOrder, tx: Tx) -> None:
    order.document.receipt = request.receipt
    put_moment(order.document.serve_time, tx.now)


def _of_document(_request: Any, order: pb.SupervisionOrder) -> Act:
    return SERVE.get(order.document.kind, ORDER.SERVE_LETTER)


@act(ORDER.SERVE_LETTER, ORDER.SERVE_OPINION, ORDER.SERVE_DECISION, by=_of_document, takes=_receipt)
def serve_supervision_document(
    _request: pb.ServeSupervisionDocumentRequest, order: pb.SupervisionOrder, do: Do
) -> Any:
    """Record the service. The days that the document sets run from it (ASR 27(2), 28(2))."""
    order.rounds += 1
    put_moment(order.tell_time, do.now)
    return SERVED[order.document.kind]()


def _proposal(request: pb.ProposeSupervisionDecisionRequest, order: pb.SupervisionOrder, _tx: Tx) -> None:
    order.major = request.major
    if request.findings.kinds:
        order.findings.CopyFrom(request.findings)


@act(ORDER.PROPOSE, takes=_proposal)
def propose_supervision_decision(
    request: pb.ProposeSupervisionDecisionRequest, order: pb.SupervisionOrder, do: Do
) -> events.SupervisionProposed:
    """Propose to the government that it decide (ASR 29)."""
    order.proposal.CopyFrom(pb.SupervisionProposal(reasons=request.reasons, proposer=do.caller))
    put_moment(order.proposal.propose_time, do.now)
    return events.SupervisionProposed()


def _government(request: pb.RecordGovernmentDecisionRequest, order: pb.SupervisionOrder, tx: Tx) -> None:
    order.decision.CopyFrom(
        pb.GovernmentDecision(
            correct=request.correct,
            document_number=request.document_number,
            authority=request.authority,
            reasons=request.reasons,
        )
    )
    put_moment(order.decision.decide_time, tx.now)
    if request.correct:
        _written(tx, order, DECISION, request.text)


def _correct(request: pb.RecordGovernmentDecisionRequest, _order: pb.SupervisionOrder) -> Act:
    return ORDER.DECIDE_CORRECTION if request.correct else ORDER.DECLINE_CORRECTION


@act(ORDER.DECIDE_CORRECTION, ORDER.DECLINE_CORRECTION, by=_correct, takes=_government)
def record_government_decision(
    request: pb.RecordGovernmentDecisionRequest, order: pb.SupervisionOrder, do: Do
) -> events.SupervisionDocumentIssued | events.SupervisionClosed:
    """Record what the government decided: to correct, or not (ASR 29)."""
    if not request.correct:
        closed(order, do, request.reasons)
        return events.SupervisionClosed()
    order.document.document_number = request.document_number
    issue(do.tx, order, PAPERS[DECISION], request.document_number)
    return events.SupervisionDocumentIssued()


RESULT = {
    pb.OBJECTION_RESULT_UPHELD: ORDER.DECIDE_OBJECTION,
    pb.OBJECTION_RESULT_CHANGED: ORDER.DECIDE_OBJECTION,
    pb.OBJECTION_RESULT_WITHDRAWN: ORDER.WITHDRAW,
}


def _changed(request: pb.DecideSupervisionObjectionRequest, order: pb.SupervisionOrder, _tx: Tx) -> None:
    """What is changed stays the same document, served when it was; what it said before is kept."""
    if request.result == pb.OBJECTION_RESULT_CHANGED:
        order.earlier_documents.add().CopyFrom(order.document)
        days = request.text.term_days or order.document.text.term_days
        order.document.text.CopyFrom(request.text)
        order.document.text.term_days = days


def _result(request: pb.DecideSupervisionObjectionRequest, _order: pb.SupervisionOrder) -> Act:
    return RESULT[request.result]


@act(ORDER.DECIDE_OBJECTION, ORDER.WITHDRAW, by=_result, takes=_changed)
def decide_supervision_objection(
    request: pb.DecideSupervisionObjectionRequest, order: pb.SupervisionOrder, do: Do
) -> events.SupervisionObjectionDecided | events.SupervisionDocumentWithdrawn:
    """Decide on an objection: uphold, change or withdraw the document (ASR 30). The term runs on unless it is changed."""
    decided = order.objections.add(
        answer_id=waiting(order) or "", result=request.result, reasons=request.reasons, examiner=do.caller
    )
    put_moment(decided.decide_time, do.now)
    if request.result == pb.OBJECTION_RESULT_WITHDRAWN:
        closed(order, do, request.reasons)
        return events.SupervisionDocumentWithdrawn()
    if request.result == pb.OBJECTION_RESULT_CHANGED:
        issue(do.tx, order, PAPERS[order.document.kind], order.document.document_number)
    return events.SupervisionObjectionDecided()
