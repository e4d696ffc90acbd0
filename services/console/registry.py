"""Calls to the registries: the city's, and each department's for the certificates that it shows."""

import asyncio
from collections.abc import Iterable
from typing import Any

import grpc
from google.protobuf.message import Message
from yifa.registry.v1 import body_pb2, officer_pb2, showing_pb2
from yifa.registry.v1 import registry_service_pb2_grpc as rpc

from services.console.asking import NODE, TOKEN
from services.console.channels import CALL_SECONDS, channel, metadata
from services.console.config import ConsoleConfig

# How many people a page asks for at once: those of one case.
ASKED = 60
NAMES_KEPT = 2000


class Registry:
    """The registry of the city, which knows every certificate, and those of the nodes by id."""

    def __init__(self, config: ConsoleConfig):
        targets = {target.id: target.target for target in config.nodes}
        self._names: dict[tuple[str, str], str] = {}
        self._channels = {name: channel(at) for name, at in targets.items()}
        self._city = channel(config.supervision)

    async def close(self) -> None:
        for each in (self._city, *self._channels.values()):
            await each.close()

    async def bodies(self, size: int, token: str) -> body_pb2.ListBodiesResponse:
        """A page of the bodies of the city."""
        return await self._ask(
            self._city, "ListBodies", body_pb2.ListBodiesRequest(page_size=size, page_token=token)
        )

    async def body(self, body_id: str) -> body_pb2.EnforcementBody:
        return (await self._ask(self._city, "GetBody", body_pb2.GetBodyRequest(body_id=body_id))).body

    async def names(self, officer_ids: Iterable[str]) -> dict[str, str]:
        """The names of people on the rosters, by their ids; who is not known, or not told to this console, is left out."""
        wanted, asker = list(dict.fromkeys(officer_ids)), TOKEN.get()
        unknown = [each for each in wanted if (asker, each) not in self._names][:ASKED]
        for name in await asyncio.gather(*map(self._named, unknown)):
            self._names |= {(asker, officer): said for officer, said in name.items()}
        for old in list(self._names)[:-NAMES_KEPT]:
            del self._names[old]
        return {each: self._names[asker, each] for each in wanted if (asker, each) in self._names}

    async def _named(self, officer_id: str) -> dict[str, str]:
        request = officer_pb2.GetOfficerRequest(officer_id=officer_id)
        try:
            return {officer_id: (await self._ask(self._own(), "GetOfficer", request)).officer.name}
        except grpc.aio.AioRpcError:
            return {}

    async def show(self, number: str) -> showing_pb2.ShowCertificateResponse:
        """A fresh code of the certificate of whoever is signed in, made by their own node."""
        request = showing_pb2.ShowCertificateRequest(certificate_number=number)
        return await self._ask(self._own(), "ShowCertificate", request)

    def _own(self) -> grpc.aio.Channel:
        """The registry of the node that whoever is signed in belongs to."""
        return self._channels.get(NODE.get(), self._city)

    async def _ask(self, at: grpc.aio.Channel, method: str, request: Message) -> Any:
        call = getattr(rpc.RegistryServiceStub(at), method)
        return await call(request, timeout=CALL_SECONDS, metadata=metadata())
