"""What the office does with the answers of departments, in whatever order they come, each once (ASR 22, 27–32)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.enforcement.v1 import supervision_answer_pb2 as answers
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import supervision_order_pb2 as pb

from services.kit.act import Do
from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedure import Act
from services.law.procedures.supervision_order import SUPERVISION_ORDER as ORDER
from services.law.rule import Unlawful
from services.supervision.accountability import reactions as accountability
from services.supervision.event.foreign import Foreign
from services.supervision.supervision_order.act import act
from services.supervision.supervision_order.model import SupervisionOrder

REPORTED = {
    "CORRECTED": events.CorrectionReported,
    "LETTER_REPORTED": events.UrgingLetterReported,
    "OPINION_REPORTED": events.SupervisionOpinionReported,
    "DECISION_REPORTED": events.SupervisionDecisionReported,
}


class Taking(NamedTuple):
    """The act that an answer is, and what is announced when it is taken in, by the state that it leads to."""

    act: Act
    event: Callable[[str], Any]


TAKING: Mapping[int, Taking] = MappingProxyType(
    {
        answers.SUPERVISION_ANSWER_KIND_EXPLANATION: Taking(
            ORDER.EXPLAIN, lambda _: events.SupervisionExplained()
        ),
        answers.SUPERVISION_ANSWER_KIND_REPORT: Taking(ORDER.REPORT, lambda target: REPORTED[target]()),
        answers.SUPERVISION_ANSWER_KIND_OBJECTION: Taking(
            ORDER.OBJECT, lambda _: events.SupervisionObjected()
        ),
        answers.SUPERVISION_ANSWER_KIND_STATEMENT: Taking(
            ORDER.STATE_ON_PROPOSAL, lambda _: events.PersonMeasureAnswered()
        ),
        answers.SUPERVISION_ANSWER_KIND_PROPOSAL: Taking(
            ORDER.ANSWER_PROPOSAL, lambda _: events.PersonMeasureAnswered()
        ),
    }
)


def on_answer(event: enforcement.SupervisionAnswered, tx: Tx, about: Envelope) -> None:
    """An answer of the department that is supervised. What is lawful is taken in; what came when the matter had gone on is named
    as left out, and the department learns of it.
    """
    answer = event.supervision_answer
    if answer.kind in accountability.TAKING:
        accountability.on_answer(answer, tx, about)
        return
    row = tx.find(SupervisionOrder, answer.order_id)
    if row is None or not about.node == answer.node == row.node:
        raise Foreign(f"{about.node} answers in {answer.order_id}, which is no matter about it")
    order = row.order()
    if answer.answer_id in {a.answer_id for a in order.answers} | set(order.left):
        return
    taking = TAKING.get(answer.kind)
    if taking is None or answer.turn != turn_of(order, answer):
        leave(tx, order, answer)
        return
    try:
        act.do(tx, taking.act, order, answer, taken(answer, taking))
    except Unlawful:
        leave(tx, row.order(), answer)


def turn_of(order: pb.SupervisionOrder, answer: answers.SupervisionAnswer) -> str:
    """Which notice, document or objection is to be answered now; a proposal is named by the answer itself."""
    turns = {
        answers.SUPERVISION_ANSWER_KIND_EXPLANATION: str(order.notices),
        answers.SUPERVISION_ANSWER_KIND_REPORT: str(order.rounds),
        answers.SUPERVISION_ANSWER_KIND_OBJECTION: str(len(order.objections)),
    }
    return turns.get(answer.kind, answer.turn)


def taken(answer: answers.SupervisionAnswer, taking: Taking) -> Callable[[Any, Any, Do], Any]:
    """What is done when an answer is taken in."""

    def body(_request: Any, order: pb.SupervisionOrder, do: Do) -> Any:
        order.answers.add().CopyFrom(answer)
        if taking.act.name == "ANSWER_PROPOSAL":
            for proposed in order.person_proposals:
                if proposed.proposal_id == answer.turn:
                    put_moment(proposed.answer_time, do.now)
        return taking.event(do.move.target)

    return body


def leave(tx: Tx, order: pb.SupervisionOrder, answer: answers.SupervisionAnswer) -> None:
    order.left.append(answer.answer_id)
    act.write(tx, order, events.SupervisionAnswerLeft())
