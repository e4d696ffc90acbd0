"""Many decided cases at once, and benchmarks by which they were weighed."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from yifa.enforcement.v1 import benchmark_pb2 as benchmarks
from yifa.enforcement.v1 import case_pb2
from yifa.enforcement.v1 import events_pb2 as enforcement

from services.law.calendar import SHANGHAI
from tests.supervision.office import ENVIRONMENT, Office, at, lawful, new_case

ITEM, BAND = "BM-1", "2"
BODY, OTHER = "B-1", "B-2"


def fined(case_id: str, fine: int, when: str, body_id: str = BODY, **more: Any) -> case_pb2.Case:
    """A case decided lawfully by a body; `more` is of its penalty."""
    case = lawful(new_case(case_id), fine, when)
    served = at(when) - timedelta(days=3)
    case.notice.serve_time.FromDatetime(served)
    case.defence.waive_time.FromDatetime(served + timedelta(days=1))
    case.review.conclude_time.FromDatetime(served - timedelta(days=1))
    case.body_id, case.body_name = body_id, f"示例市第{body_id}局"
    for name, value in more.items():
        setattr(case.decision.penalty, name, value)
    case.notice.penalty.CopyFrom(case.decision.penalty)
    return case


async def decide(office: Office, cases: Iterable[case_pb2.Case], when: str = "") -> None:
    """The departments tell of the decisions, all in one go: when they were made, or at a later moment."""
    deliveries = [
        office.told(case, "DecisionMade", when or case.decision.decide_time.ToDatetime(SHANGHAI))
        for case in cases
    ]
    if deliveries:
        await office.take(*deliveries)


async def publish(
    office: Office, least: int, most: int, statute: int, when: str = "2026-01-01 09:00", lowest: int = 0
) -> None:
    """The department publishes an item of its benchmark: one band, and the most and the least that the statute allows."""
    item = benchmarks.Benchmark(
        benchmark_id=ITEM, code="1-1", statute="环境影响评价法", violation="未批先建", version=1, publish_time=at(when),
        bands=[benchmarks.Band(code=BAND, level="一般", standard="罚款", min_fine={"fen": least}, max_fine={"fen": most})],
        statute_fines=[benchmarks.Fine(low={"value": lowest}, high={"value": statute})],
    )  # fmt: skip
    event = enforcement.BenchmarkPublished(benchmark=item)
    await office.take(office.journal(ENVIRONMENT, "enforcement").entry(event, at(when), ITEM))


def series(fines: Sequence[int], body_id: str = BODY, **more: Any) -> list[case_pb2.Case]:
    """Cases of a body with these fines, decided one after the other on days of March 2026."""
    return [
        fined(f"C-{body_id}-{n:02}", fine, f"2026-03-{n % 20 + 2:02} {9 + n // 20:02}:00", body_id, **more)
        for n, fine in enumerate(fines)
    ]
