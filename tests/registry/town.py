"""Verbs of the registry for a running city."""

import contextlib
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import grpc
from google.protobuf.message import Message
from yifa.registry.v1 import body_pb2, officer_pb2
from yifa.registry.v1 import certificate_pb2 as certificates
from yifa.registry.v1 import measure_pb2 as measures
from yifa.registry.v1 import qualification_pb2 as qualifications

from services.given import registry as given
from services.given.people import CITY, SERIAL
from services.given.say import Who, request
from tests.city import City, Refused

__all__ = ["CITY", "SERIAL", "Town"]

DEADLINE = 20.0


class Town:
    """Given and When verbs over the public RPCs of a city; `seen` waits until they show what is awaited."""

    def __init__(self, city: City):
        self.city = city

    async def call(
        self,
        node: str,
        service: str,
        method: str,
        request: Message,
        *roles: str,
        subject: str = "",
        **more: Any,
    ) -> Any:
        """Call as a person of the node with these roles. A write gets a request_id of its own."""
        if "request_id" in request.DESCRIPTOR.fields_by_name and not request.request_id:
            request.request_id = str(uuid.uuid4())
        metadata = self.city.as_(more.pop("of", node), subject or f"{roles[0].lower()}-1", *roles)
        method_of = getattr(self.city.stub(node, service), method)
        return await method_of(request, metadata=(*metadata, *more.items()), timeout=DEADLINE)

    async def say(self, node: str, service: str, rpc: str, by: Who, /, **fields: Any) -> Any:
        return await self.call(node, service, rpc, request(service, rpc, **fields), *by[1:], subject=by[0])

    # verbs -----------------------------------------------------------------------------------------------------

    async def body(self, node: str = "huanbao", **more: Any) -> body_pb2.EnforcementBody:
        """A confirmed body, known at its department."""
        confirmed = await given.confirm_body(self.say, node, **more)
        if confirmed.node in self.city.nodes:
            await self.seen(lambda: self.get_body(confirmed.node, confirmed.body_id), lambda reply: True)
        return confirmed

    async def get_body(self, node: str, body_id: str) -> body_pb2.EnforcementBody:
        request = body_pb2.GetBodyRequest(body_id=body_id)
        return (await self.call(node, "registry", "GetBody", request, "PUBLIC")).body

    async def register(
        self, body: body_pb2.EnforcementBody, node: str = "", **more: Any
    ) -> officer_pb2.Officer:
        return await given.register(self.say, node or body.node, body.body_id, **more)

    async def train(self, officer: officer_pb2.Officer, hours: int = 60) -> officer_pb2.Officer:
        return await given.train(self.say, officer.node, officer.officer_id, hours=hours)

    async def examine(self, officer: officer_pb2.Officer, score: int) -> qualifications.Qualification:
        return await given.examine(self.say, officer.officer_id, score)

    async def issue(self, officer: officer_pb2.Officer) -> Any:
        return await given.issue(self.say, officer.officer_id)

    async def suspend(self, certificate: Any, **more: Any) -> Any:
        failed = {"cause": "年度审验不合格", "law": "EX-CERT"}
        return await given.suspend(self.say, certificate.certificate_number, **(failed | more))

    async def restore(self, certificate: Any) -> Any:
        return await given.restore(self.say, certificate.certificate_number)

    async def revoke(self, certificate: Any, **more: Any) -> Any:
        request = measures.RevokeCertificateRequest(
            certificate_number=certificate.certificate_number,
            cause="转借证件",
            law="ASR-2025:32",
            hearing=measures.Hearing(
                notice_time=certificate.issue_time, hear_time=certificate.issue_time, statement="系一时疏忽"
            ),
        )
        for name, value in more.items():
            getattr(request, name).CopyFrom(value)
        return (await self.call(CITY, "registry", "RevokeCertificate", request, "REGISTRAR")).certificate

    async def verify(self, certificate: Any, node: str = CITY, *roles: str, **more: Any) -> Any:
        request = certificates.VerifyCertificateRequest(
            certificate_number=certificate.certificate_number, **more
        )
        return await self.call(node, "registry", "VerifyCertificate", request, *(roles or ("PUBLIC",)))

    async def pages(self, node: str, method: str, request: Any) -> list[Any]:
        """All that a list holds, page by page; no page is larger than asked for."""
        found: list[Any] = []
        while True:
            reply = await self.call(node, "registry", method, request, "REGISTRAR", of=CITY)
            [items] = [value for field, value in reply.ListFields() if field.name != "next_page_token"] or [
                ()
            ]
            assert len(items) <= request.page_size
            found += items
            request.page_token = reply.next_page_token
            if not request.page_token:
                return found

    async def get_officer(self, node: str, officer: officer_pb2.Officer) -> Any:
        request = officer_pb2.GetOfficerRequest(officer_id=officer.officer_id)
        return await self.call(node, "registry", "GetOfficer", request, "ROSTER_CLERK")

    async def known(self, node: str, officer: officer_pb2.Officer, state: str) -> Any:
        """Wait until a node knows that an officer's qualification is in a state."""
        wanted = qualifications.QualificationState.Value(f"QUALIFICATION_STATE_{state}")
        ask = lambda: self.get_officer(node, officer)  # noqa: E731
        return await self.seen(ask, lambda reply: reply.qualification.state == wanted)

    async def examinee(self, node: str = "huanbao") -> officer_pb2.Officer:
        """An officer who may sit the exam."""
        officer = await self.train(await self.register(await self.body(node)))
        await self.known(CITY, officer, "EXAM_READY")
        return officer

    async def certified(self, node: str = "huanbao") -> tuple[officer_pb2.Officer, Any]:
        """An officer with a certificate, known at the department."""
        officer = await self.examinee(node)
        await self.examine(officer, 90)
        certificate = await self.issue(officer)
        await self.known(node, officer, "CERTIFIED")
        return officer, certificate

    # what can be seen ------------------------------------------------------------------------------------------

    async def seen(self, ask: Callable[[], Any], holds: Callable[[Any], Any] = bool) -> Any:
        return await self.city.eventually(ask, holds)

    async def journal(self, node: str, service: str) -> list[Any]:
        return await self.city.journal(node, service)

    async def events(self, node: str, service: str, subject: str) -> list[str]:
        """The types of the events about one record, in order."""
        entries = await self.journal(node, service)
        return [e.type.rpartition(".")[2] for e in entries if e.subject_id == subject]

    async def announce(self, node: str, event: Message, to: str = "city") -> None:
        await self.city.announce(node, event, to)

    @contextlib.contextmanager
    def refused(
        self,
        reason: str,
        code: grpc.StatusCode = grpc.StatusCode.FAILED_PRECONDITION,
        law: str = "",
        **about: str,
    ) -> Iterator[Refused]:
        """The block is refused so, in both languages, with this metadata."""
        with self.city.refused(reason, law, code) as told:
            yield told
        assert told.en
        assert about.items() <= told.metadata.items(), told
