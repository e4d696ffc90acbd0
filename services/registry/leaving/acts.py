"""An officer leaves enforcement work."""

from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import officer_pb2 as asked

from services.kit.refusal import Malformed
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.procedures.officer import ROSTER
from services.registry.lawful import admit
from services.registry.officer.facts import Staff
from services.registry.officer.model import Officer, officer_announced, officer_proto, since
from services.registry.request import moment_in


@write(loads=(Officer, "officer_id"))
def record_leaving(request: asked.RecordLeavingRequest, tx: Tx) -> asked.RecordLeavingResponse:
    """End an officer's enforcement work; the city cancels the certificates as of that moment (MOT-CERT 25)."""
    officer = tx.get(Officer, request.officer_id)
    left = moment_in(request, "leave_time", tx.now)
    admit(ROSTER.RECORD_LEAVING, Staff(tx, officer), officer_id=officer.officer_id)
    if not since(officer) <= left <= tx.now:
        said = ("lies before the officer came, or is to come", "早于该人员到任时间或者晚于当前时间")
        raise Malformed({"leave_time": said})
    officer.leave_time, officer.leave_cause = left, request.cause
    officer.version += 1
    tx.emit(events.OfficerLeft(officer=officer_announced(officer)), subject=officer.officer_id)
    return asked.RecordLeavingResponse(officer=officer_proto(officer))
