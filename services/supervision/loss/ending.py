"""What was missing of a journal and came after all: the warnings of it end by themselves."""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from yifa.supervision.v1 import events_pb2 as events

from services.kit.refusal import Busy, Full
from services.kit.service import Running
from services.kit.tx import Tx
from services.supervision.event.model import Received
from services.supervision.warning.model import Warning
from services.supervision.warning.runner import OPEN, SETTLED, end, warning_id

log = logging.getLogger(__name__)
PAUSE = 2.0
GAPS = "gaps"
RECEIVED: Any = Received.__table__  # type: ignore[attr-defined]
FOUND = select(Warning.warning_id).where(Warning.rule_id == "CHAIN", Warning.state == OPEN)
BROKEN = events.ChainBroken.DESCRIPTOR.full_name
HEALS = {events.CHAIN_FAULT_GAP: "GAP", events.CHAIN_FAULT_LATE: "LATE"}


@dataclass
class Gaps:
    """The open warnings that are known, each with what is missing before which entry; None for what does not heal."""

    known: dict[str, events.ChainBroken | None] = field(default_factory=dict)

    def look(self, running: Running) -> list[str]:
        """The warnings of which nothing is missing any more."""
        found = [name for (name,) in running.rows(FOUND)]
        self.known = {name: self.known.get(name) for name in found if name in self.known}
        if any(name not in self.known for name in found):
            self.learn(running, found)
        return [name for name, gap in self.known.items() if gap is not None and whole(running, gap)]

    def learn(self, running: Running, found: Iterable[str]) -> None:
        """What each of these warnings is about: the event that was announced with it says so."""
        self.known = dict.fromkeys(found)
        mine = select(RECEIVED.c.data).where(
            RECEIVED.c.node == running.around.city, RECEIVED.c.type == BROKEN
        )
        for (data,) in running.rows(mine):
            gap = events.ChainBroken.FromString(data)
            about = f"{gap.service}/{gap.journal_seq}/{gap.expected_count}"
            name = warning_id(HEALS.get(gap.fault, ""), gap.node, about)
            if name in self.known:
                self.known[name] = gap


def whole(running: Running, gap: events.ChainBroken) -> bool:
    """Whether every entry of the journal up to there was received."""
    wanted = select(func.count(func.distinct(RECEIVED.c.journal_seq))).where(
        RECEIVED.c.node == gap.node,
        RECEIVED.c.service == gap.service,
        RECEIVED.c.journal_seq <= gap.journal_seq,
    )
    [[count]] = running.rows(wanted)
    return bool(count >= gap.journal_seq)


async def end_gaps(running: Running) -> None:
    """For ever."""
    gaps = Gaps()
    while True:
        await asyncio.sleep(PAUSE)
        try:
            if healed := gaps.look(running):
                await running.of_itself(GAPS, partial(settle, ids=healed))
        except (Busy, Full, DBAPIError) as problem:
            log.warning("%s: which gaps are filled waits: %s", running.title, problem)


def settle(tx: Tx, ids: Iterable[str]) -> None:
    for name in ids:
        end(tx, tx.find(Warning, name), SETTLED)
