"""A city node and two departments over real NATS, spoken to through their public API."""

import asyncio
import contextlib
import uuid
from collections.abc import AsyncIterator, Callable
from itertools import count
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf.message import Message
from google.rpc import error_details_pb2 as details
from grpc_status import rpc_status
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from stdnum.cn import ric, uscc
from yifa.journal.v1 import journal_service_pb2 as journal_pb
from yifa.journal.v1 import journal_service_pb2_grpc as journal_rpc
from yifa.notifications.v1 import notifications_service_pb2_grpc as notifications_rpc
from yifa.registry.v1 import body_pb2, officer_pb2
from yifa.registry.v1 import registry_service_pb2 as pb
from yifa.registry.v1 import registry_service_pb2_grpc as rpc

from services.kit.access import make_key, mint
from services.kit.node import Node
from services.kit.service import Service
from services.kit.settings import Settings
from services.kit.telemetry import Telemetry
from services.notifications.__main__ import SERVICE as NOTIFICATIONS
from services.registry.__main__ import SERVICE as REGISTRY
from tests.nodes.nats_city import NatsCity

DEADLINE = 20.0
CITY, DEPARTMENTS = "city", ("huanbao", "chengguan")
STUBS = {
    "registry": rpc.RegistryServiceStub,
    "notifications": notifications_rpc.NotificationsServiceStub,
    "journal": journal_rpc.JournalServiceStub,
}


def settings_toml(node: str, folder: Path, nats_url: str, more: str = "") -> str:
    kind = "city" if node == CITY else "department"
    return f"""
[node]
id = "{node}"
kind = "{kind}"
city = "{CITY}"
services = ["registry", "notifications"]
[token]
public_key = "{folder / "token.pub"}"
[nats]
url = "{nats_url}"
nkey = "{folder / f"{node}.nk"}"
{more}
"""


