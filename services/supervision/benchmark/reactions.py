"""What supervision learns of the benchmarks by which departments weigh penalties."""

from typing import Any

from sqlmodel import select
from yifa.enforcement.v1 import events_pb2 as enforcement

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.law.moment import moment_at
from services.law.procedures.penalty.body import plain
from services.supervision.benchmark.model import BenchmarkView, item_of
from services.supervision.case.model import CaseView
from services.supervision.figure.keeping import figured, weighed_anew
from services.supervision.warning.judging import judge_case
from services.supervision.warning.runner import raise_of_node
from services.supervision.warning.seen import SeenBenchmark


def on_benchmark(event: enforcement.BenchmarkPublished, tx: Tx, about: Envelope) -> None:
    """Keep what a department published; what was decided by it already, and told before, is weighed again."""
    told = event.benchmark
    item = item_of(about.node, told.benchmark_id)
    key = f"{item}/{told.version}"
    if tx.find(BenchmarkView, key) is not None:
        return
    record = told.SerializeToString(deterministic=True)
    tx.add(BenchmarkView.new(key=key, item=item, version=told.version, record=record))
    raise_of_node(tx, "benchmark", SeenBenchmark(tx, about.node, told, about.occur_time))
    since: Any = moment_at(told, "publish_time")
    if since is None:
        return
    decided: Any = CaseView.decide_time
    later = select(CaseView).where(
        CaseView.act == plain(told.benchmark_id),
        CaseView.node == about.node,
        CaseView.act != "",
        decided >= since,
    )
    for view in tx.query(later.order_by(CaseView.case_id)):
        weighed_anew(tx, view)
        figured(tx, view.decide_time)
        judge_case(tx, view)
