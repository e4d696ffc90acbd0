"""Verbs of the registry for a running city."""

import contextlib
import uuid
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import grpc
from google.protobuf.message import Message
from stdnum.cn import ric, uscc
from yifa.registry.v1 import body_pb2, certificate_requests_pb2, officer_pb2
from yifa.registry.v1 import registry_service_pb2 as pb

from tests.city import City

DEADLINE = 20.0
CITY = "city"
SERIAL = count(1)


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

    # verbs -----------------------------------------------------------------------------------------------------

    async def body(self, node: str = "huanbao", **more: Any) -> body_pb2.EnforcementBody:
        """A confirmed body, known at its department."""
        n = next(SERIAL)
        request = pb.ConfirmBodyRequest(
            name=f"执法主体{n}号",
            unified_social_credit_code=credit_code(n),
            kind=body_pb2.BODY_KIND_AGENCY,
            node=node,
            document_prefix="环罚",
            field="生态环境",
        )
        request.MergeFrom(pb.ConfirmBodyRequest(**more))
        confirmed = (await self.call(CITY, "registry", "ConfirmBody", request, "REGISTRAR")).body
        if confirmed.node in self.city.nodes:
            await self.seen(lambda: self.get_body(confirmed.node, confirmed.body_id), lambda reply: True)
        return confirmed

    async def get_body(self, node: str, body_id: str) -> body_pb2.EnforcementBody:
        request = pb.GetBodyRequest(body_id=body_id)
        return (await self.call(node, "registry", "GetBody", request, "PUBLIC")).body

    async def register(
        self, body: body_pb2.EnforcementBody, node: str = "", **more: Any
    ) -> officer_pb2.Officer:
        n = next(SERIAL)
        request = pb.RegisterOfficerRequest(
            name=f"执法员{n}",
            id_number=id_number(n),
            body_id=body.body_id,
            unit="执法大队",
            post="执法岗",
            staff_kind=officer_pb2.STAFF_KIND_PERMANENT,
        )
        request.MergeFrom(pb.RegisterOfficerRequest(**more))
        reply = await self.call(node or body.node, "registry", "RegisterOfficer", request, "ROSTER_CLERK")
        return reply.officer

    async def train(self, officer: officer_pb2.Officer, hours: int = 60) -> officer_pb2.Officer:
        request = pb.RecordTrainingRequest(officer_id=officer.officer_id, course="行政处罚法", hours=hours)
        return (await self.call(officer.node, "registry", "RecordTraining", request, "ROSTER_CLERK")).officer

    async def examine(self, officer: officer_pb2.Officer, score: int) -> officer_pb2.Qualification:
        request = pb.RecordExamRequest(officer_id=officer.officer_id, score=score)
        return (await self.call(CITY, "registry", "RecordExam", request, "REGISTRAR")).qualification

    async def issue(self, officer: officer_pb2.Officer) -> Any:
        request = pb.IssueCertificateRequest(
            officer_id=officer.officer_id, fields=["生态环境"], area_code="440700"
        )
        return (await self.call(CITY, "registry", "IssueCertificate", request, "REGISTRAR")).certificate

    async def suspend(self, certificate: Any, **more: Any) -> Any:
        request = pb.SuspendCertificateRequest(
            certificate_number=certificate.certificate_number, cause="年度审验不合格", law="MOT-CERT:31"
        )
        request.MergeFrom(pb.SuspendCertificateRequest(**more))
        return (await self.call(CITY, "registry", "SuspendCertificate", request, "REGISTRAR")).certificate

    async def restore(self, certificate: Any) -> Any:
        request = pb.RestoreCertificateRequest(certificate_number=certificate.certificate_number)
        return (await self.call(CITY, "registry", "RestoreCertificate", request, "REGISTRAR")).certificate

    async def revoke(self, certificate: Any, **more: Any) -> Any:
        request = pb.RevokeCertificateRequest(
            certificate_number=certificate.certificate_number,
            cause="转借证件",
            law="ASR-2025:32",
            hearing=certificate_requests_pb2.Hearing(
                notice_time=certificate.issue_time, hear_time=certificate.issue_time, statement="系一时疏忽"
            ),
        )
        for name, value in more.items():
            getattr(request, name).CopyFrom(value)
        return (await self.call(CITY, "registry", "RevokeCertificate", request, "REGISTRAR")).certificate

    async def verify(self, certificate: Any, node: str = CITY, *roles: str, **more: Any) -> Any:
        request = pb.VerifyCertificateRequest(certificate_number=certificate.certificate_number, **more)
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
        request = pb.GetOfficerRequest(officer_id=officer.officer_id)
        return await self.call(node, "registry", "GetOfficer", request, "ROSTER_CLERK")

    async def known(self, node: str, officer: officer_pb2.Officer, state: str) -> Any:
        """Wait until a node knows that an officer's qualification is in a state."""
        wanted = officer_pb2.QualificationState.Value(f"QUALIFICATION_STATE_{state}")
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
        """Let an event of a service that does not run here happen at a node."""
        await self.city.nodes[node].running("registry").do(lambda tx: tx.emit(event, subject="test", to=to))

    @contextlib.contextmanager
    def refused(
        self,
        reason: str,
        code: grpc.StatusCode = grpc.StatusCode.FAILED_PRECONDITION,
        law: str = "",
        **about: str,
    ) -> Iterator[None]:
        """The block is refused so, in both languages, with this metadata."""
        with self.city.refused(reason, law, code) as told:
            yield
        assert told.en
        assert about.items() <= told.metadata.items(), told


def credit_code(n: int) -> str:
    """A well-formed 统一社会信用代码 of no existing organisation."""
    stem = f"11440700MB{n:07d}"
    return stem + uscc.calc_check_digit(stem)


def id_number(n: int) -> str:
    """A well-formed 公民身份号码 of nobody."""
    stem = f"44070019{80 + n // 900 % 20:02d}0101{100 + n % 900}"
    return stem + ric.calc_check_digit(stem + "0")
