"""The document that entrusts a body: given anew by the same agency."""

from yifa.registry.v1 import body_pb2
from yifa.registry.v1 import events_pb2 as events

from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.procedures.body import BODY
from services.registry.body.facts import BodyFacts
from services.registry.body.model import Body
from services.registry.body.record import changed
from services.registry.lawful import step


@write(loads=(Body, "body_id"))
def renew_entrustment(request: body_pb2.RenewEntrustmentRequest, tx: Tx) -> body_pb2.RenewEntrustmentResponse:
    """Give an entrusted body another document of the same agency (APL 20)."""
    body, given = tx.get(Body, request.body_id), request.entrustment
    detail = body_pb2.EnforcementBody.FromString(body.detail)
    mandator = tx.find(Body, given.entrusting_body_id)
    facts = BodyFacts(tx, body, request)
    body.state = step(BODY.RENEW_ENTRUSTMENT, body.state, facts, body_id=body.body_id)
    detail.entrustment.CopyFrom(given)
    detail.entrustment.entrusting_body_name = mandator.name if mandator else ""
    body.detail = detail.SerializeToString()
    return body_pb2.RenewEntrustmentResponse(body=changed(tx, body, events.EntrustmentRenewed))
