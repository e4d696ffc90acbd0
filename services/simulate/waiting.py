"""When a city has nothing left to do: all that was said is read everywhere, and all that was due is done."""

import asyncio
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from services.enforcement.deadline.model import Clock as OfCases
from services.kit.node import Node
from services.registry.deadline.model import Clock as OfRegistry
from services.supervision.certificate.model import FieldAct
from services.supervision.deadline.model import Clock as OfTheCity
from services.supervision.event.model import Source
from services.supervision.warning.monthly import JUDGING, written
from services.supervision.warning.seen import month_of

CLOCKS = {
    "registry": OfRegistry.__table__,
    "enforcement": OfCases.__table__,
    "supervision": OfTheCity.__table__,
}
HEARD = select(Source.node, Source.events)
PENDING = select(FieldAct.__table__.c.key).where(FieldAct.__table__.c.pending).limit(1)
BREATH = 0.01


def heads(nodes: Iterable[Node]) -> tuple[int, ...]:
    """How far every journal is."""
    return tuple(member.head()[0] for node in nodes for member in node.services)


def quiet(nodes: Iterable[Node]) -> bool:
    """Whether everything that was written is published, and read at the city, which reads all that departments say."""
    heard: dict[str, int] = {}
    written: dict[str, int] = {}
    for node in nodes:
        if node.progress.lag():
            return False
        for member in node.services:
            head = member.head()[0]
            if member.relayed != head or not all(member.reactor.current.values()):
                return False
            if member.name == "supervision":
                heard = {name: int(many) for name, many in member.rows(HEARD)}
            written[node.settings.node] = written.get(node.settings.node, 0) + head
    return all(heard.get(name, many) >= many for name, many in written.items())


def is_due(node: Node) -> bool:
    """Whether a clock has to fire, a month to be judged, or an act waits for word of a certificate."""
    for member in node.services:
        table = CLOCKS.get(member.name)
        if table is not None:
            due = select(table.c.key).where(table.c.next_time <= member.now()).limit(1)
            if member.view().one(due) is not None:
                return True
        if member.name == "supervision" and _city_waits(member):
            return True
    return False


def _city_waits(running: Any) -> bool:
    view, now = running.view(), running.now()
    if view.one(PENDING) is not None:
        return True
    row = view.one(select(*JUDGING.c))
    if row is None:
        return False
    again = bool(row.again) and row.again_time <= now
    return not row.ready or again or not row.next_month == row.bound == written(month_of(now))


COUNT = {"due": 0.0, "quiet": 0.0, "n": 0}


async def calm(nodes: Iterable[Node], known: tuple[int, ...] = ()) -> tuple[int, ...]:
    """Wait until nothing is left to do; at once where nothing was written since `known`. How far the journals are then."""
    import time

    nodes = list(nodes)
    before: tuple[int, ...] | None = known or None
    COUNT["n"] += 1
    t0 = t = time.monotonic()
    while True:
        if any(map(is_due, nodes)):
            before, what = None, "due"
        elif (now := heads(nodes)) == before:
            return now
        else:
            before, what = (now if quiet(nodes) else None), "quiet"
        await asyncio.sleep(BREATH)
        COUNT[what] += time.monotonic() - t
        t = time.monotonic()
        if t - t0 > 20:
            print(
                what,
                heads(nodes),
                [
                    (
                        n.settings.node,
                        n.progress.local_last,
                        n.progress.confirmed,
                        is_due(n),
                        [
                            (
                                m.name,
                                m.relayed,
                                {
                                    k: (v.position, m.reactor.current.get(k))
                                    for k, v in m.reactor.marks.items()
                                },
                            )
                            for m in n.services
                        ],
                    )
                    for n in nodes
                ],
            )
            raise TimeoutError
