"""The facts of an answer: what it says, and what the matter waits for as the oversight body told of it last."""

from datetime import datetime
from typing import Any

from sqlmodel import select
from yifa.enforcement.v1 import supervision_answer_pb2 as pb
from yifa.supervision.v1.supervision_order_pb2 import PersonProposal

from services.enforcement.accountability.model import Accountability
from services.enforcement.head.model import rank_of
from services.enforcement.supervision_answer.model import SupervisionAnswer
from services.enforcement.supervision_order.model import SupervisionOrder
from services.law.procedure import whole
from services.law.procedures import accountability
from services.law.procedures.supervision_answer import AnswerFacts, AnswerRecord
from services.law.procedures.supervision_order import TABLE
from services.law.process import Move

OBJECTION = pb.SUPERVISION_ANSWER_KIND_OBJECTION
ASKS = {
    pb.SUPERVISION_ANSWER_KIND_EXPLANATION: "EXPLAIN",
    pb.SUPERVISION_ANSWER_KIND_REPORT: "REPORT",
    OBJECTION: "OBJECT",
    pb.SUPERVISION_ANSWER_KIND_STATEMENT: "STATE_ON_PROPOSAL",
    pb.SUPERVISION_ANSWER_KIND_PROPOSAL: "ANSWER_PROPOSAL",
}
"""The act of the matter that an answer is."""
ACCOUNTABILITY_ASKS = {
    pb.SUPERVISION_ANSWER_KIND_ACCOUNTABILITY_STATEMENT: "STATE",
    pb.SUPERVISION_ANSWER_KIND_ACCOUNTABILITY_WAIVER: "WAIVE_STATEMENT",
    pb.SUPERVISION_ANSWER_KIND_ACCOUNTABILITY_REVIEW: "ASK_FOR_REVIEW",
    pb.SUPERVISION_ANSWER_KIND_ACCOUNTABILITY_EXECUTION: "REPORT_EXECUTION",
}
"""The same in a matter of accountability."""
ABOUT_PERSONS = frozenset({pb.SUPERVISION_ANSWER_KIND_STATEMENT, pb.SUPERVISION_ANSWER_KIND_PROPOSAL})
DIGEST = 32


def turn_key(answer: pb.SupervisionAnswer) -> str:
    return f"{answer.order_id}/{answer.kind}/{answer.turn}"


@whole
class Answering(AnswerFacts):
    """An act about an answer. `look` is a transaction or a view."""

    def __init__(self, answer: pb.SupervisionAnswer, look: Any, _move: Move, _request: Any = None) -> None:
        self.answer, self.look, self.now = answer, look, look.now
        papers = (bool(p.title.strip()) and len(p.sha256) == DIGEST for p in answer.papers)
        self.record = AnswerRecord(
            text=answer.text,
            papers_whole=all(papers),
            answerer=answer.answerer,
            adopted=answer.adopted,
            document_number=answer.document_number,
            carried_out=tuple(answer.carried_out),
        )

    def at(self) -> datetime:
        return self.now

    def asked_for(self) -> bool:
        if (act := ACCOUNTABILITY_ASKS.get(self.answer.kind)) is not None:
            matter = self.look.find(Accountability, self.answer.order_id)
            return matter is not None and accountability.TABLE.move(act, matter.state) is not None
        row = self.look.find(SupervisionOrder, self.answer.order_id)
        if row is None or TABLE.move(ASKS[self.answer.kind], row.state) is None:
            return False
        return self.answer.kind not in ABOUT_PERSONS or self._proposal() is not None

    def given(self) -> bool:
        same = select(SupervisionAnswer).where(SupervisionAnswer.turn == turn_key(self.answer))
        return any(row.answer_id != self.answer.answer_id for row in self.look.query(same))

    def about(self) -> str:
        if self.answer.kind in ACCOUNTABILITY_ASKS:
            matter = self.look.find(Accountability, self.answer.order_id)
            return matter.officer_id if matter is not None else ""
        proposal = self._proposal()
        return proposal.officer_id if proposal is not None else ""

    def heads_unit(self) -> bool:
        answer = self.answer
        return rank_of(self.look, answer.body_id, answer.answerer, self.now) > 0

    def _proposal(self) -> PersonProposal | None:
        """The proposal that is answered, while it waits."""
        row = self.look.find(SupervisionOrder, self.answer.order_id)
        proposed = row.order().person_proposals if row is not None else ()
        waiting = (p for p in proposed if not p.HasField("answer_time"))
        return next((p for p in waiting if p.proposal_id == self.answer.turn), None)
