"""Who is not heard: a department that says nothing for long is cut off, stopped or kept quiet, and that is a finding."""

import asyncio
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlmodel import select as rows_of

from services.kit.refusal import Busy, Full
from services.kit.service import Running
from services.kit.tx import Tx
from services.supervision.event.model import Source
from services.supervision.warning.model import Warning
from services.supervision.warning.runner import OPEN, SETTLED, end, raise_of_node
from services.supervision.warning.seen import SeenSilence

log = logging.getLogger(__name__)
SECONDS = 3600.0
"""Three of a department's heartbeats (services/registry/heartbeat)."""
PAUSE = 5.0
SILENCE = "silence"
FRESH = 30.0
"""Who has not looked at the hub for so long hears nobody, and finds nobody silent."""
HEARD = select(Source.node, Source.events).where(Source.node != "*")
FOUND = select(Warning.node).where(Warning.rule_id == "SILENT", Warning.state == OPEN)


@dataclass
class Listening:
    """Since when each node has said nothing, by a clock that neither leaps nor is set; how much it had said before."""

    said: dict[str, tuple[int, float]] = field(default_factory=dict)

    def silent(self, counts: Mapping[str, int], now: float, limit: float) -> dict[str, int]:
        """The nodes that have said nothing for longer than the limit, each with how much it had said."""
        for node, events in counts.items():
            if self.said.get(node, (None, 0.0))[0] != events:
                self.said[node] = events, now
        return {node: n for node, (n, since) in self.said.items() if node in counts and now - since > limit}


async def note_silence(running: Running) -> None:
    """For ever. `silence` seconds in the section `supervision` of the settings; 3600 otherwise. Of who is named `former` there,
    as the file says now, nobody waits to hear.
    """
    limit = float(running.settings.section("supervision").get("silence", SECONDS))
    listening = Listening()
    while True:
        await asyncio.sleep(min(PAUSE, limit / 4))
        if not hears(running):
            listening = Listening()
            continue
        try:
            unheard = {
                running.around.city,
                *running.settings.fresh().section("supervision").get("former", ()),
            }
            counts = {node: int(n) for node, n in running.rows(HEARD) if node not in unheard}
            silent = listening.silent(counts, time.monotonic(), limit)
            if silent.keys() != {node for (node,) in running.rows(FOUND)}:
                await running.of_itself(SILENCE, partial(bring_in_line, silent=silent, limit=limit))
        except (Busy, Full, DBAPIError) as problem:
            log.warning("%s: who is silent waits: %s", running.title, problem)


def hears(running: Running) -> bool:
    """Whether this node reads from the hub: else it is itself that is cut off."""
    looked = [at for source, at in running.reactor.updated.items() if source != "local"]
    return all(time.time() - at < FRESH for at in looked)


def bring_in_line(tx: Tx, silent: Mapping[str, int], limit: float) -> None:
    """Raise what is found, and settle it of whoever speaks again."""
    for row in tx.query(rows_of(Warning).where(Warning.rule_id == "SILENT", Warning.state == OPEN)):
        if row.node not in silent:
            end(tx, row, SETTLED)
    for node, events in silent.items():
        source = tx.find(Source, node)
        last = source.last_event_time if source is not None else None
        raise_of_node(tx, "silence", SeenSilence(node, events, last, limit, tx.now))