class Town:
    """Given and When verbs over the public RPCs; `seen` waits until they show what is awaited."""

    def __init__(self, folder: Path, more: str = ""):
        """`more` is added to the settings of every node."""
        self.folder, self.more = folder, more
        self.nats = NatsCity(folder / "nats", list(DEPARTMENTS), CITY)
        self.nodes: dict[str, Node] = {}
        self.tasks: dict[str, asyncio.Task[None]] = {}
        self.channels: dict[str, grpc.aio.Channel] = {}
        self.spans = InMemorySpanExporter()
        self.serial = count(1)

    async def start(self) -> None:
        await self.nats.start(forwarding=False)
        make_key(self.folder)
        for node in (CITY, *DEPARTMENTS):
            await self.start_node(node)

    def write_settings(self, node: str, more: str = "") -> Path:
        (self.folder / f"{node}.nk").write_text(self.nats.keys.seed(node, "app"))
        path = self.folder / f"{node}.toml"
        path.write_text(settings_toml(node, self.folder, self.nats.server[node].url, self.more + more))
        return path

    async def start_node(self, node: str, more: str = "", services: tuple[Service, ...] = ()) -> None:
        settings = Settings.load(self.write_settings(node, more))
        telemetry = Telemetry(node, "test", share=1.0, exporter=self.spans)
        self.nodes[node] = running = Node(settings, services or (REGISTRY, NOTIFICATIONS), telemetry)
        self.tasks[node] = asyncio.create_task(running.serve())
        ready = asyncio.create_task(running.ready.wait())
        await asyncio.wait([ready, self.tasks[node]], return_when=asyncio.FIRST_COMPLETED, timeout=DEADLINE)
        ready.cancel()
        if self.tasks[node].done():
            await self.tasks[node]
        self.channels[node] = grpc.aio.insecure_channel(f"127.0.0.1:{running.port}")

    async def stop_node(self, node: str) -> None:
        await self.channels.pop(node).close()
        self.tasks[node].cancel()
        await asyncio.gather(self.tasks.pop(node), return_exceptions=True)

    async def stop(self) -> None:
        for node in list(self.tasks):
            await self.stop_node(node)
        await self.nats.stop()

    def token(self, node: str, subject: str, *roles: str) -> tuple[tuple[str, str], ...]:
        key = (self.folder / "token.key").read_bytes()
        return (("authorization", f"Bearer {mint(key, subject, node, roles)}"),)

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
        metadata = (*self.token(more.pop("of", node), subject or f"{roles[0].lower()}-1", *roles),)
        metadata += tuple(more.items())
        stub = STUBS[service](self.channels[node])
        return await getattr(stub, method)(request, metadata=metadata, timeout=DEADLINE)

    # verbs -----------------------------------------------------------------------------------------------------

    async def body(self, node: str = "huanbao", **more: Any) -> body_pb2.EnforcementBody:
        """A confirmed body, known at its department."""
        n = next(self.serial)
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
        if confirmed.node in self.nodes:
            await self.seen(lambda: self.get_body(confirmed.node, confirmed.body_id), lambda reply: True)
        return confirmed

    async def get_body(self, node: str, body_id: str) -> body_pb2.EnforcementBody:
        request = pb.GetBodyRequest(body_id=body_id)
        return (await self.call(node, "registry", "GetBody", request, "PUBLIC")).body

    async def register(
        self, body: body_pb2.EnforcementBody, node: str = "", **more: Any
    ) -> officer_pb2.Officer:
        n = next(self.serial)
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

    async def verify(self, certificate: Any, node: str = CITY, *roles: str, **more: Any) -> Any:
        request = pb.VerifyCertificateRequest(certificate_number=certificate.certificate_number, **more)
        return await self.call(node, "registry", "VerifyCertificate", request, *(roles or ("PUBLIC",)))

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

    async def seen(self, ask: Callable[[], Any], holds: Callable[[Any], bool]) -> Any:
        """Ask until the answer holds; NOT_FOUND counts as not yet."""
        last = None
        try:
            async with asyncio.timeout(DEADLINE):
                while True:
                    with contextlib.suppress(NotYet):
                        last = await found(ask())
                        if holds(last):
                            return last
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(f"not within {DEADLINE} s; last: {last}") from None

    async def journal(self, node: str, service: str) -> list[Any]:
        """Every entry of a service's journal."""
        stub = journal_rpc.JournalServiceStub(self.channels[node])
        request = journal_pb.ReadRequest(service=service, from_seq=1)
        metadata = self.token(node, "system", "SYSTEM")
        return [reply.entry async for reply in stub.Read(request, metadata=metadata)]

    async def events(self, node: str, service: str, subject: str) -> list[str]:
        """The types of the events about one record, in order."""
        entries = await self.journal(node, service)
        return [e.type.rpartition(".")[2] for e in entries if e.subject_id == subject]

    async def announce(self, node: str, event: Message, to: str = "city") -> None:
        """Let an event of a service that does not run here happen at a node."""
        await self.nodes[node].running("registry").do(lambda tx: tx.emit(event, subject="test", to=to))

    @contextlib.asynccontextmanager
    async def refused(
        self,
        reason: str,
        code: grpc.StatusCode = grpc.StatusCode.FAILED_PRECONDITION,
        law: str = "",
        **about: str,
    ) -> AsyncIterator[None]:
        """The block is refused so, with a sentence in both languages."""
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            yield
        status = rpc_status.from_call(caught.value)
        assert status is not None, caught.value
        info = unpack(status, details.ErrorInfo)
        assert (info.reason, caught.value.code()) == (reason, code), caught.value.details()
        assert about.items() <= dict(info.metadata).items(), info.metadata
        assert caught.value.details()
        assert any("\u4e00" <= c <= "\u9fff" for c in unpack(status, details.LocalizedMessage).message)
        if law:
            broken = unpack(status, details.PreconditionFailure).violations
            assert law in {violation.subject for violation in broken}


class NotYet(Exception):
    """The record is not there yet."""


async def found(answer: Any) -> Any:
    try:
        return await answer
    except grpc.aio.AioRpcError as no:
        if no.code() == grpc.StatusCode.NOT_FOUND:
            raise NotYet from None
        raise


def unpack(status: Any, kind: type[Message]) -> Any:
    [detail] = [d for d in status.details if d.Is(kind.DESCRIPTOR)]
    message = kind()
    detail.Unpack(message)
    return message


def credit_code(n: int) -> str:
    """A well-formed 统一社会信用代码 of no existing organisation."""
    stem = f"11440700MB{n:07d}"
    return stem + uscc.calc_check_digit(stem)


def id_number(n: int) -> str:
    """A well-formed 公民身份号码 of nobody."""
    stem = f"44070019{80 + n // 900 % 20:02d}0101{100 + n % 900}"
    return stem + ric.calc_check_digit(stem + "0")
