"""Calls to the registries: the city's, and each department's for the certificates that it shows."""

import asyncio
from collections.abc import Iterable
from typing import Any

import grpc
from google.protobuf.message import Message
from yifa.registry.v1 import body_pb2, head_training_pb2, officer_pb2, showing_pb2
from yifa.registry.v1 import leading_group_pb2 as groups
from yifa.registry.v1 import legal_adviser_pb2 as advisers
from yifa.registry.v1 import registry_service_pb2_grpc as rpc

from services.console.asking import NODE, TOKEN
from services.console.channels import CALL_SECONDS, channel, metadata
from services.console.config import ConsoleConfig

# How many people a page asks for at once: those of one case.
ASKED = 60
NAMES_KEPT = 2000
ADVISER = "AV-"
"""How the id of a legal adviser begins."""


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

    async def advisers(self, body_id: str) -> advisers.ListLegalAdvisersResponse:
        """The legal advisers and public lawyers of a body who did not leave."""
        engaged = advisers.LEGAL_ADVISER_STATE_ENGAGED
        request = advisers.ListLegalAdvisersRequest(body_id=body_id, state=engaged, page_size=ASKED)
        return await self._ask(self._city, "ListLegalAdvisers", request)

    async def head_trainings(self, body_id: str) -> head_training_pb2.ListHeadTrainingsResponse:
        """The heads of a body, and when each was trained in the responsibility system."""
        request = head_training_pb2.ListHeadTrainingsRequest(body_id=body_id)
        return await self._ask(self._city, "ListHeadTrainings", request)

    async def leading_groups(self, body_id: str = "") -> groups.ListLeadingGroupsResponse:
        """The group of a body that leads the responsibility system there; of the city and all bodies where none is named."""
        request = groups.ListLeadingGroupsRequest(body_id=body_id, page_size=ASKED)
        return await self._ask(self._city, "ListLeadingGroups", request)

    async def leading_group_gaps(self, body_id: str = "") -> groups.ListLeadingGroupGapsResponse:
        """Where a group, its head, or somebody to speak to is missing."""
        request = groups.ListLeadingGroupGapsRequest(body_id=body_id)
        return await self._ask(self._city, "ListLeadingGroupGaps", request)

    async def names(self, officer_ids: Iterable[str]) -> dict[str, str]:
        """The names of people on the rosters and of legal advisers, by their ids; who is not told to this console is left out."""
        wanted, asker = list(dict.fromkeys(officer_ids)), TOKEN.get()
        unknown = [each for each in wanted if (asker, each) not in self._names][:ASKED]
        for name in await asyncio.gather(*map(self._named, unknown)):
            self._names |= {(asker, officer): said for officer, said in name.items()}
        for old in list(self._names)[:-NAMES_KEPT]:
            del self._names[old]
        return {each: self._names[asker, each] for each in wanted if (asker, each) in self._names}

    async def _named(self, who: str) -> dict[str, str]:
        try:
            if who.startswith(ADVISER):
                adviser = advisers.GetLegalAdviserRequest(adviser_id=who)
                return {who: (await self._ask(self._own(), "GetLegalAdviser", adviser)).adviser.name}
            request = officer_pb2.GetOfficerRequest(officer_id=who)
            return {who: (await self._ask(self._own(), "GetOfficer", request)).officer.name}
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
