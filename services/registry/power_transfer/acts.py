"""Powers go from one body to another that both go on (APL 18, 24)."""

from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import power_pb2
from yifa.registry.v1 import power_transfer_pb2 as pb

from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.power_transfer import POWER_TRANSFER
from services.registry.basic_information.clock import POWERS, changed
from services.registry.body.model import Body
from services.registry.lawful import admit
from services.registry.power.record import remove
from services.registry.power_list.succession import take_over
from services.registry.power_transfer.facts import PowerTransferFacts
from services.registry.power_transfer.model import PowerTransfer, transfer_columns


@write(loads=(Body, "from_body_id"))
def transfer_powers(request: pb.TransferPowersRequest, tx: Tx) -> pb.TransferPowersResponse:
    """Record that powers went over: from that moment the former body has them no more, and the receiver has them."""
    former, receiver = tx.get(Body, request.from_body_id), tx.get(Body, request.to_body_id)
    facts = PowerTransferFacts(tx, request)
    admit(POWER_TRANSFER.TRANSFER_POWERS, facts, from_body_id=former.body_id)
    at = facts.effect_time()
    transfer = pb.PowerTransfer(
        transfer_id=tx.new_id("PT-"),
        kind=request.kind,
        from_body_id=former.body_id,
        from_body_name=former.name,
        to_body_id=receiver.body_id,
        to_body_name=receiver.name,
        decision=request.decision,
    )
    put_moment(transfer.effect_time, at)
    put_moment(transfer.record_time, tx.now)
    for row in facts.rows:
        item = power_pb2.PowerItem.FromString(row.record)
        remove(tx, row, item, at)
        taken = take_over(tx, item, receiver, at)
        transfer.items.add(item_id=item.item_id, new_item_id=taken.item_id, code=item.code, name=item.name)
    tx.add(PowerTransfer.new(transfer_id=transfer.transfer_id, **transfer_columns(transfer)))
    tx.emit(events.PowersTransferred(transfer=transfer), subject=transfer.transfer_id, to="all")
    for body in (former, receiver):
        changed(tx, body, POWERS, at)
    return pb.TransferPowersResponse(transfer=transfer)
