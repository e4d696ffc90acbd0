"""DATA: what departments tell cannot be, or tells nothing. It is found as that, and counts in no figure."""

from collections.abc import Iterable

from sqlalchemy import exists, select

from services.law.data_quality import faults
from services.supervision.benchmark.model import BenchmarkView
from services.supervision.body.model import Body, PowerItem
from services.supervision.case.model import CaseView
from services.supervision.warning.catalogue import YELLOW, Finding, also, warning
from services.supervision.warning.seen import SeenBenchmark, SeenCase, SeenMonth

BODIES, ITEMS, BENCHMARKS = Body.__table__, PowerItem.__table__, BenchmarkView.__table__
LAW = "ASR-2025:12[2]"


@warning("DATA", YELLOW, law=LAW, zh="数据质量", en="Quality of data", watches="case")
def cannot_be(seen: SeenCase) -> Iterable[Finding]:
    """A time in the record lies before the law or after the record itself, or something ended before it began."""
    if isinstance(seen.view, CaseView) and seen.view.sound():
        return
    for fault in faults(seen.case):
        yield Finding(
            at=max(fault.at, seen.view.update_time) if fault.reason == "IMPOSSIBLE_TIME" else fault.at,
            zh=f"案件记录有误：{fault.zh}；该案件不计入统计。",
            en=f"The record of the case is faulty: {fault.en}; the case counts in no figure.",
            about=fault.about,
            reason=fault.reason,
        )


@also("DATA", watches="month")
def empty_list(seen: SeenMonth) -> Iterable[Finding]:
    """A body has published a list of its powers on which nothing stands."""
    held = exists().where(ITEMS.c.body_id == BODIES.c.body_id, ITEMS.c.from_time < seen.end)
    empty = select(*BODIES.c).where(BODIES.c.confirmed, BODIES.c.listed, BODIES.c.from_time < seen.end, ~held)
    for body in seen.look.rows(empty.order_by(BODIES.c.body_id)):
        yield Finding(
            at=seen.end,
            zh=f"{body.name}已公布权责清单，但清单没有任何事项。",
            en=f"{body.name} has published a list of powers on which nothing stands.",
            reason="EMPTY_LIST",
            subject=body.body_id,
            node=body.node,
        )


@also("DATA", watches="benchmark")
def empty_benchmark(seen: SeenBenchmark) -> Iterable[Finding]:
    """A department published an item of its benchmark without a single band."""
    if seen.item.bands:
        return
    yield Finding(
        at=seen.at,
        zh=f"裁量基准“{seen.item.code} {seen.item.violation}”没有任何档次。",
        en=f"The item “{seen.item.code} {seen.item.violation}” of the benchmark has no band.",
        about=f"{seen.item.benchmark_id}/{seen.item.version}",
        reason="EMPTY_BENCHMARK",
        subject=seen.node,
        node=seen.node,
    )
