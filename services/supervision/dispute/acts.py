"""Designating who handles a disputed matter (APL 25(2), ASR 13)."""

from datetime import datetime

from yifa.supervision.v1 import dispute_pb2
from yifa.supervision.v1 import events_pb2 as events

from services.kit.refusal import Malformed
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.procedure import whole
from services.law.procedures.jurisdiction import JURISDICTION, DisputeFacts, DisputeRecord
from services.law.rule import Unknown
from services.supervision.case.model import CaseView
from services.supervision.dispute.clock import stop_clocks
from services.supervision.dispute.messages import dispute_message
from services.supervision.dispute.model import Dispute
from services.supervision.warning.runner import address


class Designation(DisputeFacts):
    """What the city knows of a dispute: which case would not go on, as it last heard of it."""

    def __init__(self, tx: Tx, row: Dispute, yielding_case_id: str) -> None:
        self.now, self.view = tx.now, tx.find(CaseView, yielding_case_id)
        self.record = DisputeRecord(
            row.dispute_id, row.case_id, row.other_case_id, yielding_case_id=yielding_case_id
        )

    def at(self) -> datetime:
        return self.now

    def first_case_id(self) -> str:
        """Who filed first is what the agencies agree on; the superior is free of it."""
        raise Unknown

    def yielding_decided(self) -> bool:
        """One that the city never heard of was not decided as far as anybody can say, and waits for the designation."""
        return self.view is not None and self.view.case().HasField("decision")


whole(Designation)


@write(loads=(Dispute, "dispute_id"))
def designate_jurisdiction(
    request: dispute_pb2.DesignateJurisdictionRequest, tx: Tx
) -> dispute_pb2.DesignateJurisdictionResponse:
    """Say who handles a disputed matter (APL 25(2), ASR 13). Refuses with NOT_FOUND, ACT_NOT_OPEN, CASE_DECIDED."""
    row = designate(tx, request)
    return dispute_pb2.DesignateJurisdictionResponse(dispute=dispute_message(row))


def designate(tx: Tx, request: dispute_pb2.DesignateJurisdictionRequest) -> Dispute:
    """Say which of the two cases goes on, and tell both departments. Raises Missing, Malformed, Unlawful."""
    row = tx.get(Dispute, request.dispute_id)
    if request.case_id not in (row.case_id, row.other_case_id):
        raise Malformed({"case_id": ("is no case of this dispute", "不是该争议所涉的案件")})
    other = row.case_id if request.case_id == row.other_case_id else row.other_case_id
    facts = Designation(tx, row, other)
    target = JURISDICTION.step("DESIGNATE", facts.record, row.state, facts).target
    row.state, row.designated_case_id, row.designate_time = target, request.case_id, tx.now
    row.opinion, row.document_number = request.opinion, request.document_number
    row.version += 1
    stop_clocks(tx, row)
    event = events.JurisdictionDesignated(dispute=dispute_message(row))
    for node in dict.fromkeys((row.node, row.other_node)):
        tx.emit(event, subject=row.dispute_id, to=address(tx, node))
    return row
