"""The acts of a major decision: bound to its procedure, its table and its facts."""

from datetime import datetime
from typing import Any

from yifa.supervision.v1 import major_decision_pb2 as pb

from services.kit.tx import Tx
from services.law.moment import moment_at, moment_of
from services.law.procedures.major_decision import MAJOR_DECISION
from services.supervision.major_decision.facts import DoneDecision
from services.supervision.major_decision.model import MajorDecision
from services.supervision.major_decision.responsibility import write_down
from services.supervision.major_decision.unit import nodes_of
from services.supervision.told_unit import ToldUnit

PREFIX = "MD-"
_STATES = {n: name.removeprefix("MAJOR_DECISION_STATE_") for name, n in pb.MajorDecisionState.items()}
_LASTING = frozenset({pb.MAJOR_DECISION_STATE_EXECUTING, pb.MAJOR_DECISION_STATE_SUSPENDED})


def columns(decision: pb.MajorDecision) -> dict[str, Any]:
    lasting = decision.state in _LASTING
    due = moment_at(decision, "report_due_time") if lasting else None
    listed = bool(decision.consent_document) and decision.state != pb.MAJOR_DECISION_STATE_UNLISTED
    return {
        "state": _STATES[decision.state],
        "body_id": decision.body_id,
        "nodes": nodes_of(decision),
        "year": decision.year,
        "title": decision.title,
        "catalogued": listed,
        "list_time": moment_of(decision.list_time),
        "public_time": None if decision.withheld else moment_at(decision, "publish_time"),
        "report_due_time": due,
        "turn_time": None if decision.HasField("remind_time") else due,
        "version": decision.version,
    }


class Acting(ToldUnit):
    """The unit is told what concerns it, and what each person did is written down for life."""

    def announce(
        self,
        tx: Tx,
        record: Any,
        kept: bytes,
        event: Any,
        at: datetime | None = None,
        to: str | None = None,
    ) -> None:
        super().announce(tx, record, kept, event, at, to)
        write_down(tx, record)


act = Acting(
    row=MajorDecision,
    record=pb.MajorDecision,
    key="decision_id",
    procedure=MAJOR_DECISION,
    facts=DoneDecision,
    columns=columns,
    tags=("decision_id",),
)
