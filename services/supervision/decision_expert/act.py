"""The acts of an expert of the pool: bound to their procedure, table and facts."""

from typing import Any

from yifa.supervision.v1 import major_decision_pb2 as pb

from services.kit.act import Acts
from services.law.procedures.decision_expert import DECISION_EXPERT
from services.supervision.decision_expert.facts import Pooled
from services.supervision.decision_expert.model import DecisionExpert

PREFIX = "DX-"
_STATES = {n: name.removeprefix("DECISION_EXPERT_STATE_") for name, n in pb.DecisionExpertState.items()}


def columns(expert: pb.DecisionExpert) -> dict[str, Any]:
    return {
        "state": _STATES[expert.state],
        "name": expert.name,
        "unit": expert.unit,
        "version": expert.version,
    }


act = Acts(
    row=DecisionExpert,
    record=pb.DecisionExpert,
    key="expert_id",
    procedure=DECISION_EXPERT,
    facts=Pooled,
    columns=columns,
    tags=("expert_id",),
)
