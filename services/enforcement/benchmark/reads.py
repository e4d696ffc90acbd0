"""The published discretion benchmark."""

from sqlalchemy import select
from yifa.enforcement.v1 import benchmark_pb2 as benchmarks

from services.enforcement.benchmark.model import Benchmark
from services.kit.rpc import read
from services.kit.view import View


@read
def list_benchmarks(
    request: benchmarks.ListBenchmarksRequest, view: View
) -> benchmarks.ListBenchmarksResponse:
    statement = select(Benchmark.benchmark_id, Benchmark.record)
    if request.statute:
        statement = statement.where(Benchmark.statute == request.statute)
    rows, token = view.page(statement, (Benchmark.benchmark_id,), request.page_size, request.page_token)
    items = (benchmarks.Benchmark.FromString(row.record) for row in rows)
    return benchmarks.ListBenchmarksResponse(benchmarks=items, next_page_token=token)
