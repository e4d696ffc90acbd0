"""The city tells all now and then that it has nothing to tell, so that everyone knows how old their knowledge is."""

import asyncio
import contextlib

from google.protobuf.timestamp_pb2 import Timestamp
from sqlalchemy import distinct, select
from yifa.registry.v1 import events_pb2 as events

from services.kit.refusal import Busy, Full
from services.kit.service import Running
from services.kit.tx import Tx
from services.registry.body.model import Body

SECONDS = 600.0
NODES = select(distinct(Body.node))


async def keep_beating(running: Running) -> None:
    """At the city, for ever. `heartbeat` seconds in the section `registry` of the settings; 600 otherwise."""
    if running.around.kind != "city":
        return
    every = float(running.settings.section("registry").get("heartbeat", SECONDS))
    while True:
        await asyncio.sleep(every)
        nodes = [row[0] for row in running.rows(NODES)]
        with contextlib.suppress(Busy, Full):
            await running.do(lambda tx, nodes=nodes: beat(tx, nodes))  # type: ignore[misc]


def beat(tx: Tx, nodes: list[str]) -> None:
    """One heartbeat under every address that a department reads."""
    now = Timestamp()
    now.FromDatetime(tx.now)
    for to in ("all", *(node for node in nodes if node != tx.city)):
        tx.emit(events.RegistryPulsed(pulse_time=now), subject="registry", to=to)
