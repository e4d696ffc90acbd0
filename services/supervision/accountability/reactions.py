"""What the office does with answers in matters of accountability, each once, and with what the registry made of a decision."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from yifa.enforcement.v1 import supervision_answer_pb2 as answers
from yifa.registry.v1 import events_pb2 as registry
from yifa.supervision.v1 import accountability_pb2 as pb
from yifa.supervision.v1 import events_pb2 as events

from services.kit.act import Do
from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedure import Act
from services.law.procedures.accountability import ACCOUNTABILITY
from services.law.rule import Unlawful
from services.supervision.accountability.act import act
from services.supervision.accountability.model import Accountability
from services.supervision.event.foreign import Foreign

STATEMENT = answers.SUPERVISION_ANSWER_KIND_ACCOUNTABILITY_STATEMENT
WAIVER = answers.SUPERVISION_ANSWER_KIND_ACCOUNTABILITY_WAIVER
REVIEW = answers.SUPERVISION_ANSWER_KIND_ACCOUNTABILITY_REVIEW
EXECUTION = answers.SUPERVISION_ANSWER_KIND_ACCOUNTABILITY_EXECUTION
TAKING: Mapping[int, tuple[Act, Callable[[], Any]]] = MappingProxyType(
    {
        STATEMENT: (ACCOUNTABILITY.STATE, events.AccountabilityStated),
        WAIVER: (ACCOUNTABILITY.WAIVE_STATEMENT, events.AccountabilityWaived),
        REVIEW: (ACCOUNTABILITY.ASK_FOR_REVIEW, events.AccountabilityReviewAsked),
        EXECUTION: (ACCOUNTABILITY.REPORT_EXECUTION, events.AccountabilityExecutionReported),
    }
)


def on_answer(answer: answers.SupervisionAnswer, tx: Tx, about: Envelope) -> None:
    """An answer of the person, or of the unit. What is lawful is taken in; what came when the matter had gone on is left out."""
    row = tx.find(Accountability, answer.order_id)
    if row is None or not about.node == answer.node == row.node:
        raise Foreign(f"{about.node} answers in {answer.order_id}, which is no matter about it")
    matter = row.accountability()
    if answer.answer_id in {a.answer_id for a in matter.answers} | set(matter.left):
        return
    try:
        doing, event = TAKING[answer.kind]
        act.do(tx, doing, matter, answer, lambda said, record, do: taken(said, record, do, event))
    except (KeyError, Unlawful):
        matter = row.accountability()
        matter.left.append(answer.answer_id)
        act.write(tx, matter, events.AccountabilityAnswerLeft(), row=row)


def taken(
    answer: answers.SupervisionAnswer, matter: pb.Accountability, _do: Do, event: Callable[[], Any]
) -> Any:
    """What is done when an answer is taken in."""
    matter.answers.add().CopyFrom(answer)
    if answer.kind == STATEMENT:
        matter.statement.answer_id, matter.statement.text = answer.answer_id, answer.text
        matter.statement.receive_time.CopyFrom(answer.answer_time)
    elif answer.kind == WAIVER:
        matter.statement.Clear()
        matter.statement.answer_id = answer.answer_id
        matter.statement.waive_time.CopyFrom(answer.answer_time)
    elif answer.kind == REVIEW:
        matter.appeal.answer_id, matter.appeal.grounds = answer.answer_id, answer.text
        matter.appeal.ask_time.CopyFrom(answer.answer_time)
    return event()


def on_entered(event: registry.AccountabilityEntered, tx: Tx, about: Envelope) -> None:
    """The city's registry put a result into the file, and acted on certificates or said why it cannot."""
    if about.node != tx.city:
        raise Foreign(f"{about.node} speaks of a file, which only {tx.city} may")
    entry = event.entry
    row = tx.find(Accountability, entry.accountability_id)
    if row is None:
        return
    matter = row.accountability()
    if entry.round <= matter.filed_round and len(entry.effects) <= len(matter.applied):
        return
    del matter.applied[:]
    for each in entry.effects:
        if not each.undone:
            matter.applied.add(
                kind=pb.AccountabilityKind.Value(f"ACCOUNTABILITY_KIND_{each.kind}"),
                certificate_number=each.certificate_number,
                measure_id=each.measure_id,
                refusal=each.refusal,
                says_zh=each.says_zh,
                says_en=each.says_en,
            )
    matter.filed_round = max(entry.round, matter.filed_round)
    put_moment(matter.file_time, tx.now)
    act.write(tx, matter, events.AccountabilityFiled(), row=row)
