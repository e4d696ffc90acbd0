"""A body's list of those it inspects: their risk class, the white list, who stands aside there."""

from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import inspection_object_pb2 as pb

from services.enforcement.body.model import Body
from services.enforcement.body.own import own_body
from services.enforcement.case.facts import legible
from services.enforcement.inspection.taking import sound_enterprise
from services.enforcement.inspection_object.model import InspectionObject, object_id
from services.kit.refusal import Malformed
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.moment import moment_at, put_moment


@write(loads=(Body, "body_id"))
def put_inspection_object(request: pb.PutInspectionObjectRequest, tx: Tx) -> pb.PutInspectionObjectResponse:
    """Enter an enterprise into a body's list, or say anew how it stands there (国办发〔2015〕58号). Refuses with NOT_FOUND."""
    body = own_body(tx, request.body_id)
    sound_enterprise(request.enterprise)
    for field in ("exempt_from", "exempt_until"):
        if request.HasField(field):
            legible(request, field)
    if request.HasField("exempt_from") and not request.exempt_document.strip():
        said = ("names no paper that puts it on the white list", "未载明列入正面清单的文件")
        raise Malformed({"exempt_document": said})
    key = object_id(body.body_id, request.enterprise.credit_code)
    row = tx.find(InspectionObject, key)
    row = row or tx.add(InspectionObject.new(object_id=key, body_id=body.body_id, version=0, record=b""))
    row.version += 1
    found = pb.InspectionObject(
        object_id=key,
        node=tx.node,
        body_id=body.body_id,
        enterprise=request.enterprise,
        risk=request.risk,
        exempt_from=request.exempt_from if request.HasField("exempt_from") else None,
        exempt_until=request.exempt_until if request.HasField("exempt_until") else None,
        exempt_document=request.exempt_document,
        related_officer_ids=request.related_officer_ids,
        version=row.version,
    )
    put_moment(found.update_time, tx.now)
    row.exempt_from, row.exempt_until = moment_at(found, "exempt_from"), moment_at(found, "exempt_until")
    row.record = found.SerializeToString(deterministic=True)
    tx.emit(events.InspectionObjectListed(inspection_object=found), subject=key)
    return pb.PutInspectionObjectResponse(inspection_object=found)
