"""The published discretion benchmark (裁量权基准)."""

from datetime import datetime

from yifa.enforcement.v1 import benchmark_pb2 as benchmarks
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.benchmark.model import Benchmark
from services.kit.act import LARGEST
from services.kit.refusal import Exists, Malformed
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedure import whole
from services.law.procedures.benchmark import BENCHMARK, BenchmarkFacts


@whole
class PublishedFacts(BenchmarkFacts):
    """An item that is to be published now."""

    def __init__(self, item: benchmarks.Benchmark, now: datetime) -> None:
        self.item, self.now = item, now

    def at(self) -> datetime:
        return self.now


@write
def publish_benchmark(
    request: benchmarks.PublishBenchmarkRequest, tx: Tx
) -> benchmarks.PublishBenchmarkResponse:
    """Publish one item (APL 34). The same again is a no-op; other content needs a higher version."""
    item = benchmarks.Benchmark()
    item.CopyFrom(request.benchmark)
    check(item)
    item.benchmark_id = item.benchmark_id or f"{item.statute}:{item.code}"
    item.version = item.version or 1
    row = tx.find(Benchmark, item.benchmark_id)
    if row is not None and row.version >= item.version:
        return benchmarks.PublishBenchmarkResponse(benchmark=unchanged(row, item))
    BENCHMARK.step("PUBLISH_BENCHMARK", None, "", PublishedFacts(item, tx.now))
    put_moment(item.publish_time, tx.now)
    if row is None:
        row = tx.add(Benchmark.new(benchmark_id=item.benchmark_id, statute="", version=0, record=b""))
    row.statute, row.version, row.record = item.statute, item.version, item.SerializeToString()
    tx.emit(events.BenchmarkPublished(benchmark=item), subject=item.benchmark_id)
    return benchmarks.PublishBenchmarkResponse(benchmark=item)


def unchanged(row: Benchmark, item: benchmarks.Benchmark) -> benchmarks.Benchmark:
    """What is published, if the item is the same. Raises Exists if it is not."""
    published = benchmarks.Benchmark.FromString(row.record)
    item.publish_time.CopyFrom(published.publish_time)
    if item == published:
        return published
    raise Exists(
        "ALREADY_PUBLISHED",
        f"benchmark {row.benchmark_id} is published in version {row.version} with other content",
        f"裁量基准{row.benchmark_id}第{row.version}版已公布，内容不同",
        benchmark_id=row.benchmark_id,
        version=str(row.version),
    )


def check(item: benchmarks.Benchmark) -> None:
    """Raise Malformed for an item that cannot be applied."""
    wrong: dict[str, tuple[str, str]] = {}
    for name in ("code", "statute", "violation"):
        if not getattr(item, name).strip():
            wrong[f"benchmark.{name}"] = ("is required", "必填")
    if len(item.benchmark_id) > 200 or len(f"{item.statute}:{item.code}") > 200:
        wrong["benchmark.benchmark_id"] = ("is longer than 200 characters", "超过200个字符")
    if item.ByteSize() > LARGEST:
        wrong["benchmark"] = (f"holds more than {LARGEST} bytes", f"超过{LARGEST}字节")
    if not item.bands:
        wrong["benchmark.bands"] = ("at least one band is needed", "至少需要一个裁量档次")
    codes = [band.code for band in item.bands]
    for n, band in enumerate(item.bands):
        if not band.code.strip() or codes.count(band.code) > 1:
            wrong[f"benchmark.bands[{n}].code"] = ("must be set once", "档次编号必填且不得重复")
        if not 0 <= band.min_fine.fen <= band.max_fine.fen <= 10**16:
            wrong[f"benchmark.bands[{n}].max_fine"] = ("is below min_fine or no amount", "金额上下限不正确")
        if not 0 <= band.min_rate <= band.max_rate <= 10**12:
            wrong[f"benchmark.bands[{n}].max_rate"] = ("is below min_rate or no rate", "比例上下限不正确")
    if wrong:
        raise Malformed(wrong)
