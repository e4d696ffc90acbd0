"""What one caller may take of a node at a time, whatever it asks for; and how a machine of another node proves itself."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.rpc import error_details_pb2 as details

from services.kit.access import NAMELESS, Caller, Role
from services.kit.limit import Limit
from services.kit.peer import address_of, network_of, shown_by
from services.kit.refusal import Denied, Full
from services.kit.settings import BadSettings, Settings

CALLS, STREAMS = "calls", "streams"
# When a place may be free again: nobody knows, and all who wait should not come back at once.
SOON = 1.0


@dataclass(frozen=True)
class Bounds:
    """`[callers]` of a node's file. Of one caller: so many calls and streams at the same time, `burst` calls at once and `rate` a
    second after that. Of the node: so many connections, each given so many seconds to become one, and let go after so many
    without a call; a silent one is asked every `ping` seconds whether it is there.
    """

    rate: float = 1000
    burst: float = 4000
    calls: int = 512
    streams: int = 32
    connections: int = 1000
    streams_of_connection: int = 1024
    handshake: float = 5
    idle: float = 3600
    ping: float = 30

    def of_server(self) -> list[tuple[str, int]]:
        """The same as gRPC is told it."""
        return [
            ("grpc.max_allowed_incoming_connections", self.connections),
            ("grpc.max_concurrent_streams", self.streams_of_connection),
            ("grpc.server_handshake_timeout_ms", int(self.handshake * 1000)),
            ("grpc.max_connection_idle_ms", int(self.idle * 1000)),
            ("grpc.keepalive_time_ms", int(self.ping * 1000)),
            ("grpc.keepalive_timeout_ms", int(self.ping * 1000)),
        ]


def bounds_of(settings: Settings) -> Bounds:
    """What the node's file says, and else what is usual. Raises BadSettings for what is no limit."""
    said = settings.section("callers")
    for name, value in said.items():
        if name not in Bounds.__annotations__:
            known = ", ".join(Bounds.__annotations__)
            raise BadSettings(f"{settings.path}: [callers] there is no {name}; known are {known}")
        if not isinstance(value, int | float) or isinstance(value, bool) or value <= 0:
            raise BadSettings(f"{settings.path}: [callers] {name} must be a number above 0")
    return Bounds(**said)


class Exceeded(Full):
    """One caller takes more than its part. Nothing was done; `after` so many seconds it may be asked again."""

    def __init__(self, reason: str, en: str, zh: str, after: float, **metadata: str):
        super().__init__(reason, en, zh, **metadata)
        self.after = after

    def more(self) -> Iterator[Message]:
        whole = ceil(self.after * 1000)
        yield details.RetryInfo(retry_delay=Duration(seconds=whole // 1000, nanos=whole % 1000 * 1_000_000))


class Door:
    """Counts what each caller of a node has under way, in all of its services."""

    def __init__(self, settings: Settings):
        self.node, self.bounds = settings.node, bounds_of(settings)
        self.proof = settings.section("tls").get("plain") is not True
        self.consoles = frozenset({settings.node, settings.city} if self.proof else ())
        """Whose word counts of the visitors that they ask for."""
        self.rate = Limit(self.bounds.rate, self.bounds.burst)
        self.most: Mapping[str, int] = {CALLS: self.bounds.calls, STREAMS: self.bounds.streams}
        self.busy: dict[str, Counter[str]] = {CALLS: Counter(), STREAMS: Counter()}

    def proved(self, caller: Caller, context: Any) -> Caller:
        """The caller, as a machine of another node only where it shows the certificate of that node, or of this one.

        Raises Denied where nothing but that would let it in.
        """
        if not self.proof or caller.node == self.node or not caller.has(Role.ROLE_SYSTEM):
            return caller
        if shown_by(context) & {caller.node, self.node}:
            return caller
        if left := caller.roles - {Role.ROLE_SYSTEM}:
            return replace(caller, roles=left)
        no = Denied(
            "CERTIFICATE_REQUIRED",
            f"a machine of {caller.node} proves itself by that node's certificate: call the port for machines with it",
            f"节点{caller.node}的系统须出示该节点的证书，请使用证书调用本节点的系统间端口",
            node=self.node,
            token_node=caller.node,
        )
        no.by = caller
        raise no

    def address(self, headers: Mapping[str, str], context: Any) -> str:
        """Where a call comes from."""
        return address_of(context, headers, self.consoles)

    def placed(self, caller: Caller, headers: Mapping[str, str], context: Any) -> Caller:
        """The caller, who is known by the address where there is no name."""
        if caller.subject != NAMELESS:
            return caller
        return replace(caller, address=network_of(self.address(headers, context)))

    @contextmanager
    def entered(self, caller: Caller, kind: str) -> Iterator[None]:
        """One more call or stream of a caller, for as long as it goes on. Raises Exceeded for one too many."""
        who = caller.who
        if wait := self.rate.wait(who):
            raise too_fast(self.bounds, wait)
        busy = self.busy[kind]
        if busy[who] >= self.most[kind]:
            raise too_many(kind, self.most[kind])
        busy[who] += 1
        try:
            yield
        finally:
            busy[who] -= 1
            if not busy[who]:
                del busy[who]


def too_fast(bounds: Bounds, wait: float) -> Exceeded:
    rate = f"{bounds.rate:g}"
    return Exceeded(
        "TOO_FAST",
        f"the caller asks more than {rate} times a second for too long: ask again after the delay",
        f"调用过于频繁，每秒超过{rate}次，请按提示的间隔稍后重试",
        wait,
        most=rate,
    )


def too_many(kind: str, most: int) -> Exceeded:
    if kind == STREAMS:
        en, zh = (
            f"the caller has {most} streams open: end one first",
            f"该调用方已打开{most}个流，请先结束其中一个",
        )
        return Exceeded("TOO_MANY_STREAMS", en, zh, SOON, most=str(most))
    en = f"the caller has {most} calls under way: wait for one to end"
    return Exceeded("TOO_MANY_CALLS", en, f"该调用方有{most}个调用尚未完成，请稍后重试", SOON, most=str(most))
