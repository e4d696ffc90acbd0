"""The early warnings that watch decisions from outside look at one, after every act and every term."""

from dataclasses import dataclass
from typing import Any

from yifa.supervision.v1 import outside_decision_pb2 as pb

from services.kit.tx import Tx
from services.supervision.outside_decision.model import OutsideDecision
from services.supervision.warning.catalogue import watching
from services.supervision.warning.runner import end_others, put

TERM = "CLOCK_PASSED"


@dataclass(frozen=True)
class SeenOutsideDecision:
    """A decision from outside as it is on record. `look` is a transaction or a view."""

    look: Any
    view: OutsideDecision
    record: pb.OutsideDecision


def judge(tx: Tx, view: OutsideDecision, record: pb.OutsideDecision) -> None:
    """Raise what is found, settle what is over, and withdraw what is not found any more, as when a review gave more time."""
    seen = SeenOutsideDecision(tx, view, record)
    found = []
    for kind in watching("outside_decision"):
        for finding in kind.find(seen):
            found.append(finding)
            put(tx, kind, view, finding)
    end_others(tx, view.subject, found, [(TERM, each.clock_id) for each in record.deadlines])
