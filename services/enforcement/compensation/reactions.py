"""What a department hears of claims of state compensation for what it did: what came of them stands in its case (SCL 13, 37)."""

from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1.case_compensation_pb2 import CaseCompensation
from yifa.law.v1.law_pb2 import Money
from yifa.supervision.v1 import compensation_pb2 as pb
from yifa.supervision.v1 import events_pb2 as supervision

from services.enforcement.body.reactions import from_city
from services.enforcement.case.act import act
from services.enforcement.case.model import Case
from services.kit.journal import Envelope
from services.kit.reactions import NotItsHome, Reactions
from services.kit.tx import Tx


def on_told(event: Any, tx: Tx, about: Envelope) -> None:
    """Only the city speaks of claims, to the department whose case it is. What the case holds already is not announced again."""
    from_city(tx, about)
    record = event.compensation
    if record.node != tx.node:
        raise NotItsHome(f"{record.compensation_id} is no claim for what {tx.node} did")
    if not record.case_id or tx.find(Case, record.case_id) is None:
        return
    case, joined = act.open(tx, record.case_id), joining(record)
    if put(case, joined):
        act.write(tx, case, events.CompensationJoined())


def joining(record: pb.Compensation) -> CaseCompensation:
    """What a case holds of a claim."""
    said = CaseCompensation(
        compensation_id=record.compensation_id,
        claimant=record.claimant,
        awards=record.decision.awards or record.awarded_fen > 0,
        document=record.remedy.document or record.decision.document,
        awarded=Money(fen=record.awarded_fen),
    )
    for source, target in (
        (record.decision, "decide_time"),
        (record, "pay_time"),
        (record, "restore_time"),
    ):
        if source.HasField(target):
            getattr(said, target).CopyFrom(getattr(source, target))
    if record.HasField("pay_time"):
        said.paid.fen = record.paid_fen
    return said


def put(case: cases.Case, joined: CaseCompensation) -> bool:
    """Put what came of a claim into a case, in the place of what was told before; whether that changed anything."""
    for held in case.compensations:
        if held.compensation_id == joined.compensation_id:
            changed = held != joined
            held.CopyFrom(joined)
            return changed
    case.compensations.append(joined)
    return True


REACTIONS: Reactions = dict.fromkeys(
    (
        supervision.CompensationServed,
        supervision.CompensationRemedyEnded,
        supervision.CompensationPaid,
        supervision.CompensationRestored,
    ),
    on_told,
)
