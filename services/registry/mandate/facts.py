"""How the document that entrusts a body stands."""

from datetime import UTC

from yifa.registry.v1 import body_pb2, power_pb2

from services.kit.tx import Tx
from services.law.procedures.body import MAY_ENFORCE, BodyFacts
from services.registry.body.model import Body
from services.registry.power.model import PowerItem

ENTRUSTED = body_pb2.BODY_KIND_ENTRUSTED


MANDATORS = {body_pb2.BODY_KIND_AGENCY, body_pb2.BODY_KIND_TOWNSHIP}


def mandate_facts(kind: int, given: body_pb2.Entrustment | None, mandator: Body | None, tx: Tx) -> BodyFacts:
    """How the document that entrusts a body stands."""
    lasts = given is None or (
        given.from_time.ToNanoseconds() < given.until_time.ToNanoseconds()
        and given.until_time.ToDatetime(tzinfo=UTC) > tx.now
    )
    acts = mandator is not None and mandator.state in MAY_ENFORCE and mandator.kind in MANDATORS
    items = [tx.find(PowerItem, item_id) for item_id in given.item_ids] if given else []
    own = [i for i in items if i is not None and mandator is not None and i.body_id == mandator.body_id]
    return BodyFacts(
        entrusted=kind == ENTRUSTED,
        mandate=given is not None,
        mandate_lasts=lasts,
        mandator_acts=given is None or acts,
        mandate_inside=len(own) == len(items) and (bool(items) or not has_list(mandator)),
        coercion=tuple(i.item_id for i in own if i.kind == power_pb2.POWER_KIND_COERCION),
    )


def has_list(body: Body | None) -> bool:
    """Whether a body's power list was ever published."""
    return body is not None and body_pb2.EnforcementBody.FromString(body.detail).power_list_version > 0


def of_mandator(given: body_pb2.Entrustment | None) -> dict[str, str]:
    return {"entrusting_body_id": given.entrusting_body_id} if given else {}
