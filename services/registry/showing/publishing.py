"""The node's key becomes known to all nodes, so that what it signs is known anywhere."""

import asyncio
from functools import partial

from yifa.registry.v1 import events_pb2 as events

from services.kit.service import Running
from services.kit.signing import LOOK, Signer
from services.kit.tx import Tx
from services.registry.showing.model import ShowingKey, key_proto


async def publish_key(running: "Running") -> None:
    """Announce the key that the node signs with, once for each that it ever has. For ever: another may take its place."""
    published = ""
    while (signer := running.around.signer) is not None:
        if signer.key_id != published:
            await running.do(partial(publish, signer))
            published = signer.key_id
        await asyncio.sleep(LOOK)


def publish(signer: Signer, tx: Tx) -> None:
    if tx.find(ShowingKey, signer.key_id) is not None:
        return
    row = tx.add(
        ShowingKey.new(key_id=signer.key_id, node=tx.node, public_key=signer.public_key, publish_time=tx.now)
    )
    tx.emit(events.ShowingKeyPublished(key=key_proto(row)), subject=signer.key_id, to="all")
