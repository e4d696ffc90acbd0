"""The discretion benchmarks in force, as anybody may read them (GBF-2018-118 4; OPR-SUP 4)."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from yifa.enforcement.v1.benchmark_pb2 import Benchmark
from yifa.supervision.v1 import benchmark_pb2 as pb

from services.kit.rpc import read
from services.kit.view import View
from services.law.calendar import SHANGHAI
from services.law.discretion.version import on, words
from services.law.naming import Named, named_in
from services.supervision.benchmark.model import BenchmarkView

BENCHMARKS: Any = BenchmarkView.__table__  # type: ignore[attr-defined]


@read
def list_published_benchmarks(
    request: pb.ListPublishedBenchmarksRequest, view: View
) -> pb.ListPublishedBenchmarksResponse:
    """Each item in the version in force today; of what has ended, nothing. Refuses with BAD_PAGE_TOKEN."""
    its = BENCHMARKS.c.item.startswith(f"{request.node}/", autoescape=True)
    rows, token = view.page(
        select(BENCHMARKS.c.item).where(its).distinct(),
        (BENCHMARKS.c.item,),
        request.page_size,
        request.page_token,
    )
    versions: defaultdict[str, list[Benchmark]] = defaultdict(list)
    for row in view.among(BenchmarkView, "item", [row.item for row in rows]) if rows else ():
        versions[row.item].append(Benchmark.FromString(row.record))
    today = view.now.astimezone(SHANGHAI).date()
    wanted = [named for text in request.bases for named in named_in(text)]
    shown = [found for row in rows if (found := on(versions[row.item], today)) is not None]
    return pb.ListPublishedBenchmarksResponse(
        benchmarks=[each for each in shown if not request.bases or rests(each, wanted)],
        next_page_token=token,
    )


def rests(benchmark: Benchmark, bases: Iterable[Named]) -> bool:
    """Whether a benchmark rests on one of some articles, or on a part of one, or one of them lies in what it rests on."""
    named = [each for each in named_in(words(benchmark), benchmark.statute) if each.article]
    return any(each.within(base) or base.within(each) for each in named for base in bases)
