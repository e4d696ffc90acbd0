"""Reading the events of all departments straight from the hub, with a key that can do nothing else.

The key may ask the stream ALL for messages (`DIRECT.GET`), which changes nothing at the hub: it makes no consumer, publishes to
no node, and hears no answer but its own. Whoever holds it keeps the position, and checks the chains himself.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from services.kit.arrival import Misplaced, Unreadable, read_event
from services.kit.bus import BusError, Unavailable, asked
from services.kit.connection import Connection, connect
from services.kit.dial import Trust, context
from services.kit.journal import Envelope
from services.kit.journal import headers as headers_of
from services.kit.reader import Delivery
from services.kit.signature import Keys
from services.node.nats.conf import WATCH_GET, WATCH_INBOX
from services.node.plan import Plan

BATCH = 256
PAUSE = 0.5
WITHIN = 5.0
LAST, NOTHING = "204", "404"
"""How the server says that a batch is over, and that nothing follows."""


async def at_hub(plan: Plan, name: str, key: str = "watch") -> Connection:
    """A connection to the hub with one of its keys. Raises what connecting does."""
    inbox = {"inbox_prefix": WATCH_INBOX} if key == "watch" else {}
    seed = (plan.keys / "hub" / f"{key}.nk").read_text().strip()
    tls = context(Trust(plan.trust("hub").authority))
    return await connect(plan.hub_urls, nkey_seed=seed, name=name, tls=tls, **inbox)


@dataclass(frozen=True)
class Told:
    """One message of ALL: its place there, and the event in it; and what is wrong with it, without one or beside it."""

    position: int
    sender: str
    event: Envelope | None = None
    wrong: str = ""


@dataclass
class Heads:
    """The last entry seen of each journal to each addressee, so that what was changed, left out or told twice shows."""

    keys: Keys
    seen: dict[tuple[str, str, str], Envelope] = field(default_factory=dict)

    def fault(self, e: Envelope) -> str:
        """What is wrong with an event, given those before it; empty where nothing is."""
        key = (e.node, e.service, e.to)
        last = self.seen.get(key)
        self.seen[key] = e
        if not e.sealed():
            return "its hash is not the hash of its content"
        if why := self.keys.fault(e, e.signature, e.at):
            return why
        if last is None or e.count == last.count + 1:
            return ""
        return f"number {last.count + 1} to {e.to} was expected, {e.count} came"


async def events_at_hub(nc: Connection, after: int = 0) -> AsyncIterator[Told]:
    """Every message of ALL after a position, and then as they come, for ever. Goes on after a failure of the hub."""
    while True:
        batch: list[Told] = []
        with suppress(BusError):
            batch = await page(nc, after)
        for told in batch:
            after = told.position
            yield told
        if not batch:
            await asyncio.sleep(PAUSE)


async def page(nc: Connection, after: int) -> list[Told]:
    """The next messages after a position, at most so many at once. Raises BusError."""
    return [told_by(message) for message in await fetched(nc, after)]


async def fetched(nc: Connection, after: int) -> list[Any]:
    """The same as the hub has them."""
    arrived: asyncio.Queue[Any] = asyncio.Queue()
    inbox = f"{WATCH_INBOX}.{nc.new_inbox().rpartition('.')[2]}"
    subscription = await asked(lambda: nc.subscribe(inbox, cb=arrived.put))
    wanted = json.dumps({"seq": after + 1, "next_by_subj": "law.>", "batch": BATCH}).encode()
    found: list[Any] = []
    try:
        await asked(lambda: nc.publish(WATCH_GET, wanted, reply=inbox))
        async with asyncio.timeout(WITHIN):
            while (message := await arrived.get()).headers.get("Status", "") not in (LAST, NOTHING):
                if "Nats-Sequence" not in message.headers:
                    raise Unavailable(f"the hub answered {dict(message.headers)}")
                found.append(message)
    except TimeoutError:
        if not found:
            raise Unavailable("the hub does not answer") from None
    finally:
        with suppress(BusError):
            await asked(subscription.unsubscribe)
    return found


def told_by(message: Any) -> Told:
    """A message as `DIRECT.GET` gives it: where it stood is told by headers."""
    headers = dict(message.headers)
    position, subject = int(headers["Nats-Sequence"]), headers.get("Nats-Subject", "")
    tokens = subject.split(".", 4)
    if len(tokens) < 5:
        return Told(position, "", wrong=f"its subject is {subject}")
    _, to, sender, service, kind = tokens
    delivery = Delivery(position, subject, to, sender, service, kind, headers, message.data)
    try:
        event = read_event(delivery, "hub")
        return Told(position, sender, event, odd(headers, event))
    except (Unreadable, Misplaced) as wrong:
        return Told(position, sender, wrong=str(wrong))


def odd(said: Mapping[str, str], e: Envelope) -> str:
    """What the headers of an event say otherwise than the event: what no hash holds follows from what it does."""
    for name, value in headers_of(e, e.traceparent, e.signature).items():
        if said.get(name, "") != value:
            return f"the header {name} does not follow from the event"
    return ""
