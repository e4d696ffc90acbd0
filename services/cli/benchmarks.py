"""Bringing a discretion benchmark table into a department."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import grpc
from rich.console import Console
from yifa.enforcement.v1 import benchmark_pb2 as pb
from yifa.enforcement.v1 import enforcement_service_pb2_grpc

from services.enforcement.benchmark.file import read_benchmarks
from services.node.failure import Failure
from services.node.plan import Plan


@dataclass
class Result:
    """What became of each item of a table."""

    published: int = 0
    bands: int = 0
    amounts: int = 0
    problems: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return vars(self)

    def print(self, out: Console) -> None:
        out.print(
            f"已发布 published: {self.published} 项 items, {self.bands} 档 bands, {self.amounts} with amounts"
        )
        for line in self.problems:
            out.print(f"[yellow]! {line}[/yellow]", highlight=False)
        for line in self.refused:
            out.print(f"[red]✗ {line}[/red]", highlight=False)


async def publish_benchmarks(plan: Plan, node: str, file: Path) -> Result:
    """Publish every item of a table at a department. Raises Failure for a bad file or a node that is no department."""
    targets = {s.id: s.grpc for s in plan.departments}
    if node not in targets:
        raise Failure(f"{node} is no department; known are {', '.join(targets)}")
    try:
        benchmarks, problems = read_benchmarks(file)
    except (ValueError, OSError) as wrong:
        raise Failure(f"{file} cannot be read as a benchmark table: {wrong}") from None
    result = Result(problems=[str(p) for p in problems])
    target = targets[node]
    token = plan.token("importer", node, "ROSTER_CLERK", "AGENCY_HEAD")
    metadata = (("authorization", f"Bearer {token}"),)
    async with grpc.aio.insecure_channel(target) as channel:
        stub = enforcement_service_pb2_grpc.EnforcementServiceStub(channel)
        for item in benchmarks:
            content = item.SerializeToString(deterministic=True)
            request_id = str(uuid5(NAMESPACE_URL, f"{node}/{content.hex()}"))
            try:
                request = pb.PublishBenchmarkRequest(request_id=request_id, benchmark=item)
                await stub.PublishBenchmark(request, metadata=metadata)
            except grpc.aio.AioRpcError as no:
                result.refused.append(f"{item.statute} {item.code}: {no.details()}")
                continue
            result.published += 1
            result.bands += len(item.bands)
            result.amounts += sum(1 for b in item.bands if b.HasField("max_fine") or b.max_rate)
    return result
