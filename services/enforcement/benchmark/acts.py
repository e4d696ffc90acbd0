"""The published discretion benchmark (裁量权基准)."""

from collections.abc import Iterator
from datetime import date, datetime

from google.type.date_pb2 import Date
from yifa.enforcement.v1 import benchmark_pb2 as benchmarks
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.benchmark.model import Benchmark, BenchmarkVersion
from services.enforcement.listed_document.model import listed
from services.kit.act import LARGEST
from services.kit.refusal import Exists, Malformed
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.discretion.version import since, until
from services.law.document_use import Listed
from services.law.moment import put_moment
from services.law.procedure import whole
from services.law.procedures.benchmark import BENCHMARK, BenchmarkFacts

LARGEST_AMOUNT = 10**16
Fault = tuple[str, tuple[str, str]]
"""A field, and what is wrong with it in both languages."""


@whole
class PublishedFacts(BenchmarkFacts):
    """An item that is to be published now."""

    def __init__(self, item: benchmarks.Benchmark, tx: Tx) -> None:
        self.item, self.now, self.tx = item, tx.now, tx

    def listed(self, key: str) -> Listed | None:
        return listed(self.tx, key)

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
    BENCHMARK.step("PUBLISH_BENCHMARK", None, "", PublishedFacts(item, tx))
    put_moment(item.publish_time, tx.now)
    follows(item, row)
    if row is None:
        row = tx.add(Benchmark.new(benchmark_id=item.benchmark_id, statute="", version=0, record=b""))
    row.statute, row.version, row.record = item.statute, item.version, item.SerializeToString()
    key = f"{item.benchmark_id}@{item.version}"
    tx.add(BenchmarkVersion.new(version_id=key, benchmark_id=item.benchmark_id, record=row.record))
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


def follows(item: benchmarks.Benchmark, row: Benchmark | None) -> None:
    """Raise Malformed for a version that begins before the one it follows: acts of the past keep their measure."""
    if row is not None and since(item) < since(benchmarks.Benchmark.FromString(row.record)):
        said = ("lies before the day on which the version before it began", "早于前一版本的施行日期")
        raise Malformed({"benchmark.since": said})


def check(item: benchmarks.Benchmark) -> None:
    """Raise Malformed for an item that cannot be applied."""
    if wrong := {f"benchmark.{field}": said for field, said in faults(item)}:
        raise Malformed(wrong)
    if item.ByteSize() > LARGEST:
        raise Malformed({"benchmark": (f"holds more than {LARGEST} bytes", f"超过{LARGEST}字节")})


def faults(item: benchmarks.Benchmark) -> Iterator[Fault]:
    """The fields for which an item cannot be applied, and why."""
    for name in ("code", "statute", "violation"):
        if not getattr(item, name).strip():
            yield name, ("is required", "必填")
    if len(item.benchmark_id) > 200 or len(f"{item.statute}:{item.code}") > 200:
        yield "benchmark_id", ("is longer than 200 characters", "超过200个字符")
    days = [name for name in ("since", "until") if item.HasField(name) and not is_day(getattr(item, name))]
    for name in days:
        yield name, ("is no day", "不是日期")
    if not days and until(item) < since(item):
        yield "until", ("lies before since", "早于施行日期")
    if not item.bands:
        yield "bands", ("at least one band is needed", "至少需要一个裁量档次")
    codes = [band.code for band in item.bands]
    for n, band in enumerate(item.bands):
        if not band.code.strip() or codes.count(band.code) > 1:
            yield f"bands[{n}].code", ("must be set once", "档次编号必填且不得重复")
        yield from ((f"bands[{n}].{field}", said) for field, said in band_faults(band))
    for n, fine in enumerate(item.statute_fines):
        yield from ((f"statute_fines[{n}].{field}", said) for field, said in fine_faults(fine))


def band_faults(band: benchmarks.Band) -> Iterator[Fault]:
    if not 0 <= band.min_fine.fen <= band.max_fine.fen <= LARGEST_AMOUNT:
        yield "max_fine", ("is below min_fine or no amount", "金额上下限不正确")
    if not 0 <= band.min_rate <= band.max_rate <= 10**12:
        yield "max_rate", ("is below min_rate or no rate", "比例上下限不正确")
    if band.fines and (band.HasField("min_fine") or band.HasField("max_fine") or band.max_rate):
        yield "fines", ("stand beside the short form", "不得与简写的金额、比例并用")
    for n, fine in enumerate(band.fines):
        yield from ((f"fines[{n}].{field}", said) for field, said in fine_faults(fine))


def fine_faults(fine: benchmarks.Fine) -> Iterator[Fault]:
    """What of a fine cannot be reckoned: the field, and why."""
    if wrong_ends(fine):
        yield "high", ("is below low or no amount", "上下限不正确")
    if fine.rated != bool(fine.of) or (fine.rated and fine.per):
        yield "of", ("names the base of a rate, and of nothing else", "应当且仅应当为比例写明基数")
    if not fine.rated and fine.counts_as and not fine.per:
        yield "counts_as", ("is for a rate or a unit", "仅适用于比例或者按单位计罚")
    if not 0 <= fine.counts_as <= LARGEST_AMOUNT:
        yield "counts_as", ("is no amount", "不是有效的数额")
    if fine.whom not in benchmarks.Whom.values():
        yield "whom", ("is nobody that is known", "不是已知的处罚对象")
    for n, condition in enumerate(fine.when):
        if not condition.of.strip() or wrong_ends(condition) or not condition.ListFields()[1:]:
            yield f"when[{n}]", ("names no amount, or no range of it", "条件缺少所指的金额或者范围")
    least, most = fine.least.fen, fine.most.fen
    if min(least, most) < 0 or max(least, most) > LARGEST_AMOUNT or (fine.HasField("most") and least > most):
        yield "most", ("is below least or no amount", "总额限制不正确")


def wrong_ends(record: benchmarks.Fine | benchmarks.Condition) -> bool:
    low, high = record.low.value, record.high.value
    return not 0 <= low <= LARGEST_AMOUNT or (record.HasField("high") and not low <= high <= LARGEST_AMOUNT)


def is_day(day: Date) -> bool:
    try:
        return bool(date(day.year, day.month, day.day))
    except ValueError:
        return False
