"""The hub's keeper hands on to the city what departments ask it, and its answers back: entries of their own journals that they
lost. It keeps nothing of it and looks at nothing; who asks is known by the subject, which nobody else may use.
"""

import json
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from secrets import token_hex
from typing import Any

from nats.aio.client import Client

from services.kit.bus import BusError, asked
from services.kit.given_back_at import answer, handed_on, question

log = logging.getLogger(__name__)
SERVICE_REPLY = "_R_."
LARGEST_QUESTION = 1000
MOST_WAITING = 1000


@asynccontextmanager
async def handing_on(nc: Client, city: str, nodes: Callable[[], Iterable[str]]) -> AsyncIterator[None]:
    """Hand on meanwhile."""
    waiting = dict[str, str]()
    """Where each answer goes, by the token of its question; who waits too long asks again."""

    async def ask(message: Any) -> None:
        node = message.subject.split(".")[1]
        # any node can aim a consumer's deliveries here; only what came through the node's own account has such a reply
        if not message.reply.startswith(SERVICE_REPLY) or node not in nodes() or node == city:
            return
        try:
            told = json.loads(message.data[:LARGEST_QUESTION])
            wanted = {name: told[name] for name in ("service", "seq", "skip")}
        except (ValueError, TypeError, LookupError, RecursionError):
            await put(message.reply, b'{"error": "no question"}')
            return
        token = token_hex(16)
        waiting[token] = message.reply
        if len(waiting) > MOST_WAITING:
            del waiting[next(iter(waiting))]
        await put(handed_on(city), json.dumps({"token": token, "node": node, **wanted}).encode())

    async def hand_back(message: Any) -> None:
        if (reply := waiting.pop(message.subject.rpartition(".")[2], None)) is not None:
            await put(reply, message.data, message.headers)

    async def put(where: str, data: bytes, headers: dict[str, str] | None = None) -> None:
        try:
            await asked(lambda: nc.publish(where, data, headers=headers))
        except BusError as problem:
            log.warning("hub: %s", problem)

    subscriptions = [
        await asked(lambda: nc.subscribe(question("*"), cb=ask)),
        await asked(lambda: nc.subscribe(answer(city, "*"), cb=hand_back)),
    ]
    try:
        yield
    finally:
        for subscription in subscriptions:
            with suppress(BusError):
                await asked(subscription.unsubscribe)
