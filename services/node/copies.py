"""What the hub's ALL collected of a node, held against the copy that it collects from.

ALL goes on where it has got to in UP_<node>, by number. Where that stream was lost, or set back to an older copy, other events
come to stand at numbers that ALL has passed, and would never be collected. So a copy that is not the one which ALL collected from
is begun anew above everything that ALL has passed: the node then finds that its stream has not what the hub has, begins it anew
as well, and its journals fill both. What comes again so is known by its readers.
"""

import logging
from dataclasses import dataclass, field
from typing import Any

from nats.aio.client import Client
from nats.js import JetStreamContext, api

from services.kit.bus import NO_STREAM, Refused, asked, get_message, last_of

log = logging.getLogger(__name__)


async def info_of(js: JetStreamContext, stream: str, subjects: str | None = None) -> api.StreamInfo | None:
    """A stream as it stands; None where there is none. Raises BusError."""
    try:
        return await asked(lambda: js.stream_info(stream, subjects_filter=subjects))
    except Refused as error:
        if error.code == NO_STREAM:
            return None
        raise


@dataclass(frozen=True)
class Stood:
    """How a stream stood at the last look: when it was made, and where it ended."""

    created: Any = None
    last: int = -1

    def goes_on(self, info: api.StreamInfo | None) -> bool:
        return info is not None and info.created == self.created and info.state.last_seq >= self.last


@dataclass
class Copies:
    """Which copies of nodes are known to be those that ALL collects from."""

    stood: dict[str, Stood] = field(default_factory=dict)
    connections: int = -1

    async def replaced(self, nc: Client, node: str) -> int:
        """Above which number the node's copy is to be begun anew; 0 where it is the right one. Raises BusError.

        Looked at closely after a start, after the hub was away, and when a stream is younger or shorter than it was.
        """
        js = nc.jetstream(timeout=2)
        here, every = await info_of(js, f"UP_{node}"), await info_of(js, "ALL")
        if (reconnects := int(nc.stats.get("reconnects", 0))) != self.connections:
            self.stood.clear()
            self.connections = reconnects
        known = self.stood.get(node, Stood()).goes_on(here) and self.stood.get("ALL", Stood()).goes_on(every)
        above = 0 if known or every is None else await other_than_collected(nc, js, node, here)
        if not above:
            self.stood[node] = stood(here)
        return above

    def seen(self, every: api.StreamInfo | None) -> None:
        """After all nodes were looked at."""
        self.stood["ALL"] = stood(every)


def stood(info: api.StreamInfo | None) -> Stood:
    return Stood(info.created, info.state.last_seq) if info is not None else Stood()


async def other_than_collected(
    nc: Client, js: JetStreamContext, node: str, here: api.StreamInfo | None
) -> int:
    """The highest number that is used up, where a copy has other events than ALL collected at the same numbers; else 0."""
    highest, other = 0, False
    for service in await services_in(js, node):
        collected = await last_of(nc, "ALL", f"law.*.{node}.{service}.>")
        origin = collected.headers.get("Nats-Stream-Source", "").split(" ") if collected is not None else []
        if collected is None or len(origin) < 2 or not origin[1].isdigit():
            continue
        number = int(origin[1])
        highest = max(highest, number)
        if here is None:
            other = True
        elif number >= here.state.first_seq:
            there = await get_message(nc, f"$JS.API.STREAM.MSG.GET.UP_{node}", seq=number)
            other = other or there is None or there.event_id != collected.event_id
    if not other:
        return 0
    return max(highest, here.state.last_seq if here is not None else 0)


async def services_in(js: JetStreamContext, node: str) -> list[str]:
    """Of which services of a node ALL has anything."""
    info = await info_of(js, "ALL", f"law.*.{node}.>")
    subjects = (info.state.subjects or {}) if info is not None else {}
    return sorted({subject.split(".")[3] for subject in subjects})
