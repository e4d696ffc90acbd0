"""What the command line shows: node states and live events."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import grpc
from google.protobuf.json_format import MessageToDict
from rich.cells import set_cell_size
from rich.console import Console
from rich.table import Table
from rich.text import Text
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.journal.v1 import condition_pb2 as conditions
from yifa.journal.v1 import events_pb2 as journals
from yifa.journal.v1 import journal_service_pb2_grpc
from yifa.journal.v1 import node_pb2 as nodes
from yifa.law.v1 import events_pb2 as law
from yifa.notifications.v1 import events_pb2 as notifications
from yifa.registry.v1 import events_pb2 as registry
from yifa.supervision.v1 import events_pb2 as supervision
from yifa.supervision.v1 import supervision_service_pb2_grpc
from yifa.supervision.v1 import watch_pb2 as watching
from yifa.supervision.v1.warning_pb2 import WarningLevel

from services.cli.screen import say
from services.kit.dial import channel
from services.kit.sized import in_english
from services.law.calendar import SHANGHAI
from services.node import hub_size
from services.node.failure import Failure
from services.node.plan import Plan, Site

LEVELS = {
    WarningLevel.WARNING_LEVEL_YELLOW: ("黄 yellow", "yellow"),
    WarningLevel.WARNING_LEVEL_ORANGE: ("橙 orange", "dark_orange"),
    WarningLevel.WARNING_LEVEL_RED: ("红 red", "red"),
}


def credentials(plan: Plan) -> tuple[tuple[str, str]]:
    """Call metadata of an operator at this machine."""
    return (("authorization", f"Bearer {plan.token('operator', plan.city.id, 'SYSTEM', 'OVERSIGHT')}"),)


@dataclass
class NodeState:
    """A node as it answered, or why it did not."""

    site: Site
    reply: nodes.GetNodeStatusResponse | None = None
    problem: str = ""


async def node_states(plan: Plan) -> list[NodeState]:
    """The state of every node; one that does not answer says so."""
    states = []
    for site in plan.sites:
        async with channel(plan.target(site.id)) as there:
            stub = journal_service_pb2_grpc.JournalServiceStub(there)
            try:
                asked = nodes.GetNodeStatusRequest()
                reply = await stub.GetNodeStatus(asked, metadata=credentials(plan), timeout=3)
                states.append(NodeState(site, reply))
            except grpc.aio.AioRpcError as wrong:
                states.append(NodeState(site, problem=f"{wrong.code().name}: {wrong.details()}"))
    return states


def state_json(state: NodeState) -> dict[str, Any]:
    if state.reply is None:
        return {"node": state.site.id, "problem": state.problem}
    plain = MessageToDict(
        state.reply, preserving_proto_field_name=True, always_print_fields_with_no_presence=True
    )
    for service, message in zip(plain["services"], state.reply.services, strict=True):
        service["head_hash"] = message.head_hash.hex()
        for number in ("head_seq", "relayed_seq", "parked"):
            service[number] = int(service[number])
    plain["hub_lag"] = int(plain["hub_lag"])
    for store in plain["stores"]:
        for number in ("bytes", "limit_bytes", "rows", "limit_rows"):
            store[number] = int(store[number])
    return plain


COLUMNS = (
    ("服务\nservice", "left"),
    ("状态\nstate", "left"),
    ("日志\njournal", "right"),
    ("链首\nhead", "left"),
    ("待发\nunsent", "right"),
    ("搁置\nparked", "right"),
    ("已读\nread", "left"),
)


def print_states(out: Console, states: list[NodeState]) -> None:
    for state in states:
        out.print(node_line(state))
        if state.reply is None:
            continue
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
        for heading, justify in COLUMNS:
            table.add_column(heading, justify=justify, no_wrap=True)  # type: ignore[arg-type]
        for service in state.reply.services:
            table.add_row(*service_cells(service))
        out.print(table)
        for alert in state.reply.alerts:
            out.print(alert_line(alert))
        out.print(Text("  ".join(size_words(s) for s in state.reply.stores), "dim"))
        out.print()


def print_hub(out: Console, plan: Plan) -> None:
    """How large the hub's streams are."""
    if (hub := hub_size.read(plan.var)) is None:
        return
    zh, en = hub_size.AT_LIMIT
    line = Text("中枢 hub  ", "bold").append(
        f"事件流 streams {in_english(hub['bytes'])} / {in_english(hub['limit_bytes'])}", "dim"
    )
    line.append(f"  磁盘余 disk free {in_english(hub['disk_free'])}", "dim")
    if hub["nearly_full"]:
        line.append(f"\n! {zh} {en}", "red")
    out.print(line)
    out.print()


