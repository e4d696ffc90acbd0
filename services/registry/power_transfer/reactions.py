"""Transfers of powers: replicas of what the city recorded."""

from google.protobuf.message import Message
from yifa.registry.v1 import events_pb2 as events

from services.kit.fit import asked
from services.kit.tx import Tx
from services.registry.power_transfer.model import PowerTransfer, transfer_columns
from services.registry.replica import Reaction, of_city


def keep_transfer(event: events.PowersTransferred, tx: Tx) -> None:
    """Keep a transfer; it is recorded once and changes no more."""
    asked(event.transfer, "transfer_id", "effect_time")
    if tx.find(PowerTransfer, event.transfer.transfer_id) is None:
        tx.add(PowerTransfer.new(transfer_id=event.transfer.transfer_id, **transfer_columns(event.transfer)))


REACTIONS: dict[type[Message], Reaction] = {
    events.PowersTransferred: of_city(keep_transfer),
}
