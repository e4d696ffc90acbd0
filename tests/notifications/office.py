"""A city whose nodes send mail and web hooks, and whose spans are collected."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import grpc
from google.protobuf.message import Message
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2, trace_service_pb2_grpc
from yifa.enforcement.v1 import case_pb2
from yifa.law.v1 import law_pb2
from yifa.notifications.v1 import contact_pb2 as contacts
from yifa.notifications.v1 import notification_pb2
from yifa.supervision.v1 import events_pb2 as supervision
from yifa.supervision.v1 import warning_pb2

from services.kit.dial import open_port
from services.node.nats import make_keys
from services.node.plan import HOST, OTLP, Plan
from tests.city import DEADLINE, City, rid
from tests.notifications.outside import Hook, Mailbox
from tests.registry.town import Town

SECRET = "示例密钥"
ATTEMPTS = 3
ROLES = ("UNIT_HEAD", "AGENCY_HEAD", "OVERSIGHT", "OVERSIGHT_HEAD", "ROSTER_CLERK", "CLERK")


class Collector(trace_service_pb2_grpc.TraceServiceServicer):
    """Takes spans over OTLP, as a trace back end does."""

    def __init__(self) -> None:
        self.spans: list[Any] = []

    def Export(self, request: Any, _context: Any) -> Any:
        for resource in request.resource_spans:
            for scope in resource.scope_spans:
                self.spans += scope.spans
        return trace_service_pb2.ExportTraceServiceResponse()

    def start(self, plan: Plan) -> None:
        # in threads of its own: nodes that end wait, on the loop, until their last spans are taken
        self.server = grpc.server(ThreadPoolExecutor(4))
        trace_service_pb2_grpc.add_TraceServiceServicer_to_server(self, self.server)
        open_port(self.server, f"{HOST}:{plan.base + OTLP}", plan.trust(plan.city.id), known_only=True)
        self.server.start()


class Office(City):
    """Nodes with the registry and notifications only; huanbao and the city may send, chengguan has no channel."""

    def __init__(self, plan: Plan):
        few = [replace(site, services=("registry", "notifications")) for site in plan.sites]
        super().__init__(replace(plan, city=few[0], departments=tuple(few[1:])))
        self.mailbox, self.hook, self.collector = Mailbox(), Hook(), Collector()
        self.town = Town(self)

    async def start(self) -> None:
        self.smtp_port, self.hook_port = self.mailbox.start(), self.hook.start()
        make_keys(self.plan.keys, [s.id for s in self.plan.sites])
        self.collector.start(self.plan)
        await super().start()

    async def stop(self) -> None:
        await super().stop()
        self.collector.server.stop(None)
        self.mailbox.stop()
        self.hook.stop()

    async def start_node(self, site_id: str) -> None:
        path = self.plan.settings(site_id)
        if "[notifications]" not in path.read_text() and site_id != "chengguan":
            with path.open("a") as settings:
                settings.write(self.channels_section())
        await super().start_node(site_id)

    def channels_section(self) -> str:
        return f"""
[notifications]
smtp_host = "127.0.0.1"
smtp_port = {self.smtp_port}
smtp_from = "依法 <yifa@example.cn>"
webhook_secret = "{SECRET}"
webhook_networks = ["127.0.0.1/32"]
webhook_http = ["127.0.0.1"]
max_attempts = {ATTEMPTS}
base_backoff_seconds = 0.05
"""

    # Given -------------------------------------------------------------------------------------------

    async def contact(self, node: str, recipient: str, **how: str) -> contacts.Contact:
        request = contacts.SetContactRequest(request_id=rid(), recipient=recipient, **how)
        return (await self.town.call(node, "notifications", "SetContact", request, "ROSTER_CLERK")).contact

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.hook_port}{path}"

    async def warn(self, node: str, officer: str, title: str = "示例预警", case_id: str = "") -> str:
        """A yellow warning about a case that the officer handles; its id."""
        raised = warning(node, "YELLOW", officer, title, case_id)
        await self.town.announce("city", raised, to=node)
        return raised.warning.case_id

    # What can be seen --------------------------------------------------------------------------------

    async def inbox(
        self, node: str, subject: str, *roles: str, **how: Any
    ) -> list[notification_pb2.Notification]:
        request = notification_pb2.ListInboxRequest(page_size=500, **how)
        reply = await self.town.call(
            node, "notifications", "ListInbox", request, *(roles or ("HANDLING_OFFICER",)), subject=subject
        )
        return list(reply.notifications)

    async def told(self, node: str, case_id: str, subject: str) -> set[str]:
        """Which of a person and all roles were told of a case at a node."""
        found = await self.inbox(node, subject, *ROLES)
        return {n.recipient for n in found if n.case_id == case_id}

    async def deliveries(self, node: str, case_id: str, subject: str) -> list[notification_pb2.Delivery]:
        found = await self.inbox(node, subject, *ROLES)
        return [delivery for n in found if n.case_id == case_id for delivery in n.deliveries]

    async def delivery(
        self, node: str, case_id: str, subject: str, holds: Callable[[Any], Any], deadline: float = DEADLINE
    ) -> notification_pb2.Delivery:
        """The one delivery about a case, once it holds."""

        async def look() -> Any:
            found = await self.deliveries(node, case_id, subject)
            return found[0] if len(found) == 1 else None

        return await self.eventually(look, lambda delivery: delivery and holds(delivery), deadline)

    async def events(self, node: str, kind: type[Message]) -> list[Message]:
        entries = await self.journal(node, "notifications")
        return [kind.FromString(e.data) for e in entries if e.type == kind.DESCRIPTOR.full_name]


def case(node: str, *officers: str, case_id: str = "") -> case_pb2.Case:
    return case_pb2.Case(
        case_id=case_id or f"C-{rid()}",
        case_number="示罚立〔2026〕7号",
        node=node,
        officers=[case_pb2.AssignedOfficer(officer_id=o) for o in officers],
    )


def clock() -> law_pb2.Deadline:
    citation = law_pb2.Citation(code="APL-2021:60", text_zh="《行政处罚法》第六十条", text_en="APL art. 60")
    return law_pb2.Deadline(
        clock_id="PEN-15",
        title_zh="作出处罚决定",
        title_en="Penalty decision",
        citation=citation,
        due_time={"seconds": 1_800_000_000},
    )


def warning(
    node: str, level: str, officer: str = "", title: str = "示例预警", case_id: str = ""
) -> supervision.WarningRaised:
    about = case(node, *([officer] if officer else []), case_id=case_id)
    raised = warning_pb2.Warning(
        warning_id=f"W-{rid()}",
        level=f"WARNING_LEVEL_{level}",
        node=node,
        case_id=about.case_id,
        case_number=about.case_number,
        title_zh=title,
        title_en=title,
        detail_zh="应审未审",
        detail_en="not reviewed",
    )
    return supervision.WarningRaised(warning=raised, case=about)
