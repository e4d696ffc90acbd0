"""Help that one agency asks of another: asked, accepted, deferred, answered or declined, and taken to the superior (APL 26)."""

from typing import TypeVar

from yifa.enforcement.v1 import assistance_pb2 as pb
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.assistance.act import act
from services.enforcement.body.model import Body
from services.enforcement.case.facts import legible
from services.enforcement.case.model import Case
from services.enforcement.paper.number import next_number
from services.kit.act import Do
from services.kit.refusal import Malformed
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.assistance import ASSISTANCE, PREFIX

E = TypeVar("E")


def pass_over(do: Do, event: E, node: str) -> E:
    """The other side hears of it; inside one department it is there already."""
    if node != do.tx.node:
        do.to = node
    return event


def new_assistance(request: pb.AskAssistanceRequest, tx: Tx) -> pb.Assistance:
    """A request that nothing was done about yet. Raises Missing, Malformed."""
    case = cases.Case.FromString(tx.get(Case, request.case_id).record)
    body = tx.get(Body, request.body_id)
    asked = pb.Assistance(
        assistance_id=tx.new_id(PREFIX),
        case_id=case.case_id,
        case_number=case.case_number,
        node=tx.node,
        body_id=case.body_id,
        body_name=case.body_name,
        sector=case.sector,
        to_node=body.node,
        to_body_id=body.body_id,
        to_body_name=body.name,
        item_id=request.item_id,
        subject=request.subject,
        reason=request.reason,
        asker=tx.caller.subject,
    )
    if request.HasField("wanted_time"):
        legible(request, "wanted_time")
        asked.wanted_time.CopyFrom(request.wanted_time)
    put_moment(asked.ask_time, tx.now)
    return asked


@act(ASSISTANCE.ASK_ASSISTANCE, begins=new_assistance, loads=((Case, "case_id"), (Body, "body_id")))
def ask_assistance(
    _request: pb.AskAssistanceRequest, record: pb.Assistance, do: Do
) -> events.AssistanceAsked:
    """Ask another agency for help in a case (APL 26)."""
    record.document_number = next_number(do.tx, record.body_id, "assistance_letter", do.now)
    return pass_over(do, events.AssistanceAsked(), record.to_node)


@act(ASSISTANCE.ACCEPT_ASSISTANCE)
def accept_assistance(
    _request: pb.AcceptAssistanceRequest, record: pb.Assistance, do: Do
) -> events.AssistanceAccepted:
    """Accept a request for help. Starts the fifteen working days to answer (SAMR 45(2))."""
    record.accepter = do.caller
    put_moment(record.accept_time, do.now)
    return pass_over(do, events.AssistanceAccepted(), record.node)


def _delay(request: pb.DeferAssistanceRequest, record: pb.Assistance, tx: Tx) -> None:
    record.delay_reason = request.reason
    put_moment(record.delay_tell_time, tx.now)


@act(ASSISTANCE.DEFER_ASSISTANCE, takes=_delay)
def defer_assistance(
    _request: pb.DeferAssistanceRequest, record: pb.Assistance, do: Do
) -> events.AssistanceDeferred:
    """Tell the agency that asked, before the term ends, that the answer comes later (SAMR 45(2))."""
    return pass_over(do, events.AssistanceDeferred(), record.node)


def _answer(request: pb.AnswerAssistanceRequest, record: pb.Assistance, tx: Tx) -> None:
    """Raises Malformed for a digest that is none."""
    for n, paper in enumerate(request.papers):
        if paper.sha256 and len(paper.sha256) != 32:
            said = ("is no SHA-256 digest of 32 bytes", "不是32字节的SHA-256摘要")
            raise Malformed({f"papers[{n}].sha256": said})
    record.answer, record.answerer = request.answer, tx.caller.subject
    record.papers.extend(request.papers)
    put_moment(record.answer_time, tx.now)


@act(ASSISTANCE.ANSWER_ASSISTANCE, takes=_answer)
def answer_assistance(
    _request: pb.AnswerAssistanceRequest, record: pb.Assistance, do: Do
) -> events.AssistanceAnswered:
    """Answer a request with what was found and its papers (SAMR 45(2))."""
    return pass_over(do, events.AssistanceAnswered(), record.node)


def _decline(request: pb.DeclineAssistanceRequest, record: pb.Assistance, tx: Tx) -> None:
    record.decline_reason, record.decliner = request.reason, tx.caller.subject
    put_moment(record.decline_time, tx.now)


@act(ASSISTANCE.DECLINE_ASSISTANCE, takes=_decline)
def decline_assistance(
    _request: pb.DeclineAssistanceRequest, record: pb.Assistance, do: Do
) -> events.AssistanceDeclined:
    """Send a request back that lies outside the own powers, with reasons (APL 26)."""
    return pass_over(do, events.AssistanceDeclined(), record.node)


@act(ASSISTANCE.OBJECT_TO_DECLINE)
def object_to_decline(
    request: pb.ObjectToDeclineRequest, record: pb.Assistance, do: Do
) -> events.AssistanceObjected:
    """Take a request that was declined to the common superior."""
    record.objection = request.objection
    put_moment(record.object_time, do.now)
    return events.AssistanceObjected()
