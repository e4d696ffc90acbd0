"""Channels to the nodes, and what a call says of its caller."""

import os

import grpc

from services.console.asking import TOKEN, VISITOR
from services.kit import dial
from services.kit.dial import Target
from services.kit.peer import VISITOR as HEADER

# A page is worth waiting this long for; a node's state less, since one dead node must not hold up the others.
CALL_SECONDS = 5.0
# A node that was restarted is found again within seconds, not after gRPC's two minutes.
_OPTIONS = [
    ("grpc.keepalive_time_ms", 20_000),
    ("grpc.initial_reconnect_backoff_ms", 250),
    ("grpc.min_reconnect_backoff_ms", 250),
    ("grpc.max_reconnect_backoff_ms", 2_000),
]


def channel(target: Target) -> grpc.aio.Channel:
    return dial.channel(target, _OPTIONS)


def metadata(token: str = "") -> tuple[tuple[str, str], ...]:
    """The token of whoever is signed in, or another, and what every call says."""
    value = token or TOKEN.get()
    return (*of_nobody(), ("authorization", f"Bearer {value}")) if value else of_nobody()


def of_nobody() -> tuple[tuple[str, str], ...]:
    """The address of who asks for the page, and a trace context that is not sampled: who watches should not fill the book of
    traces.
    """
    context = ("traceparent", f"00-{os.urandom(16).hex()}-{os.urandom(8).hex()}-00")
    return (context, (HEADER, visitor)) if (visitor := VISITOR.get()) else (context,)
