"""Parked events at the command line: seen, tried again, discarded."""

from typing import Any

import grpc
from rich import box
from rich.console import Console
from rich.table import Table
from yifa.journal.v1 import journal_service_pb2_grpc, parked_pb2

from services.cli.show import credentials
from services.kit.dial import channel
from services.node.plan import Plan


async def parked(plan: Plan, node: str, retry: str, discard: str) -> list[dict[str, Any]]:
    """The parked events of one node or all, after retrying or discarding the one named."""
    found: list[dict[str, Any]] = []
    for site in plan.sites:
        if node not in ("", site.id):
            continue
        async with channel(plan.target(site.id)) as there:
            stub = journal_service_pb2_grpc.JournalServiceStub(there)
            for service in site.services:
                asked = parked_pb2.ListParkedRequest(service=service)
                reply = await stub.ListParked(asked, metadata=credentials(plan))
                for event in reply.events:
                    said = await settle(stub, plan, service, event.entry.event_id, retry, discard)
                    found.append(
                        {
                            "node": site.id,
                            "service": service,
                            "event_id": event.entry.event_id,
                            "type": event.entry.type,
                            "from": f"{event.entry.node}/{event.entry.service}",
                            "tries": event.tries,
                            "error": event.error,
                            "outcome": said,
                        }
                    )
    return found


async def settle(stub: Any, plan: Plan, service: str, event_id: str, retry: str, discard: str) -> str:
    """What became of one event: "" when it was not asked about."""
    try:
        if event_id == retry:
            request = parked_pb2.RetryParkedRequest(service=service, event_id=event_id)
            await stub.RetryParked(request, metadata=credentials(plan))
            return "done"
        if event_id == discard:
            request = parked_pb2.DiscardParkedRequest(service=service, event_id=event_id)
            await stub.DiscardParked(request, metadata=credentials(plan))
            return "discarded"
    except grpc.aio.AioRpcError as wrong:
        return f"{wrong.code().name}: {wrong.details()}"
    return ""


def print_parked(out: Console, events: list[dict[str, Any]]) -> None:
    if not events:
        out.print("没有搁置的事件 · no parked events", style="green")
        return
    table = Table(box=box.SIMPLE_HEAD, title="搁置的事件 Parked events", title_justify="left")
    for column in ("node", "service", "event_id", "type", "from", "tries", "error", "outcome"):
        table.add_column(column, overflow="fold")
    for event in events:
        table.add_row(*(str(value) for value in event.values()))
    out.print(table)
