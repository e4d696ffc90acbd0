"""Every node says now and then that it is there: the city to all, so that everyone knows how old their knowledge is; a department
to the city, so that its silence is seen.
"""

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
    """For ever, each `heartbeat` seconds (section `registry` of the settings): else 600 at the city, 1200 at a department."""
    at_city = running.around.kind == "city"
    every = float(running.settings.section("registry").get("heartbeat", SECONDS if at_city else 2 * SECONDS))
    while True:
        await asyncio.sleep(every)
        nodes = [row[0] for row in running.rows(NODES)] if at_city else []
        with contextlib.suppress(Busy, Full):
            await running.do((lambda tx, nodes=nodes: beat(tx, nodes)) if at_city else pulse)  # type: ignore[misc]


def beat(tx: Tx, nodes: list[str]) -> None:
    """One heartbeat under every address that a department reads."""
    now = Timestamp()
    now.FromDatetime(tx.now)
    for to in ("all", *(node for node in nodes if node != tx.city)):
        tx.emit(events.RegistryPulsed(pulse_time=now), subject="registry", to=to)


def pulse(tx: Tx) -> None:
    """A department's heartbeat, for the city alone."""
    now = Timestamp()
    now.FromDatetime(tx.now)
    tx.emit(events.DepartmentPulsed(pulse_time=now), subject="registry", to="city")
