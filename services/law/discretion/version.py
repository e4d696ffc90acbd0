"""Which version of a benchmark measures an act: that of its day, or a later one that is lighter (APL 37)."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from yifa.enforcement.v1.benchmark_pb2 import Benchmark
from yifa.enforcement.v1.penalty_pb2 import Penalty

from services.law.calendar import SHANGHAI
from services.law.discretion.measure import Party, measured_band
from services.law.moment import moment_of

NONE_THEN = (
    "行为时尚无裁量基准，适用其后公布的版本",
    "there was none on the day of the act; the first that came later measures it",
)
ENDED = "裁量基准已经失效", "the benchmark has ended"


class Holding(NamedTuple):
    """A version, and why it measures the act."""

    item: Benchmark
    zh: str = ""
    en: str = ""


def since(item: Benchmark) -> date:
    """The first day of a version: as it says, else the day on which it was published."""
    if item.HasField("since"):
        return date(item.since.year, item.since.month, item.since.day)
    return (
        moment_of(item.publish_time).astimezone(SHANGHAI).date()
        if item.HasField("publish_time")
        else date.min
    )


def until(item: Benchmark) -> date:
    """The last day of a version by itself."""
    return date(item.until.year, item.until.month, item.until.day) if item.HasField("until") else date.max


def in_force(item: Benchmark, day: date) -> bool:
    """Whether a version is in force on a day, as far as it says itself."""
    return since(item) <= day <= until(item)


def words(item: Benchmark) -> str:
    """What an item of the benchmark rests on, in words: its statute, and its basis behind it."""
    return f"《{item.statute}》{item.basis}" if item.statute else item.basis


def holding(
    versions: Sequence[Benchmark], acted: date | None, judged: date, penalty: Penalty, party: Party
) -> Holding:
    """The version that measures an act done on one day and judged on another; the band named tells which is lighter.

    Where none was in force on the day of the act, the first that came later does: there was no measure before it. `acted` is
    None where the day is not known; then the version of the day of judgement measures.
    """
    ordered = sorted(versions, key=_in_order)
    if not ordered:
        return Holding(Benchmark())
    now = on(ordered, judged) or ordered[-1]
    if acted is None:
        return Holding(
            now,
            "行为日期不明，适用现行版本",
            "the day of the act is not known, so the version in force measures it",
        )
    then = on(ordered, acted)
    if then is None:
        first = next((item for item in ordered if since(item) > acted and in_force(item, judged)), None)
        return Holding(now, *ENDED) if first is None else Holding(first, *NONE_THEN)
    if now.version != then.version and since(now) > acted and _lighter(now, then, penalty, party):
        return Holding(
            now,
            "现行版本较行为时的版本为轻（从旧兼从轻）",
            "the version in force is lighter than that of the day of the act",
        )
    return Holding(then, "行为发生之日施行的版本", "the version in force on the day of the act")


def on(versions: Sequence[Benchmark], day: date) -> Benchmark | None:
    """The last version that began by a day, if it had not ended of itself."""
    begun = [item for item in sorted(versions, key=_in_order) if since(item) <= day]
    return begun[-1] if begun and day <= until(begun[-1]) else None


def _in_order(item: Benchmark) -> tuple[date, int]:
    return since(item), item.version


def _lighter(new: Benchmark, old: Benchmark, penalty: Penalty, party: Party) -> bool:
    """Whether the band named is lighter in the new version: the highest fine is compared first, then the lowest."""
    weights = [_weight(item, penalty, party) for item in (new, old)]
    return None not in weights and weights[0] < weights[1]  # type: ignore[operator]


def _weight(item: Benchmark, penalty: Penalty, party: Party) -> tuple[bool, Fraction, Fraction] | None:
    band = next((band for band in item.bands if band.code == penalty.band_code), None)
    found = measured_band(band, penalty, party) if band is not None else None
    if found is None or found.missing or not found.spans:
        return None
    endless = any(span.high is None for span in found.spans)
    high = max(span.high or Fraction(0) for span in found.spans)
    return endless, high, min(span.low for span in found.spans)
