"""Disputes over jurisdiction: followed from what the departments say, and designated by the city (APL 25, ASR 13)."""

from uuid import NAMESPACE_OID, uuid5

from yifa.enforcement.v1 import case_pb2

from services.kit.tx import Tx
from services.supervision.case.facts import time_in
from services.supervision.case.model import CaseView
from services.supervision.dispute.model import Dispute


def follow(tx: Tx, case: case_pb2.Case) -> None:
    """Bring a dispute to what the snapshot of either of its cases says; they may come in any order."""
    sent = case.transfer
    if not sent.HasField("dispute_time") or case.case_id not in (sent.from_case_id, sent.to_case_id):
        return
    row = tx.find(Dispute, sent.transfer_id)
    if row is not None and case.case_id not in (row.case_id, row.other_case_id):
        return
    row = row or tx.add(
        Dispute.new(
            dispute_id=sent.transfer_id,
            state="DISPUTED",
            case_id=sent.from_case_id,
            node=sent.from_node,
            case_number=sent.from_case_number,
            other_case_id=sent.to_case_id,
            other_node=sent.to_node,
            cause=sent.dispute_cause,
            open_time=time_in(sent, "dispute_time"),
            version=0,
        )
    )
    refer_time, settle_time = time_in(sent, "refer_time"), time_in(sent, "settle_time")
    if (row.refer_time or refer_time, row.settle_time or settle_time) != (row.refer_time, row.settle_time):
        row.refer_time, row.settle_time = row.refer_time or refer_time, row.settle_time or settle_time
        row.version += 1
    stand(row)


def stand(row: Dispute) -> None:
    """The state that follows from what was done, whatever was heard of first."""
    if row.designate_time is not None:
        row.state = "DESIGNATED"
    elif row.settle_time is not None:
        row.state = "SETTLED"
    else:
        row.state = "REFERRED" if row.refer_time is not None else "DISPUTED"


def twice_id(case_id: str) -> str:
    """The id of the dispute about a case that another department filed first: always the same."""
    return f"J-{uuid5(NAMESPACE_OID, case_id)}"


def twice(tx: Tx, case_id: str, first: str = "") -> tuple[str, Dispute | None]:
    """The dispute about a case that was filed twice, and its id: the last one, unless that was designated between others.

    Whoever is heard of after a designation begins another, which is named after the one before.
    """
    name = twice_id(case_id)
    while (row := tx.find(Dispute, name)) is not None and row.designate_time is not None:
        if first in (row.case_id, row.other_case_id):
            break
        name = twice_id(name)
    return name, row


def open_twice(tx: Tx, first: CaseView, second: CaseView, cause: str) -> None:
    """Two departments filed one act: it is to be said which of them handles it."""
    name, row = twice(tx, second.case_id, first.case_id)
    row = row or tx.add(Dispute.new(dispute_id=name, open_time=tx.now, version=0))
    if row.designate_time is None:
        row.case_id, row.node, row.case_number = first.case_id, first.node, first.case_number
        row.other_case_id, row.other_node = second.case_id, second.node
        row.other_case_number, row.cause, row.settle_time = second.case_number, cause, None
        stand(row)


def settle_twice(tx: Tx, case_id: str) -> None:
    """One of the two was given up."""
    _, row = twice(tx, case_id)
    if row is not None and row.settle_time is None:
        row.settle_time, row.version = tx.now, row.version + 1
        stand(row)
