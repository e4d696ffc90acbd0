"""The discretion benchmark (裁量权基准): what the law asks of an item that is published (APL 34)."""

from datetime import datetime

from yifa.enforcement.v1.benchmark_pb2 import Benchmark
from yifa.law.v1.law_pb2 import EndedBasis

from services.law.calendar import SHANGHAI
from services.law.ended import resting
from services.law.procedure import Procedure
from services.law.process import table
from services.law.rule import Facts, rule


class BenchmarkFacts(Facts):
    """`item` as it is to be published, and the node's own time."""

    item: Benchmark
    now: datetime


def _ended(f: BenchmarkFacts) -> list[EndedBasis]:
    """What the item rests on that is law no longer."""
    today = f.now.astimezone(SHANGHAI).date()
    return [each for text in (f.item.statute, f.item.basis) for each in resting(text, today)]


@rule(
    "BASIS_NOT_IN_FORCE",
    law="APL-2021:34;APL-2021:4",
    zh="裁量基准所依据的法律已经废止；请依据现行有效的法律公布。此前公布的仍适用于当时的违法行为。",
    en="The law of the benchmark has ended. Publish one of the law in force; what was published before holds for older acts.",
    guard="G-02",
    tells=lambda f: {
        "basis": "、".join(dict.fromkeys(each.text_zh for each in _ended(f))),
        "instead": "、".join(dict.fromkeys(new for each in _ended(f) for new in each.instead_zh)),
    },
)
def law_in_force(f: BenchmarkFacts) -> bool:
    """No item of a benchmark is published on a law that has ended."""
    return not _ended(f)


# fmt: off
BENCHMARK_TABLE = table(
    "benchmark",
    ("PUBLISH_BENCHMARK", "", "", "APL-2021:34", (law_in_force,), "", ("公布裁量基准", "Publish a benchmark item")),
    titles=("裁量权基准", "Discretion benchmark"),
)
# fmt: on
BENCHMARK = Procedure("benchmark", BenchmarkFacts, BENCHMARK_TABLE)
