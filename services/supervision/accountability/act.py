"""The acts of a matter of accountability: bound to its procedure, its table, its clocks and its facts."""

from typing import Any

from yifa.supervision.v1 import accountability_pb2 as pb

from services.kit.act import Acts
from services.kit.tx import Tx
from services.law.moment import moment_of
from services.law.procedures.accountability import ACCOUNTABILITY
from services.supervision.accountability.facts import Pursued
from services.supervision.accountability.judging import judge
from services.supervision.accountability.model import Accountability
from services.supervision.accountability.source import source_key
from services.supervision.accountability.telling import tell
from services.supervision.deadline.model import Clock

_STATES = {n: name.removeprefix("ACCOUNTABILITY_STATE_") for name, n in pb.AccountabilityState.items()}


def columns(matter: pb.Accountability) -> dict[str, Any]:
    return {
        "node": matter.node,
        "body_id": matter.body_id,
        "officer_id": matter.officer_id,
        "state": _STATES[matter.state],
        "source_key": source_key(matter),
        "case_id": matter.case_id,
        "case_number": matter.case_number,
        "register_time": moment_of(matter.register_time),
        "version": matter.version,
    }


def then(tx: Tx, record: Any, event: Any) -> None:
    """The department is told what concerns it, and the early warnings look at what was done."""
    tell(tx, record, event)
    judge(tx, tx.get(Accountability, record.accountability_id), record)


act = Acts(
    row=Accountability,
    record=pb.Accountability,
    key="accountability_id",
    procedure=ACCOUNTABILITY,
    facts=Pursued,
    columns=columns,
    clocks=Clock,
    tags=("accountability_id", "case_id"),
    then=then,
)
