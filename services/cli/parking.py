"""Parked events at the command line: seen, tried again, discarded."""

from collections.abc import AsyncIterator
from typing import Any

import grpc
from rich import box
from rich.console import Console
from rich.table import Table
from yifa.journal.v1 import journal_service_pb2_grpc, parked_pb2

from services.cli.show import credentials
from services.kit.dial import channel
from services.node.plan import Plan

ALL, ALL_REFUSED = "all", "refused"
REFUSED = ("forged:", "impossible:")
"""How the reason of an event begins that nobody ever reacts to."""


async def parked(plan: Plan, node: str, retry: str, discard: str) -> list[dict[str, Any]]:
    """The parked events of one node or all, after retrying or discarding the one named; `all` retries all of them, `refused`
    discards those that are never to be taken.
    """
    found: list[dict[str, Any]] = []
    for site in plan.sites:
        if node not in ("", site.id):
            continue
        async with channel(plan.target(site.id)) as there:
            stub = journal_service_pb2_grpc.JournalServiceStub(there)
            for service in site.services:
                async for event in listed(stub, plan, service):
                    said = await settle(stub, plan, service, event, retry, discard)
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


async def listed(stub: Any, plan: Plan, service: str) -> AsyncIterator[parked_pb2.ParkedEvent]:
    """All that a service has parked, page by page."""
    after = ""
    while True:
        asked = parked_pb2.ListParkedRequest(service=service, after_event_id=after)
        reply = await stub.ListParked(asked, metadata=credentials(plan))
        for event in reply.events:
            yield event
        if not reply.events:
            return
        after = reply.events[-1].entry.event_id


async def settle(stub: Any, plan: Plan, service: str, event: Any, retry: str, discard: str) -> str:
    """What became of one event: "" when it was not asked about. One that was refused is looked at anew before it is given up: its
    key may be known by now.
    """
    event_id, refused = event.entry.event_id, event.error.startswith(REFUSED)
    try:
        if retry in (event_id, ALL) or (discard == ALL_REFUSED and refused):
            request = parked_pb2.RetryParkedRequest(service=service, event_id=event_id)
            await stub.RetryParked(request, metadata=credentials(plan))
            return "done"
    except grpc.aio.AioRpcError as wrong:
        if discard != ALL_REFUSED or wrong.code() != grpc.StatusCode.ABORTED:
            return f"{wrong.code().name}: {wrong.details()}"
    try:
        if discard == event_id or (discard == ALL_REFUSED and refused):
            asked = parked_pb2.DiscardParkedRequest(service=service, event_id=event_id)
            await stub.DiscardParked(asked, metadata=credentials(plan))
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
