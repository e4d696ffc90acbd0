"""Calls to the doors of the nodes: a token for a person, and those of the public."""

import time
from dataclasses import dataclass, field
from typing import Any

import grpc
from yifa.access.v1 import access_service_pb2_grpc as rpc
from yifa.access.v1 import token_pb2 as pb

from services.console.channels import CALL_SECONDS, channel, metadata, of_nobody
from services.console.config import ConsoleConfig

# A token is asked for anew so long before it ends.
BEFORE = 300.0


class Doors:
    """Where tokens of the nodes are got, by the ids of the nodes."""

    def __init__(self, config: ConsoleConfig):
        self._channels = {node.id: channel(node.target) for node in config.nodes}

    async def close(self) -> None:
        for each in self._channels.values():
            await each.close()

    def knows(self, node: str) -> bool:
        return node in self._channels

    async def personas(self, node: str) -> list[pb.Persona]:
        """As whom anybody may sign in at a node; nobody where that is not enabled, or the node is away."""
        try:
            found = await self._ask(node, "ListPersonas", pb.ListPersonasRequest())
        except grpc.aio.AioRpcError:
            return []
        return list(found.personas)

    async def assume(self, node: str, subject: str) -> pb.Grant:
        return (await self._ask(node, "AssumePersona", pb.AssumePersonaRequest(subject=subject))).grant  # type: ignore[no-any-return]

    async def exchange(self, node: str, id_token: str) -> pb.Grant:
        return (await self._ask(node, "ExchangeToken", pb.ExchangeTokenRequest(id_token=id_token))).grant  # type: ignore[no-any-return]

    async def end(self, node: str, token: str) -> None:
        """Take a token back; one that its node cannot be told of ends by itself."""
        stub = rpc.AccessServiceStub(self._channels[node])
        try:
            await stub.EndToken(pb.EndTokenRequest(), timeout=CALL_SECONDS, metadata=metadata(token))
        except grpc.aio.AioRpcError:
            return

    async def _ask(self, node: str, method: str, request: Any) -> Any:
        call = getattr(rpc.AccessServiceStub(self._channels[node]), method)
        return await call(request, timeout=CALL_SECONDS, metadata=of_nobody())


@dataclass
class PublicTokens:
    """Tokens that say nothing but that their bearer is the public, each of the node that is asked."""

    kept: dict[int, tuple[float, str]] = field(default_factory=dict)

    async def of(self, at: grpc.aio.Channel, anew: bool = False) -> str:
        until, token = self.kept.get(id(at), (0.0, ""))
        if anew or until < time.time():
            reply = await rpc.AccessServiceStub(at).GetPublicToken(
                pb.GetPublicTokenRequest(), timeout=CALL_SECONDS, metadata=metadata()
            )
            until, token = reply.grant.expire_time.seconds - BEFORE, reply.grant.token
            self.kept[id(at)] = until, token
        return token
