"""Whether this node holds training for a body, or for the city."""

from yifa.registry.v1 import training_pb2 as messages

from services.kit.tx import Tx
from services.law.procedures.officer import OfficerFacts, body_confirmed
from services.law.procedures.training import TrainingFacts
from services.registry.body.model import Body
from services.registry.lawful import require


def organiser(tx: Tx, body_id: str, kind: int = messages.TRAINING_KIND_UNSPECIFIED) -> TrainingFacts:
    """Whether this node holds training for a body, or for the city. Raises Missing, Unlawful for a withdrawn body."""
    at_city = tx.node == tx.city
    if not body_id:
        return TrainingFacts(by_organiser=at_city)
    body = tx.get(Body, body_id)
    require((body_confirmed,), OfficerFacts(body_confirmed=body.state != "WITHDRAWN"), body_id=body_id)
    return TrainingFacts(by_organiser=body.node == tx.node and kind != messages.TRAINING_KIND_CITY)
