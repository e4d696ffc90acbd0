"""Publishing a benchmark table at a department: what is new or changed, as a version of its own."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import grpc
from google.type.date_pb2 import Date
from yifa.enforcement.v1 import benchmark_pb2 as pb
from yifa.enforcement.v1 import enforcement_service_pb2_grpc

from services.cli.benchmark.items import items_of
from services.cli.benchmark.report import Report
from services.kit.dial import Target, channel
from services.node.callers import Metadata
from services.node.failure import Failure

PAGE = 500


@dataclass(frozen=True)
class Document:
    """The normative document that sets a table, and its first and last day."""

    title: str = ""
    since: date | None = None
    until: date | None = None


def read_table(file: Path, document: Document, report: Report) -> list[pb.Benchmark]:
    """The items of a file, of a document. Raises Failure for a file that holds no such table."""
    try:
        items = items_of(file, report)
    except (ValueError, OSError) as wrong:
        raise Failure(f"{file} 不能作为裁量基准表读取 cannot be read as a benchmark table: {wrong}") from None
    title = document.title or (report.titles[0] if report.titles else "")
    for item in items:
        item.document = title
        for name, day in (("since", document.since), ("until", document.until)):
            if day is not None:
                getattr(item, name).CopyFrom(Date(year=day.year, month=day.month, day=day.day))
    return items


async def publish(
    target: Target, metadata: Metadata, node: str, items: list[pb.Benchmark], report: Report
) -> None:
    """Publish the items that are new or changed. One that changed gets the next version; the old stays for acts of its time."""
    async with channel(target) as there:
        stub = enforcement_service_pb2_grpc.EnforcementServiceStub(there)
        published = await _published(stub, metadata)
        for item in items:
            before = published.get(item.benchmark_id)
            if before is not None and _same(before, item):
                report.unchanged += 1
                continue
            item.version = before.version + 1 if before is not None else 1
            content = item.SerializeToString(deterministic=True)
            request_id = str(uuid5(NAMESPACE_URL, f"{node}/{content.hex()}"))
            try:
                request = pb.PublishBenchmarkRequest(request_id=request_id, benchmark=item)
                await stub.PublishBenchmark(request, metadata=metadata)
            except grpc.aio.AioRpcError as no:
                report.refused.append(f"{item.statute} {item.code}: {no.details()}")
                continue
            report.published += 1


async def _published(
    stub: enforcement_service_pb2_grpc.EnforcementServiceStub, metadata: Metadata
) -> dict[str, pb.Benchmark]:
    """What the department has published, by id."""
    found: dict[str, pb.Benchmark] = {}
    token = ""
    while True:
        request = pb.ListBenchmarksRequest(page_size=PAGE, page_token=token)
        reply = await stub.ListBenchmarks(request, metadata=metadata)
        found |= {item.benchmark_id: item for item in reply.benchmarks}
        if not (token := reply.next_page_token):
            return found


def _same(before: pb.Benchmark, item: pb.Benchmark) -> bool:
    """Whether an item says what is published already."""
    bare = pb.Benchmark()
    bare.CopyFrom(before)
    bare.ClearField("publish_time")
    bare.version = item.version
    return bare == item
