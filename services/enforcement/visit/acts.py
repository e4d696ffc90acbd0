"""Recording a visit to an enterprise that is no inspection."""

from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import visit_pb2 as pb

from services.enforcement.body.model import Body
from services.enforcement.case.facts import when
from services.enforcement.inspection.taking import sound_enterprise
from services.enforcement.party_file.model import FILES
from services.enforcement.visit.facts import Visiting
from services.enforcement.visit.model import Visit
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.party_file import of_visit
from services.law.procedures.visit import VISIT


@write(loads=(Body, "body_id"))
def record_visit(request: pb.RecordVisitRequest, tx: Tx) -> pb.RecordVisitResponse:
    """Record a visit that is no inspection, as a service or for research (国办发〔2024〕54号)."""
    sound_enterprise(request.enterprise)
    at = when(request, "visit_time", tx.now)
    facts = Visiting(tx, request.body_id, request.enterprise.credit_code, at)
    VISIT.step("RECORD_VISIT", None, "", facts)
    body = facts.own_body()
    visit = pb.Visit(
        visit_id=tx.new_id("V-"),
        node=tx.node,
        body_id=request.body_id,
        body_name=body.name if body else "",
        kind=request.kind,
        enterprise=request.enterprise,
        people=request.people,
        purpose=request.purpose,
        recorder=tx.caller.subject,
    )
    put_moment(visit.visit_time, at)
    put_moment(visit.record_time, tx.now)
    record = visit.SerializeToString(deterministic=True)
    code = visit.enterprise.credit_code
    tx.add(Visit.new(visit_id=visit.visit_id, credit_code=code, visit_time=at, record=record))
    FILES.file(tx, of_visit(visit))
    tx.emit(events.VisitRecorded(visit=visit), subject=visit.visit_id, at=at)
    return pb.RecordVisitResponse(visit=visit)
