"""A running city to test: real NATS servers, real databases, nodes in this process; verbs over the public RPCs."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import grpc
import pytest
from google.protobuf.message import Message
from google.rpc import error_details_pb2 as details
from grpc_status import rpc_status
from yifa.access.v1 import access_service_pb2_grpc
from yifa.enforcement.v1 import enforcement_service_pb2_grpc
from yifa.journal.v1 import entry_pb2 as entries
from yifa.journal.v1 import journal_service_pb2_grpc
from yifa.journal.v1 import node_pb2 as nodes
from yifa.notifications.v1 import notifications_service_pb2_grpc
from yifa.registry.v1 import body_pb2, officer_pb2, registry_service_pb2_grpc
from yifa.supervision.v1 import supervision_service_pb2_grpc

from services.given import registry as given
from services.given.people import ROSTER
from services.given.say import PATIENCE, Do, Who, patient, request
from services.kit.arrival import service_of
from services.kit.dial import channel
from services.kit.journal import Envelope
from services.kit.node import Node
from services.kit.settings import Settings
from services.kit.store import micros
from services.kit.time import set_clock
from services.node.nats import Server
from services.node.plan import Plan, lay_out
from services.node.serve import keep_the_hub, service
from tests.cable import Cable
from tests.database import make_ready
from tests.hand import Hand, publish, signer_of

T = TypeVar("T")
OIDC = """
[access.oidc]
issuer = "{provider}"
audience = "yifa-console"
"""
STAFF = {
    "city": (
        ("oversight-2", "监督人员二", ("OVERSIGHT",)),
        ("overseer-head-2", "监督机构负责人二", ("OVERSIGHT_HEAD",)),
        ("public-1", "公众", ("PUBLIC",)),
        ("machine-1", "程序", ("SYSTEM",)),
        ("leaving-1", "将离任人员", ("OVERSIGHT",)),
    )
}
"""More people who may sign in at a node."""
STUBS = {
    "registry": registry_service_pb2_grpc.RegistryServiceStub,
    "enforcement": enforcement_service_pb2_grpc.EnforcementServiceStub,
    "supervision": supervision_service_pb2_grpc.SupervisionServiceStub,
    "notifications": notifications_service_pb2_grpc.NotificationsServiceStub,
    "journal": journal_service_pb2_grpc.JournalServiceStub,
    "access": access_service_pb2_grpc.AccessServiceStub,
}
DEADLINE = 45.0
START_SECONDS = 60.0


def rid() -> str:
    """A fresh request_id."""
    return str(uuid4())


@dataclass
class Refused:
    """What a refused call was told."""

    code: grpc.StatusCode | None = None
    reason: str = ""
    domain: str = ""
    metadata: dict[str, str] = field(default_factory=dict)
    violations: dict[str, str] = field(default_factory=dict)
    fields: list[str] = field(default_factory=list)
    zh: str = ""
    en: str = ""


def read_refusal(error: grpc.aio.AioRpcError) -> Refused:
    """The details of a status, as the documentation promises them."""
    refused = Refused(error.code(), en=error.details() or "")
    status = rpc_status.from_call(error)
    for detail in status.details if status else ():
        info, failure, bad, local = (
            details.ErrorInfo(),
            details.PreconditionFailure(),
            details.BadRequest(),
            details.LocalizedMessage(),
        )
        if detail.Unpack(info):
            refused.reason, refused.domain, refused.metadata = info.reason, info.domain, dict(info.metadata)
        elif detail.Unpack(failure):
            refused.violations = {v.type: v.subject for v in failure.violations}
        elif detail.Unpack(bad):
            refused.fields = [v.field for v in bad.field_violations]
        elif detail.Unpack(local):
            refused.zh = local.message
    return refused


class City:
    """A hub, the city and its departments. `await city.start()` first, `await city.stop()` last."""

    def __init__(self, plan: Plan, *, cables: bool = False):
        # what is not asked for would come in the midst of other tests
        self.plan = replace(plan, checkpoint=0.0)
        self.servers: dict[str, Server] = {}
        self.cables: dict[str, Cable] = {}
        self.with_cables = cables
        self.nodes: dict[str, Node] = {}
        self.tasks: dict[str, asyncio.Task[None]] = {}
        self.channels: dict[str, grpc.aio.Channel] = {}
        self.stubs: dict[tuple[str, str], Any] = {}
        self.hands: dict[tuple[str, str], Hand] = {}
        # The identity provider that the nodes are told of; who needs it starts it.
        self.provider = f"http://127.0.0.1:{plan.base + 55}"
        # More settings of a node, as TOML.
        self.extra: dict[str, str] = {}

    async def start(self) -> None:
        plan = self.plan
        lay_out(plan)
        for site_id, people in STAFF.items():
            if (plan.var / "staff" / f"{site_id}.toml").exists():
                add_staff(plan.var / "staff" / f"{site_id}.toml", people)
        for site in plan.sites:
            with plan.settings(site.id).open("a") as settings:
                settings.write(OIDC.format(provider=self.provider))
        for site_id, more in self.extra.items():
            with plan.settings(site_id).open("a") as settings:
                settings.write(more)
        for hub in plan.hubs:
            self.servers[hub.name] = Server(
                plan.nats_conf(hub.name), hub.client, plan.log(f"nats-{hub.name}")
            )
        for site in plan.sites:
            if self.with_cables:
                await self.put_cable(site.id)
            self.servers[site.id] = Server(plan.nats_conf(site.id), site.nats, plan.log(f"nats-{site.id}"))
        await asyncio.gather(*(server.start() for server in self.servers.values()))
        self.tasks["hub"] = asyncio.create_task(keep_the_hub(Settings.load(plan.settings("hub"))))
        for site in plan.sites:
            make_ready(Settings.load(plan.settings(site.id)))
            await self.start_node(site.id)

    async def put_cable(self, node: str) -> None:
        """Lead a node's link to the hub through a cable."""
        cable = self.cables[node] = Cable(self.plan.hub_leaf.port)
        await cable.mend()
        conf = self.plan.nats_conf(node)
        conf.write_text(
            conf.read_text().replace(f"tls://{self.plan.hub_leaf}", f"tls://127.0.0.1:{cable.port}")
        )

    async def start_node(self, site_id: str) -> None:
        settings = Settings.load(self.plan.settings(site_id))
        node = Node(settings, [service(name) for name in settings.services])
        self.nodes[site_id] = node
        task = self.tasks[site_id] = asyncio.create_task(node.serve(), name=f"node {site_id}")
        ready = asyncio.create_task(node.ready.wait())
        await asyncio.wait([task, ready], return_when=asyncio.FIRST_COMPLETED, timeout=START_SECONDS)
        if task.done():
            task.result()
        assert node.ready.is_set(), f"{site_id} was not ready within {START_SECONDS} s"

    async def stop_node(self, site_id: str) -> None:
        task = self.tasks.pop(site_id)
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    async def stop(self) -> None:
        for each in self.channels.values():
            await each.close()
        for site_id in list(self.tasks):
            await self.stop_node(site_id)
        for cable in self.cables.values():
            await cable.cut()
        await asyncio.gather(*(server.stop() for server in self.servers.values()))

    # Calling -----------------------------------------------------------------------------------------

    def stub(self, node: str, name: str) -> Any:
        """A service of a node, as a client sees it."""
        if (node, name) not in self.stubs:
            self.stubs[node, name] = STUBS[name](self.channel(node))
        return self.stubs[node, name]

    def channel(self, node: str) -> grpc.aio.Channel:
        if node not in self.channels:
            self.channels[node] = channel(self.plan.target(node))
        return self.channels[node]

    def as_(self, node: str, subject: str, *roles: str) -> tuple[tuple[str, str], ...]:
        """Call metadata of a person of a node."""
        return (("authorization", f"Bearer {self.plan.token(subject, node, *roles)}"),)

    async def say(self, node: str, service: str, rpc: str, by: Who, /, **fields: Any) -> Any:
        """Call a service of a node as somebody."""
        method = getattr(self.stub(node, service), rpc)
        return await method(request(service, rpc, **fields), metadata=self.as_(node, *by))

    def work(self, node: str) -> Do:
        """A department at work on its cases."""
        return partial(self.say, node, "enforcement")

    def set_time(self, at: datetime | None) -> None:
        """Move the clock of every node; None is the wall's again."""
        set_clock(self.plan.clock, at)

    @contextlib.contextmanager
    def refused(self, reason: str, law: str = "", code: grpc.StatusCode | None = None) -> Iterator[Refused]:
        """The calls inside are refused for this reason (and article), in both languages."""
        told = Refused()
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            yield told
        told.__dict__.update(read_refusal(caught.value).__dict__)
        assert reason in {told.reason, *told.violations}, told
        assert told.zh, "every refusal is said in Chinese too"
        assert told.code is not grpc.StatusCode.INTERNAL, told
        if law:
            assert law in told.violations.values(), told
        if code is not None:
            assert told.code is code, told

    async def announce(self, node: str, event: Message, to: str = "city") -> None:
        """Let an event happen at a node, in the journal of its service, which may not run there."""
        kind, at = event.DESCRIPTOR.full_name, self.nodes[node]
        name = service_of(kind)
        if running := next((each for each in at.services if each.name == name), None):
            await running.do(lambda tx: tx.emit(event, subject="test", to=to))
            return
        signer = signer_of(self.plan, node)
        hand = self.hands.setdefault((node, name), Hand(node, name, signer))
        moment, trace = micros(at.services[0].around.now()), f"00-{uuid4().hex}-{uuid4().hex[:16]}-00"
        told = Envelope(
            node, name, 0, str(uuid4()), kind, to, 0, "test", moment, "somebody", "", trace,
            event.SerializeToString(deterministic=True), b"", b"",
        )  # fmt: skip
        await publish(self.plan, node, [hand.write(told)], signer)

    async def eventually(
        self, look: Callable[[], Awaitable[T]], holds: Callable[[T], Any] = bool, deadline: float = DEADLINE
    ) -> T:
        """What `look` finds once it holds. A refusal NOT_FOUND or a guard that waits for a replica counts as not yet."""
        last: Any = None
        try:
            async with asyncio.timeout(deadline):
                while True:
                    try:
                        last = await look()
                        if holds(last):
                            return last  # type: ignore[no-any-return]
                    except grpc.aio.AioRpcError as wrong:
                        last = wrong
                        if wrong.code() not in WAITS:
                            raise
                    await asyncio.sleep(0.01)
        except TimeoutError:
            raise AssertionError(f"not within {deadline} s; last seen: {last}") from None

    async def journal(self, node: str, name: str, from_seq: int = 1) -> list[Any]:
        """The entries of a journal."""
        request = entries.ReadRequest(service=name, from_seq=from_seq)
        metadata = self.as_(node, "tester", "SYSTEM")
        return [r.entry async for r in self.stub(node, "journal").Read(request, metadata=metadata)]

    async def status(self, node: str) -> Any:
        request = nodes.GetNodeStatusRequest()
        return await self.stub(node, "journal").GetNodeStatus(
            request, metadata=self.as_(node, "tester", "SYSTEM")
        )

    # Given -------------------------------------------------------------------------------------------

    async def body(self, node: str = "huanbao", patience: float = PATIENCE) -> body_pb2.EnforcementBody:
        """A confirmed enforcement body, known at its department within so many seconds."""
        body = await given.confirm_body(self.say, node)
        await patient(self.say, patience)(node, "registry", "GetBody", ROSTER, body_id=body.body_id)
        return body

    async def headed(self, node: str = "huanbao") -> tuple[body_pb2.EnforcementBody, tuple[str, str]]:
        """The same with a chief and a deputy in office."""
        body = await self.body(node)
        return body, await given.appoint_heads(self.say, body)

    async def officer(self, body: body_pb2.EnforcementBody) -> officer_pb2.Officer:
        """A person on the roster of a body's department."""
        return await given.register(patient(self.say), body.node, body.body_id)

    async def certified(self, body: body_pb2.EnforcementBody) -> tuple[officer_pb2.Officer, str]:
        """An officer who was trained, passed and got a certificate; with its number. Known at the department."""
        officer, certificate = await given.certified_officer(self.say, body)
        number = certificate.certificate_number
        verify = partial(
            self.say, body.node, "registry", "VerifyCertificate", ROSTER, certificate_number=number
        )
        await self.eventually(verify, lambda reply: reply.valid)
        return officer, number


def add_staff(file: Path, people: tuple[tuple[str, str, tuple[str, ...]], ...]) -> None:
    """Put people on the list of a node who are not on it."""
    text = file.read_text()
    for subject, name, roles in people:
        if f'"{subject}"' not in text:
            text += f'\n[[staff]]\nsubject = "{subject}"\nname = "{name}"\nroles = {list(roles)}\n'
    file.write_text(text)


WAITS = {grpc.StatusCode.NOT_FOUND, grpc.StatusCode.FAILED_PRECONDITION, grpc.StatusCode.UNAVAILABLE}


async def running(city: City) -> AsyncIterator[City]:
    """The city for as long as the fixture lives."""
    await city.start()
    try:
        yield city
    finally:
        await city.stop()
