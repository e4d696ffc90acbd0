"""The acts of a request for help: bound to its procedure, its table, its clocks and its facts."""

from typing import Any

from yifa.enforcement.v1 import assistance_pb2 as pb

from services.enforcement.assistance.facts import Asked
from services.enforcement.assistance.model import Assistance
from services.enforcement.deadline.model import Clock
from services.kit.act import Acts
from services.law.procedures.assistance import ASSISTANCE

_STATES = {number: name.removeprefix("ASSISTANCE_STATE_") for name, number in pb.AssistanceState.items()}


def columns(record: pb.Assistance) -> dict[str, Any]:
    return {
        "case_id": record.case_id,
        "node": record.node,
        "to_node": record.to_node,
        "state": _STATES[record.state],
        "version": record.version,
    }


act = Acts(
    row=Assistance,
    record=pb.Assistance,
    key="assistance_id",
    procedure=ASSISTANCE,
    facts=Asked,
    columns=columns,
    clocks=Clock,
    tags=("assistance_id", "case_id"),
)
