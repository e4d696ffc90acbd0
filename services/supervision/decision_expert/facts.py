"""The facts of an expert of the pool."""

from datetime import datetime
from typing import Any

from sqlmodel import select
from yifa.supervision.v1 import major_decision_pb2 as pb

from services.law.procedure import whole
from services.law.procedures.decision_expert import ExpertFacts, ExpertRecord
from services.law.process import Move
from services.law.rule import fact
from services.supervision.decision_expert.model import DecisionExpert


@whole
class Pooled(ExpertFacts):
    """The facts of an act that is done. `look` is a transaction or a view."""

    def __init__(self, expert: pb.DecisionExpert, look: Any, _move: Move, request: Any = None) -> None:
        self.expert, self.look, self.now = expert, look, look.now

        def asked(name: str) -> str:
            return str(getattr(request, name, ""))

        self.record = ExpertRecord(
            name=expert.name,
            unit=expert.unit,
            fields=tuple(expert.fields),
            qualification=expert.qualification,
            document=expert.document,
            reasons=asked("reasons"),
            mended=asked("mended"),
        )

    def at(self) -> datetime:
        return self.look.now  # type: ignore[no-any-return]

    @fact
    def in_pool_already(self) -> bool:
        same = select(DecisionExpert).where(
            DecisionExpert.name == self.expert.name,
            DecisionExpert.unit == self.expert.unit,
            DecisionExpert.state != "REMOVED",
            DecisionExpert.expert_id != self.expert.expert_id,
        )
        return bool(self.look.query(same.limit(1)))