def alert_line(alert: conditions.Alert) -> Text:
    """What is not as it should be, in both languages."""
    grave = alert.level == conditions.ALERT_LEVEL_FAULT
    line = Text("✗ " if grave else "! ", "red" if grave else "yellow")
    return line.append(f"{alert.service} " if alert.service else "").append(
        f"{alert.message_zh} {alert.message_en}"
    )


STORES = {
    "database": "库 database",
    "replies": "应答 replies",
    "stream": "事件流 stream",
    "parked": "搁置 parked",
    "uploads": "上传 uploads",
    "disk": "磁盘 disk",
}


def size_words(s: conditions.StoreSize) -> str:
    """How large something is, and how large it may be."""
    name = f"{STORES.get(s.name, s.name)}{' ' + s.service if s.service else ''}"
    if s.limit_rows:
        return f"{name} {s.rows}/{s.limit_rows}"
    size = in_english(s.bytes)
    return f"{name} {size} / {in_english(s.limit_bytes)}" if s.limit_bytes else f"{name} {size}"


def node_line(state: NodeState) -> Text:
    """A node's name, and how it stands with the hub."""
    line = Text(f"{state.site.title_zh} {state.site.id}  ", "bold")
    if state.reply is None:
        return line.append(f"✗ {state.problem}", "red")
    if state.reply.hub_connected:
        return line.append("✓ 已连中枢 linked to the hub", "green")
    return line.append(f"✗ 与中枢断开 hub cut off, {state.reply.hub_lag} 待传 waiting", "red")


def service_cells(s: nodes.ServiceStatus) -> list[Text]:
    unsent, late = s.head_seq - s.relayed_seq, [r.source for r in s.readings if not r.caught_up]
    return [
        Text(s.service),
        Text("✓ 正常 up", "green") if s.serving else Text("… 停止中 ends", "yellow"),
        Text(str(s.head_seq)),
        Text(s.head_hash.hex()[:8] if s.head_seq else "–", "dim"),
        Text(str(unsent), "yellow" if unsent else ""),
        Text(str(s.parked), "red" if s.parked else ""),
        Text("… " + " ".join(late), "yellow") if late else Text("✓ 最新 current", "green"),
    ]


def watch_request(
    after: int | None,
    since: datetime | None,
    only_warnings: bool,
    *,
    node: str,
    service: str,
    types: Sequence[str],
) -> watching.WatchRequest:
    """What to watch. A type without a package is looked for among the events of all services; raises Failure for none."""
    request = watching.WatchRequest(
        node=node, only_warnings=only_warnings, service=service, types=[event_named(t) for t in types]
    )
    if after is not None:
        request.after_position = after
    elif since is not None:
        request.from_time.FromDatetime(since)
    return request


def event_named(name: str) -> str:
    """The full name of an event; a name with dots is taken as it is."""
    if "." in name:
        return name
    found = [
        f"{file.DESCRIPTOR.package}.{name}"
        for file in (enforcement, registry, supervision, notifications, law, journals)
        if name in file.DESCRIPTOR.message_types_by_name
    ]
    if not found:
        raise Failure(f"no event is called {name}: give its name as in events.proto, as DecisionMade")
    return found[0]


async def watch(plan: Plan, request: watching.WatchRequest, out: Console, *, as_json: bool) -> None:
    """Print events until the stream or the user ends it."""
    async with channel(plan.target(plan.city.id)) as there:
        stub = supervision_service_pb2_grpc.SupervisionServiceStub(there)
        async for reply in stub.Watch(request, metadata=credentials(plan)):
            if not reply.HasField("entry"):
                continue
            if as_json:
                plain = MessageToDict(reply, preserving_proto_field_name=True)
                say(json.dumps(plain, ensure_ascii=False))
            else:
                out.print(event_line(reply), soft_wrap=True, highlight=False)


def event_line(reply: watching.WatchResponse) -> Text:
    e = reply.entry
    local = e.occur_time.ToDatetime(tzinfo=UTC).astimezone(SHANGHAI)
    word, style = LEVELS.get(e.level, ("", ""))
    line = Text()
    line.append(f"{local:%m-%d %H:%M:%S} ", "dim")
    line.append(f"{e.node:<10} ", "cyan")
    line.append(set_cell_size(f"{e.title_zh} {e.title_en}", 36) + " ", style or "bold")
    if word:
        line.append(f"[{word}] ", style)
    line.append(f"{e.case_number or e.subject_id} ")
    line.append(e.summary_zh, "dim")
    return line
