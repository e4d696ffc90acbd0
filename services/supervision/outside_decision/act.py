"""The acts of such a decision: bound to its procedure, its table and its facts."""

from typing import Any

from yifa.supervision.v1 import outside_decision_pb2 as pb

from services.kit.act import show_deadlines
from services.kit.clocks import MET, arrange
from services.kit.tx import Tx
from services.law.moment import moment_at, moment_of
from services.law.procedures.outside_decision import CARRY_OUT, OUTSIDE_DECISION
from services.supervision.deadline.model import Clock
from services.supervision.outside_decision.facts import Carrying
from services.supervision.outside_decision.judging import judge
from services.supervision.outside_decision.model import OutsideDecision
from services.supervision.told_unit import ToldUnit

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


def conditions(decision: pb.OutsideDecision) -> frozenset[str]:
    """Of the conclusion of a government inspection a review may be asked for (GIR 17)."""
    inspected = decision.kind == pb.OUTSIDE_BODY_KIND_INSPECTION
    return frozenset({"government_inspection"} if inspected else ())


def by_decision(tx: Tx, row: Clock, decision: pb.OutsideDecision) -> None:
    """The end of the time to carry it out, as the decision says it."""
    due = moment_at(decision, "due_time")
    if row.clock_id != CARRY_OUT or row.state == MET or due is None or row.due_time == due:
        return
    row.due_time, row.provisional = due, False
    arrange(tx, row)


def then(tx: Tx, record: Any, _event: Any) -> None:
    """The early warnings look at what was done."""
    judge(tx, tx.get(OutsideDecision, record.decision_id), record)


def follow_due(tx: Tx, record: pb.OutsideDecision) -> None:
    """The term follows the decision, also where a review changed it."""
    row = tx.find(Clock, f"{record.decision_id}/{CARRY_OUT}")
    if row is not None:
        by_decision(tx, row, record)
        show_deadlines(record, [row])


act = ToldUnit(
    row=OutsideDecision,
    record=pb.OutsideDecision,
    key="decision_id",
    procedure=OUTSIDE_DECISION,
    facts=Carrying,
    columns=columns,
    clocks=Clock,
    conditions=conditions,
    tags=("decision_id",),
    follow=follow_due,
    then=then,
)
