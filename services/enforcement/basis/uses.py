"""What of a department rests on a basis that changed, and telling of it."""

from collections.abc import Sequence

from sqlalchemy import select
from yifa.enforcement.v1 import basis_pb2 as bases
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.basis.resting import benchmark_rests
from services.enforcement.benchmark.model import Benchmark
from services.enforcement.body.succession import NAMED
from services.kit.tx import Tx

BENCHMARKS = select(Benchmark.benchmark_id, Benchmark.record).order_by(Benchmark.benchmark_id)


def benchmarks_on(tx: Tx, law: str, article: str = "") -> list[str]:
    """The items of the published benchmark that rest on an article, or on a law at all."""
    return [r.benchmark_id for r in tx.db.execute(BENCHMARKS) if benchmark_rests(r.record, law, article)]


def tell(
    tx: Tx, changed: bases.ChangedBasis, cases: Sequence[bases.CaseRef], benchmarks: Sequence[str]
) -> None:
    """Announce what rests on a changed basis, some hundred cases an event; nothing where nothing does."""
    if not cases and not benchmarks:
        return
    for n in range(0, max(len(cases), 1), NAMED):
        uses = events.BasisUsesFound(
            node=tx.node,
            basis=changed,
            cases=cases[n : n + NAMED],
            benchmark_ids=benchmarks if n == 0 else (),
        )
        tx.emit(uses, subject=changed.basis_id)
