"""The unit that prepares a decision, and those that carry it out: as the city's registry knows them, never as somebody says."""

from typing import Any

from yifa.supervision.v1 import major_decision_pb2 as pb

from services.kit.tx import Tx
from services.supervision.body.model import Body
from services.supervision.normative_document.maker import acts_for


def put_unit(decision: pb.MajorDecision, body_id: str, tx: Tx) -> None:
    """Who prepares it. Without a body it is the office of the government; what the registry does not know has no node."""
    decision.body_id, decision.body_name, decision.node = body_id, "", ""
    if not body_id:
        decision.node, decision.body_name = tx.city, tx.parameters.numbering().government
        return
    body = tx.find(Body, body_id)
    if body is not None and body.confirmed:
        decision.body_name, decision.node = body.name, body.node


def put_executors(decision: pb.MajorDecision, body_ids: Any, tx: Tx) -> None:
    """Who carries it out; a body that the registry does not know has no name."""
    del decision.executors[:]
    for body_id in body_ids:
        body = tx.find(Body, body_id)
        known = body is not None and body.confirmed
        decision.executors.add(
            body_id=body_id, name=body.name if known else "", node=body.node if known else ""
        )


def of_unit(look: Any, decision: pb.MajorDecision) -> bool:
    return bool(decision.node) and acts_for(look, decision.body_id)


def executes(look: Any, decision: pb.MajorDecision) -> bool:
    """Whether who calls acts for a unit that carries it out."""
    units = [each.body_id for each in decision.executors if each.node]
    return any(acts_for(look, unit) for unit in (*units, *(("",) if decision.of_office else ())))


def nodes_of(decision: pb.MajorDecision) -> str:
    """The nodes of all of them, each between bars."""
    nodes = {decision.node, *(each.node for each in decision.executors)} - {""}
    return "".join(f"|{node}" for node in sorted(nodes)) + "|" if nodes else ""
