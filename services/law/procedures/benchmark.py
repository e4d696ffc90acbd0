"""The discretion benchmark (裁量权基准): what the law asks of an item that is published (APL 34)."""

from abc import abstractmethod
from datetime import datetime, time

from yifa.enforcement.v1.benchmark_pb2 import Benchmark
from yifa.law.v1.law_pb2 import EndedBasis

from services.law.calendar import SHANGHAI
from services.law.discretion.saying import fine_zh
from services.law.discretion.table import beyond_statute
from services.law.discretion.version import since, until
from services.law.document_use import Listed, bracketed, cites, unusable
from services.law.ended import resting
from services.law.naming import named_in, versions
from services.law.procedure import Procedure
from services.law.process import table
from services.law.rule import Facts, rule


class BenchmarkFacts(Facts):
    """`item` as it is to be published, and the node's own time."""

    item: Benchmark
    now: datetime

    @abstractmethod
    def listed(self, key: str) -> Listed | None:
        """The document that is cited by a number or a title, as the city's list has it."""


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


@rule(
    "BASIS_NOT_IN_FORCE",
    law="APL-2021:34",
    zh="裁量基准所依据的规范性文件有效期已经届满；请依据现行有效的文件公布。",
    en="The document that sets the benchmark has ended. Publish one that is in force.",
    guard="G-02",
    tells=lambda f: {"document": f.item.document, "until": str(until(f.item))},
)
def document_in_force(f: BenchmarkFacts) -> bool:
    """No item of a benchmark is published from a document that has ended."""
    return f.now.astimezone(SHANGHAI).date() <= until(f.item)


def _beyond(f: BenchmarkFacts) -> dict[str, str]:
    found = list(beyond_statute(f.item))
    return {
        "bands": "、".join(dict.fromkeys(each.band.code for each in found)),
        "said": "、".join(dict.fromkeys(fine_zh(each.fine) for each in found)),
        "statute": "、".join(dict.fromkeys(fine_zh(each.other) for each in found)),
    }


@rule(
    "BENCHMARK_BEYOND_STATUTE",
    law="GBF-2022-27:5;APL-2021:34",
    zh="裁量档次超出该项所载法定幅度；裁量基准不得超出法律、法规、规章规定的幅度。",
    en="A band lies outside what the statute of the item lets be imposed. Keep every band inside it.",
    guard="G-28",
    tells=_beyond,
)
def inside_statute(f: BenchmarkFacts) -> bool:
    """Every band lies inside what the statute of its item lets be imposed, as far as the item says that."""
    return not any(beyond_statute(f.item))


def _cited(f: BenchmarkFacts) -> list[str]:
    """What the item cites of documents that are no basis on the day on which it begins; the whole where nobody knows it."""
    text = bracketed(f.item.document)
    begins = max(f.now, datetime.combine(since(f.item), time(), SHANGHAI))
    known = not text.strip() or cites(text, f.listed) or any(versions(named) for named in named_in(text))
    return list(unusable(text, f.listed, begins)) if known else [f.item.document]


@rule(
    "NORMDOC_NOT_USABLE",
    law="GF-2008-17:13;GF-2008-17:15;GBF-2022-27:10",
    zh="设定裁量基准的规范性文件未公布、未施行、已失效、已废止或者未列入继续有效目录，不得作为依据；请依据有效目录中的文件公布。",
    en="The document that sets the benchmark is unknown, not in force or off the list. Publish one of the public list "
    "(ListDocumentsInForce).",
    guard="G-68",
    tells=lambda f: {"documents": "、".join(_cited(f))},
)
def document_listed(f: BenchmarkFacts) -> bool:
    """A benchmark is set by a document of the list in force, or by a rule (GF-2008-17 15, GBF-2022-27 10)."""
    return not _cited(f)


_HELD = (law_in_force, document_in_force, document_listed, inside_statute)

# fmt: off
BENCHMARK_TABLE = table(
    "benchmark",
    ("PUBLISH_BENCHMARK", "", "", "APL-2021:34", _HELD, "", ("公布裁量基准", "Publish a benchmark item")),
    titles=("裁量权基准", "Discretion benchmark"),
)
# fmt: on
BENCHMARK = Procedure("benchmark", BenchmarkFacts, BENCHMARK_TABLE)
