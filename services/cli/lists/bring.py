"""Bringing a list into the register, part by part."""

import asyncio
import time
from collections import deque
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import grpc
from yifa.enforcement.v1 import enforcement_service_pb2_grpc as enforcement
from yifa.enforcement.v1 import past_penalty_pb2, register_list_pb2
from yifa.registry.v1 import bulk_pb2, reason_pb2
from yifa.registry.v1 import registry_service_pb2_grpc as rpc

from services.cli.lists.columns import TABLES, Table
from services.cli.lists.find import Found, find, is_note
from services.cli.lists.report import Problem, Report
from services.kit.dial import Target, channel
from services.node.callers import Metadata, went_away
from services.node.failure import Failure
from services.registry.bulk.fault import Fault

PART = 500
AHEAD = 3
PATIENCE = 30.0
REGISTRY, ENFORCEMENT = rpc.RegistryServiceStub, enforcement.EnforcementServiceStub
METHODS = {
    "officers": (REGISTRY, "ImportOfficers", bulk_pb2.ImportOfficersRequest),
    "training": (REGISTRY, "ImportTraining", bulk_pb2.ImportTrainingRequest),
    "posts": (REGISTRY, "ImportPosts", bulk_pb2.ImportPostsRequest),
    "bodies": (REGISTRY, "ImportBodies", bulk_pb2.ImportBodiesRequest),
    "devices": (ENFORCEMENT, "ImportMonitoringDevices", register_list_pb2.ImportMonitoringDevicesRequest),
    "institutions": (
        ENFORCEMENT,
        "ImportSamplingInstitutions",
        register_list_pb2.ImportSamplingInstitutionsRequest,
    ),
    "penalties": (ENFORCEMENT, "ImportPastPenalties", past_penalty_pb2.ImportPastPenaltiesRequest),
}


async def bring(
    target: Target,
    metadata: Metadata,
    kind: str,
    file: Path,
    *,
    dry_run: bool = False,
    part: int = PART,
    sheet: str = "",
) -> Report:
    """Send a list of a kind (officers, posts, training, bodies, devices, institutions, penalties) to a node.

    What a node that went away had kept is not added again when it is back. Raises Failure for a file that is no such
    list, AioRpcError for a refusal or a node that stays away.
    """
    table, report = TABLES[kind], Report(dry_run=dry_run)
    try:
        found = find(table, file, sheet, report)
    except (ValueError, OSError) as wrong:
        raise Failure(f"{file} 不能作为名单读取 cannot be read as a list: {wrong}") from None
    await send(target, metadata, kind, rows_of(table, found, report), report, part)
    report.problems.sort()
    return report


def rows_of(table: Table, found: Found, report: Report) -> Iterator[Any]:
    """The rows that can be read; the others go into the report."""
    for line in found.lines:
        if is_note(line, found.head):
            continue
        report.rows += 1
        row, faults = table.parse(line.number, line.cells, found.head)
        for fault in faults:
            report.problems.append(problem(table, line.number, fault))
        if not faults:
            yield row


def problem(table: Table, line: int, fault: Fault) -> Problem:
    return Problem(line, table.titles.get(fault.field, fault.field), fault.reason, fault.zh, fault.en)


async def send(
    target: Target, metadata: Metadata, kind: str, rows: Iterator[Any], report: Report, size: int
) -> None:
    """Send all rows, a few parts ahead of the answers; after a break go on with the first that was not answered."""
    stub, method, request = METHODS[kind]
    parts = iter(lambda: list(islice(rows, size)), [])
    waiting = deque(islice(parts, AHEAD))
    deadline = time.monotonic() + PATIENCE
    while waiting:
        try:
            async with channel(target) as there:
                call = getattr(stub(there), method)(metadata=metadata)
                for part in waiting:
                    await call.write(request(dry_run=report.dry_run, rows=part))
                while waiting:
                    reply = await call.read()
                    if reply is grpc.aio.EOF:
                        await stopped(call)
                    take(TABLES[kind], reply, report)
                    waiting.popleft()
                    deadline = time.monotonic() + PATIENCE
                    if part := next(parts, []):
                        waiting.append(part)
                        await call.write(request(dry_run=report.dry_run, rows=part))
                await call.done_writing()
                return
        except grpc.aio.AioRpcError as wrong:
            if not went_away(wrong) or time.monotonic() > deadline:
                raise
        await asyncio.sleep(0.3)


async def stopped(call: Any) -> None:
    """Raise what a stream ended with."""
    raise grpc.aio.AioRpcError(
        await call.code(),
        await call.initial_metadata(),
        await call.trailing_metadata(),
        details=await call.details(),
    )


def take(table: Table, reply: Any, report: Report) -> None:
    report.added += reply.added
    report.unchanged += reply.unchanged
    for p in reply.problems:
        if isinstance(p, past_penalty_pb2.PastPenaltyProblem | register_list_pb2.RegisterProblem):
            report.problems.append(problem(table, p.line, Fault(p.column, "BAD_FIELD", p.text_en, p.text_zh)))
            continue
        reason = reason_pb2.Reason.Name(p.reason).removeprefix("REASON_")
        report.problems.append(problem(table, p.line, Fault(p.field, reason, p.en, p.zh)))
