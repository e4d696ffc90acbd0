"""Clients of a whole city: one channel a node, stubs on it, tokens minted once."""

import asyncio
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import grpc
from google.rpc import error_details_pb2 as details
from grpc_status import rpc_status
from yifa.enforcement.v1 import enforcement_service_pb2_grpc as enforcement
from yifa.journal.v1 import journal_service_pb2_grpc as journal
from yifa.notifications.v1 import notifications_service_pb2_grpc as notifications
from yifa.registry.v1 import registry_service_pb2_grpc as registry
from yifa.supervision.v1 import supervision_service_pb2_grpc as supervision

from services.kit.dial import Target, channel

Mint = Callable[[str, str, tuple[str, ...]], str]
Metadata = tuple[tuple[str, str], ...]

# Tokens live twelve hours; a long demonstration mints new ones in time.
TOKEN_SECONDS = 6 * 3600
CALL_SECONDS = 10.0
AWAY = frozenset({grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED})
BROKEN = "Internal error from Core"
# What a refusal says while a node has not heard of something that happened at another.
NOT_YET = frozenset({grpc.StatusCode.NOT_FOUND, grpc.StatusCode.FAILED_PRECONDITION})
# A node that was away is found again within seconds.
OPTIONS = (("grpc.initial_reconnect_backoff_ms", 200), ("grpc.max_reconnect_backoff_ms", 2000))


def went_away(wrong: grpc.aio.AioRpcError) -> bool:
    """Whether a call ended because the node went away, and not by an answer of it: what is safe to send again may be.

    A stream that breaks while a message is being sent ends as INTERNAL, with words that the library itself puts in and no node.
    """
    broken = wrong.code() is grpc.StatusCode.INTERNAL and wrong.details() == BROKEN
    return broken or wrong.code() in AWAY


class Callers:
    """Stubs and tokens for the nodes of a city. `targets` maps a node's id to where it is called."""

    def __init__(self, targets: Mapping[str, Target], mint: Mint, *, city: str = "city"):
        self.targets, self.mint, self.city = dict(targets), mint, city
        self._channels: dict[str, grpc.aio.Channel] = {}
        self._stubs: dict[tuple[str, Any], Any] = {}
        self._tokens: dict[tuple[str, str, tuple[str, ...]], tuple[float, Metadata]] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, wrong: BaseException | None, trace: TracebackType | None
    ) -> None:
        for each in self._channels.values():
            await each.close()
        self._channels.clear()
        self._stubs.clear()

    @property
    def departments(self) -> tuple[str, ...]:
        """The nodes that keep cases."""
        return tuple(node for node in self.targets if node != self.city)

    def registry(self, node: str) -> Any:
        return self._stub(node, registry.RegistryServiceStub)

    def enforcement(self, node: str) -> Any:
        return self._stub(node, enforcement.EnforcementServiceStub)

    def supervision(self, node: str = "") -> Any:
        return self._stub(node or self.city, supervision.SupervisionServiceStub)

    def notifications(self, node: str) -> Any:
        return self._stub(node, notifications.NotificationsServiceStub)

    def journal(self, node: str) -> Any:
        return self._stub(node, journal.JournalServiceStub)

    def as_(self, node: str, subject: str, *roles: str) -> Metadata:
        """Call metadata of a person of a node."""
        key, now = (subject, node, roles), time.monotonic()
        known = self._tokens.get(key)
        if known is None or known[0] < now:
            bearer = f"Bearer {self.mint(subject, node, roles)}"
            known = self._tokens[key] = now + TOKEN_SECONDS, (("authorization", bearer),)
        return known[1]

    def _stub(self, node: str, kind: Any) -> Any:
        if (node, kind) not in self._stubs:
            if node not in self._channels:
                self._channels[node] = channel(self.targets[node], OPTIONS)
            self._stubs[node, kind] = kind(self._channels[node])
        return self._stubs[node, kind]


async def ask(method: Any, request: Any, metadata: Metadata, patience: float = 20.0) -> Any:
    """Call a method; while its node is away, again with the same request, so that it is done once.

    Raises AioRpcError for a refusal, and for a node that stays away longer than `patience` seconds.
    """
    deadline = time.monotonic() + patience
    while True:
        try:
            return await method(request, metadata=metadata, timeout=CALL_SECONDS)
        except grpc.aio.AioRpcError as wrong:
            if not went_away(wrong) or time.monotonic() > deadline:
                raise
        await asyncio.sleep(0.25)


def fresh() -> str:
    """A request_id that was not used before."""
    return uuid4().hex


def reasons(refusal: grpc.aio.AioRpcError) -> tuple[str, ...]:
    """Why a call was refused: the reason of its ErrorInfo, then those of every rule broken."""
    status = rpc_status.from_call(refusal)
    if status is None:
        return ()
    found: dict[str, None] = {}
    for packed in status.details:
        info, failure = details.ErrorInfo(), details.PreconditionFailure()
        if packed.Unpack(info):
            found[info.reason] = None
        elif packed.Unpack(failure):
            found |= dict.fromkeys(v.type for v in failure.violations)
    return tuple(found)
