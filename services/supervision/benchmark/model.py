"""The discretion benchmarks of the departments, as they published them."""

from operator import attrgetter
from typing import Any

from sqlalchemy import BigInteger
from sqlmodel import Field
from yifa.enforcement.v1.benchmark_pb2 import Benchmark

from services.supervision.row import Row


class BenchmarkView(Row, table=True):
    """One published version of an item of a department's benchmark. A replica."""

    key: str = Field(primary_key=True)  # item/version
    item: str = Field(index=True)  # node/benchmark_id
    version: int = Field(sa_type=BigInteger)
    record: bytes


def item_of(node: str, benchmark_id: str) -> str:
    return f"{node}/{benchmark_id}"


def versions_of(look: Any, node: str, benchmark_id: str) -> list[Benchmark]:
    """What a department published of an item, the first first. `look` is a transaction or a view."""
    if not benchmark_id:
        return []
    its = look.among(BenchmarkView, "item", [item_of(node, benchmark_id)])
    return [Benchmark.FromString(row.record) for row in sorted(its, key=attrgetter("version"))]
