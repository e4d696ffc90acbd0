"""Bringing a list into the register, part by part."""

import asyncio
import csv
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import grpc
from rich.console import Console
from rich.markup import escape
from yifa.registry.v1 import bulk_pb2, reason_pb2
from yifa.registry.v1 import registry_service_pb2_grpc as rpc

from services.cli.lists.columns import TABLES, Table
from services.cli.lists.sheet import Line, read
from services.node.callers import AWAY, Metadata
from services.node.failure import Failure
from services.registry.bulk.fault import Fault

PART = 500
AHEAD = 3
HEAD_LINES = 10
SHOWN = 40
PATIENCE = 30.0
METHODS = {
    "officers": ("ImportOfficers", bulk_pb2.ImportOfficersRequest),
    "training": ("ImportTraining", bulk_pb2.ImportTrainingRequest),
    "posts": ("ImportPosts", bulk_pb2.ImportPostsRequest),
    "bodies": ("ImportBodies", bulk_pb2.ImportBodiesRequest),
}


@dataclass(frozen=True, order=True)
class Problem:
    """Why a line was not taken."""

    line: int
    column: str
    reason: str
    zh: str
    en: str


@dataclass
class Report:
    """What became of the lines of a list."""

    rows: int = 0
    added: int = 0
    unchanged: int = 0
    dry_run: bool = False
    problems: list[Problem] = field(default_factory=list)

    @property
    def bad(self) -> int:
        return len({problem.line for problem in self.problems})

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "bad": self.bad}

    def save(self, file: Path) -> None:
        """Every problem as a CSV file, for whoever mends the list."""
        with file.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(("行号 line", "列 column", "代码 reason", "原因", "why"))
            writer.writerows((p.line, p.column, p.reason, p.zh, p.en) for p in self.problems)

    def print(self, out: Console) -> None:
        done = "试运行，未写入 dry run, nothing kept" if self.dry_run else "已导入 imported"
        out.print(
            f"{done}: {self.rows} 行 rows, 新增 added {self.added}, 已有 unchanged {self.unchanged}, 有误 bad {self.bad}",
            highlight=False,
        )
        for p in self.problems[:SHOWN]:
            said = f"第{p.line}行 line {p.line} · {p.column} · {p.reason}：{p.zh} {p.en}"
            out.print(f"[red]✗[/red] {escape(said)}", highlight=False)
        if (more := len(self.problems) - SHOWN) > 0:
            out.print(f"… {more} 条 more: --report FILE.csv", highlight=False)


async def bring(
    target: str, metadata: Metadata, kind: str, file: Path, *, dry_run: bool = False, part: int = PART
) -> Report:
    """Send a list of a kind (officers, posts, training, bodies) to a node.

    What a node that went away had kept is not added again when it is back. Raises Failure for a file that is no such
    list, AioRpcError for a refusal or a node that stays away.
    """
    table = TABLES[kind]
    try:
        lines = read(file)
        head = head_of(table, lines, file)
        report = Report(dry_run=dry_run)
        await send(target, metadata, kind, rows_of(table, head, lines, report), report, part)
    except (ValueError, OSError) as wrong:
        raise Failure(f"{file} cannot be read as a list: {wrong}") from None
    report.problems.sort()
    return report


def head_of(table: Table, lines: Iterator[Line], file: Path) -> dict[int, Any]:
    """The line that names the columns; a list may have titles above it. Raises Failure."""
    nearest: list[str] = list(table.titles.values())
    for line in islice(lines, HEAD_LINES):
        found = table.find(line.cells)
        missing = table.missing(found)
        if not missing:
            return found
        if len(missing) < len(nearest):
            nearest = missing
    raise Failure(f"{file}: 缺少列 columns are missing: {'、'.join(nearest)}")


def rows_of(table: Table, head: dict[int, Any], lines: Iterator[Line], report: Report) -> Iterator[Any]:
    """The rows that can be read; the others go into the report."""
    for line in lines:
        report.rows += 1
        row, faults = table.parse(line.number, line.cells, head)
        for fault in faults:
            report.problems.append(problem(table, line.number, fault))
        if not faults:
            yield row


def problem(table: Table, line: int, fault: Fault) -> Problem:
    return Problem(line, table.titles.get(fault.field, fault.field), fault.reason, fault.zh, fault.en)


async def send(
    target: str, metadata: Metadata, kind: str, rows: Iterator[Any], report: Report, size: int
) -> None:
    """Send all rows, a few parts ahead of the answers; after a break go on with the first that was not answered."""
    method, request = METHODS[kind]
    parts = iter(lambda: list(islice(rows, size)), [])
    waiting = deque(islice(parts, AHEAD))
    deadline = time.monotonic() + PATIENCE
    while waiting:
        try:
            async with grpc.aio.insecure_channel(target) as channel:
                call = getattr(rpc.RegistryServiceStub(channel), method)(metadata=metadata)
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
            if wrong.code() not in AWAY or time.monotonic() > deadline:
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
        reason = reason_pb2.Reason.Name(p.reason).removeprefix("REASON_")
        report.problems.append(problem(table, p.line, Fault(p.field, reason, p.en, p.zh)))
