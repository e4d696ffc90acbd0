"""The acts of such a decision: bound to its procedure, its table and its facts."""

from datetime import datetime
from typing import Any

from yifa.supervision.v1 import outside_decision_pb2 as pb

from services.kit.act import Acts
from services.kit.tx import Tx
from services.law.moment import moment_of
from services.law.procedures.outside_decision import OUTSIDE_DECISION
from services.supervision.normative_document.act import to_node
from services.supervision.outside_decision.facts import Carrying
from services.supervision.outside_decision.model import OutsideDecision

PREFIX = "OD-"
_STATES = {n: name.removeprefix("OUTSIDE_DECISION_STATE_") for name, n in pb.OutsideDecisionState.items()}


def columns(decision: pb.OutsideDecision) -> dict[str, Any]:
    return {
        "state": _STATES[decision.state],
        "node": decision.node,
        "body_id": decision.body_id,
        "number": decision.document_number,
        "register_time": moment_of(decision.register_time),
        "version": decision.version,
    }


class Acting(Acts):
    """The unit is told what concerns it."""

    def announce(
        self,
        tx: Tx,
        record: Any,
        kept: bytes,
        event: Any,
        at: datetime | None = None,
        to: str | None = None,
    ) -> None:
        super().announce(tx, record, kept, event, at, to_node(tx, record.node, event))


act = Acting(
    row=OutsideDecision,
    record=pb.OutsideDecision,
    key="decision_id",
    procedure=OUTSIDE_DECISION,
    facts=Carrying,
    columns=columns,
    tags=("decision_id",),
)
