"""The node's key becomes known to all nodes, so that what it signs is known anywhere."""

from yifa.registry.v1 import events_pb2 as events

from services.kit.service import Running
from services.kit.tx import Tx
from services.registry.showing.model import ShowingKey, key_proto


async def publish_key(running: "Running") -> None:
    """Announce the key that the node signs with, once for each key that it ever has."""
    signer = running.around.signer
    if signer is None:
        return

    def publish(tx: Tx) -> None:
        if tx.find(ShowingKey, signer.key_id) is not None:
            return
        row = tx.add(
            ShowingKey.new(
                key_id=signer.key_id, node=tx.node, public_key=signer.public_key, publish_time=tx.now
            )
        )
        tx.emit(events.ShowingKeyPublished(key=key_proto(row)), subject=signer.key_id, to="all")

    await running.do(publish)
