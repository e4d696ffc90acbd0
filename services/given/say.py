"""Calls by their names: the RPC, who asks, and the fields of the request."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

import grpc
from google.protobuf import message_factory
from yifa.enforcement.v1 import enforcement_service_pb2
from yifa.notifications.v1 import notifications_service_pb2
from yifa.registry.v1 import registry_service_pb2
from yifa.supervision.v1 import supervision_service_pb2

from services.node.callers import NOT_YET, Callers, ask, fresh

Who = tuple[str, ...]
"""A person and the roles in which it acts: ("head-1", "AGENCY_HEAD")."""
Do = Callable[..., Awaitable[Any]]
"""One department at work: do("FileCase", HEAD, case_id=…)."""

CONTRACTS = {
    "registry": registry_service_pb2.DESCRIPTOR.services_by_name["RegistryService"],
    "enforcement": enforcement_service_pb2.DESCRIPTOR.services_by_name["EnforcementService"],
    "supervision": supervision_service_pb2.DESCRIPTOR.services_by_name["SupervisionService"],
    "notifications": notifications_service_pb2.DESCRIPTOR.services_by_name["NotificationsService"],
}
PATIENCE = 15.0


class Say(Protocol):
    """Whoever can call the services of a city's nodes."""

    def __call__(
        self, node: str, service: str, rpc: str, by: Who, /, **fields: Any
    ) -> Awaitable[Any]: ...  # pragma: no cover


def request(service: str, rpc: str, /, **fields: Any) -> Any:
    """The request of an RPC; a write gets a request_id that was not used before. Raises KeyError for an unknown RPC."""
    kind = CONTRACTS[service].methods_by_name[rpc].input_type
    if writes(service, rpc):
        fields.setdefault("request_id", fresh())
    return message_factory.GetMessageClass(kind)(**fields)


def saying(callers: Callers, patience: float = 20.0) -> Say:
    """Call the nodes of a city. A node that is away is asked again for so many seconds."""

    async def say(node: str, service: str, rpc: str, by: Who, /, **fields: Any) -> Any:
        method = getattr(getattr(callers, service)(node), rpc)
        return await ask(method, request(service, rpc, **fields), callers.as_(node, *by), patience)

    return say


def patient(say: Say, patience: float = PATIENCE) -> Say:
    """The same, but what is refused for want of word from another node is asked again, with the same request.

    A refusal that lasts longer than `patience` seconds is raised.
    """

    async def again(node: str, service: str, rpc: str, by: Who, /, **fields: Any) -> Any:
        if writes(service, rpc):
            fields.setdefault("request_id", fresh())
        deadline = time.monotonic() + patience
        while True:
            try:
                return await say(node, service, rpc, by, **fields)
            except grpc.aio.AioRpcError as no:
                if no.code() not in NOT_YET or time.monotonic() > deadline:
                    raise
            await asyncio.sleep(0.01)

    return again


def writes(service: str, rpc: str) -> bool:
    """Whether an RPC is done once for each request_id."""
    return "request_id" in CONTRACTS[service].methods_by_name[rpc].input_type.fields_by_name
