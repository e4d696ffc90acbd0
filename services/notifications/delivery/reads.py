"""The delivery log."""

from sqlalchemy import select
from yifa.notifications.v1 import delivery_pb2 as pb
from yifa.notifications.v1 import notification_pb2

from services.kit.rpc import read
from services.kit.view import View
from services.notifications.delivery.model import Delivery, delivery_proto

DELIVERIES = select(*Delivery.__table__.columns)


@read
def list_deliveries(request: pb.ListDeliveriesRequest, view: View) -> pb.ListDeliveriesResponse:
    """The delivery log, newest first."""
    statement = DELIVERIES
    if request.state:
        name = notification_pb2.DeliveryState.Name(request.state).removeprefix("DELIVERY_STATE_")
        statement = statement.where(Delivery.state == name)
    keys = (Delivery.create_time.desc(), Delivery.delivery_id.desc())
    rows, token = view.page(statement, keys, request.page_size, request.page_token)
    return pb.ListDeliveriesResponse(deliveries=map(delivery_proto, rows), next_page_token=token)
