"""Trying again by hand."""

from yifa.notifications.v1 import delivery_pb2 as pb

from services.kit.rpc import write
from services.kit.time import wall
from services.kit.tx import Tx
from services.notifications.delivery.model import Delivery, delivery_proto
from services.notifications.delivery.process import step


@write(loads=(Delivery, "delivery_id"))
def retry_delivery(request: pb.RetryDeliveryRequest, tx: Tx) -> pb.RetryDeliveryResponse:
    """Begin a new series of attempts for a delivery that was given up."""
    delivery = tx.get(Delivery, request.delivery_id)
    delivery.state = step("RETRY", delivery.state, delivery.delivery_id)
    delivery.attempts = 0
    delivery.next_attempt_time = wall()
    delivery.version += 1
    return pb.RetryDeliveryResponse(delivery=delivery_proto(delivery))
