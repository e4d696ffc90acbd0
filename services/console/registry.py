"""Calls to the registries: the city's, and each department's for the certificates that it shows."""

import asyncio
from collections.abc import Iterable
from typing import Any

import grpc
from google.protobuf.message import Message
from yifa.registry.v1 import body_pb2, certificate_pb2, officer_pb2, showing_pb2
from yifa.registry.v1 import registry_service_pb2_grpc as rpc

from services.console.clients import CALL_SECONDS, NAMES_KEPT, channel, metadata
from services.console.config import ConsoleConfig

# How many people a page asks for at once: those of one case.
ASKED = 60


class Registry:
    """The registry of the city, which knows every certificate, and those of the nodes by id."""

    def __init__(self, config: ConsoleConfig):
        targets = {target.id: target.target for target in config.nodes}
        self._token = config.token
        self._names: dict[str, str] = {}
        self._channels = {name: channel(at) for name, at in targets.items()}
        self._city = channel(config.supervision)

    async def close(self) -> None:
        for each in (self._city, *self._channels.values()):
            await each.close()

    async def check(self, token: str) -> showing_pb2.CheckShownResponse:
        """What may be thought of a shown code."""
        return await self._ask(self._city, "CheckShown", showing_pb2.CheckShownRequest(token=token))

    async def certificate(self, number: str) -> certificate_pb2.Certificate:
        request = certificate_pb2.VerifyCertificateRequest(certificate_number=number)
        return (await self._ask(self._city, "VerifyCertificate", request)).certificate

    async def bodies(self, size: int, token: str) -> body_pb2.ListBodiesResponse:
        """A page of the bodies of the city."""
        return await self._ask(
            self._city, "ListBodies", body_pb2.ListBodiesRequest(page_size=size, page_token=token)
        )

    async def body(self, body_id: str) -> body_pb2.EnforcementBody:
        return (await self._ask(self._city, "GetBody", body_pb2.GetBodyRequest(body_id=body_id))).body

    async def names(self, officer_ids: Iterable[str]) -> dict[str, str]:
        """The names of people on the rosters, by their ids; who is not known, or not told to this console, is left out."""
        wanted = list(dict.fromkeys(officer_ids))
        unknown = [each for each in wanted if each not in self._names][:ASKED]
        for name in await asyncio.gather(*map(self._named, unknown)):
            self._names |= name
        for old in list(self._names)[:-NAMES_KEPT]:
            del self._names[old]
        return {each: self._names[each] for each in wanted if each in self._names}

    async def _named(self, officer_id: str) -> dict[str, str]:
        request = officer_pb2.GetOfficerRequest(officer_id=officer_id)
        try:
            return {officer_id: (await self._ask(self._city, "GetOfficer", request)).officer.name}
        except grpc.aio.AioRpcError:
            return {}

    async def show(
        self, certificate: certificate_pb2.Certificate
    ) -> showing_pb2.ShowCertificateResponse | None:
        """A fresh code, made by the holder's department; None when this console does not know that node."""
        if certificate.node not in self._channels:
            return None
        request = showing_pb2.ShowCertificateRequest(
            officer_id=certificate.officer_id, certificate_number=certificate.certificate_number
        )
        return await self._ask(self._channels[certificate.node], "ShowCertificate", request)

    async def _ask(self, at: grpc.aio.Channel, method: str, request: Message) -> Any:
        call = getattr(rpc.RegistryServiceStub(at), method)
        return await call(request, timeout=CALL_SECONDS, metadata=metadata(self._token))
