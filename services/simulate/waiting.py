"""When a city has nothing left to do: all that was said is read everywhere, and all that was due is done."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from services.enforcement.deadline.model import Clock as OfCases
from services.kit.node import Node
from services.registry.deadline.model import Clock as OfRegistry
from services.supervision.certificate.model import FieldAct
from services.supervision.deadline.model import Clock as OfTheCity
from services.supervision.event.model import Source
from services.supervision.rule_of_law_report.turning import due as reports_due
from services.supervision.warning.monthly import JUDGING, written
from services.supervision.warning.seen import month_of

CLOCKS: Mapping[str, Any] = {"registry": OfRegistry, "enforcement": OfCases, "supervision": OfTheCity}
NEXT = {name: select(func.min(kind.next_time).label("at")) for name, kind in CLOCKS.items()}
HEARD: Any = select(Source.node, Source.events)  # type: ignore[call-overload]
PENDING: Any = select(FieldAct.key).where(FieldAct.pending).limit(1)  # type: ignore[call-overload,arg-type]
# Seconds between two looks, and how long a city may take to come to rest.
BREATH, PATIENCE = 0.01, 120.0


@dataclass
class Looked:
    """What was seen of a service after so many of its commits: how far its journal is, and when its next clock fires."""

    mark: int
    head: int
    due: datetime | None


class Watch:
    """Looks at the services of a city; at each again only after it committed something."""

    def __init__(self) -> None:
        self.known: dict[int, Looked] = {}

    def look(self, member: Any) -> Looked:
        known, mark = self.known.get(id(member)), member.mark
        if known is None or known.mark != mark:
            row = member.view().one(NEXT[member.name]) if member.name in NEXT else None
            known = self.known[id(member)] = Looked(mark, member.head()[0], row.at if row else None)
        return known

    async def calm(self, nodes: Iterable[Node]) -> None:
        """Wait until nothing is left to do. Raises TimeoutError when a city does not come to rest."""
        nodes = list(nodes)
        before: tuple[int, ...] | None = None
        async with asyncio.timeout(PATIENCE):
            while True:
                now = tuple(self.look(m).head for node in nodes for m in node.services)
                rest = not any(self.is_due(m) for node in nodes for m in node.services) and self.quiet(nodes)
                if rest and now == before:
                    return
                before = now if rest else None
                await asyncio.sleep(BREATH)

    def is_due(self, member: Any) -> bool:
        """Whether a clock has to fire, a month be judged, a year's reports begin, or an act waits for word of a certificate."""
        due = self.look(member).due
        if due is not None and due <= member.now():
            return True
        return member.name == "supervision" and _city_waits(member)

    def quiet(self, nodes: Iterable[Node]) -> bool:
        """Whether everything that was written is published, and read at the city, which reads all that departments say."""
        heard: dict[str, int] = {}
        said: dict[str, int] = {}
        for node in nodes:
            if node.progress.lag():
                return False
            for member in node.services:
                head = self.look(member).head
                if member.relayed != head or not all(member.reactor.current.values()):
                    return False
                if member.name == "supervision":
                    heard = {name: int(many) for name, many in member.rows(HEARD)}
                said[node.settings.node] = said.get(node.settings.node, 0) + head
        return all(heard.get(name, many) >= many for name, many in said.items())


def _city_waits(running: Any) -> bool:
    view, now = running.view(), running.now()
    if view.one(PENDING) is not None or reports_due(running):
        return True
    row = view.one(select(*JUDGING.c))
    if row is None:
        return False
    again = bool(row.again) and row.again_time <= now
    return not row.ready or again or not row.next_month == row.bound == written(month_of(now))
