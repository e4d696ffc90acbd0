"""What a department hears of its inspections from the city: a code, why there is none, and which visits could be joined."""

from typing import Any

from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import inspection_pb2 as pb
from yifa.supervision.v1 import events_pb2 as supervision

from services.enforcement.body.reactions import from_city
from services.enforcement.inspection.act import act
from services.enforcement.inspection.model import Inspection, JointProposal
from services.kit.act import Do
from services.kit.journal import Envelope
from services.kit.reactions import Reactions
from services.kit.tx import Tx
from services.law.moment import moment_of
from services.law.procedures.inspection import INSPECTION


def waiting(tx: Tx, inspection_id: str, act_name: str) -> pb.Inspection | None:
    """The inspection, if it still waits for an answer: it may have been called off meanwhile, or have its code."""
    row = tx.find(Inspection, inspection_id)
    if row is None:
        return None
    record = pb.Inspection.FromString(row.record)
    open_now = INSPECTION.goes_by(record).move(act_name, row.state) is not None
    return record if open_now and not record.code.code else None


def on_issued(event: supervision.InspectionCodeIssued, tx: Tx, about: Envelope) -> None:
    """Only the city gives a code."""
    from_city(tx, about)
    if (record := waiting(tx, event.inspection_id, "TAKE_CODE")) is not None:
        record.code.CopyFrom(event.code)
        act.do(tx, INSPECTION.TAKE_CODE, record, event, coded)


def coded(_event: Any, _record: pb.Inspection, _do: Do) -> events.InspectionCoded:
    return events.InspectionCoded()


def on_withheld(event: supervision.InspectionCodeWithheld, tx: Tx, about: Envelope) -> None:
    """Why there is no code, and what would mend it, stands in the record until it is asked for again."""
    from_city(tx, about)
    if (record := waiting(tx, event.inspection_id, "TAKE_REFUSAL")) is not None:
        del record.withheld[:]
        record.withheld.extend(event.reasons)
        act.do(tx, INSPECTION.TAKE_REFUSAL, record, event, refused)


def refused(_event: Any, _record: pb.Inspection, _do: Do) -> events.InspectionCodeRefused:
    return events.InspectionCodeRefused()


def on_proposed(event: supervision.JointInspectionProposed, tx: Tx, about: Envelope) -> None:
    """Only the city joins the plans of departments."""
    from_city(tx, about)
    proposal = event.proposal
    row = tx.find(JointProposal, proposal.proposal_id)
    if row is None:
        row = tx.add(
            JointProposal.new(proposal_id=proposal.proposal_id, version=-1, credit_code="", record=b"")
        )
    if row.version >= proposal.version:
        return
    row.credit_code, row.version = proposal.enterprise.credit_code, proposal.version
    row.body_ids = tuple(side.body_id for side in proposal.sides)
    row.from_time, row.until_time = moment_of(proposal.from_time), moment_of(proposal.until_time)
    row.record = proposal.SerializeToString(deterministic=True)


REACTIONS: Reactions = {
    supervision.InspectionCodeIssued: on_issued,
    supervision.InspectionCodeWithheld: on_withheld,
    supervision.JointInspectionProposed: on_proposed,
}
