"""What rests on an article: found by the words of a case or a benchmark. Pure."""

from yifa.enforcement.v1.basis_pb2 import CaseRef
from yifa.enforcement.v1.benchmark_pb2 import Benchmark as BenchmarkProto
from yifa.enforcement.v1.case_pb2 import Case

from services.law.discretion.version import words
from services.law.naming import named_in, plain

ENDED = ("NOT_FILED", "CLOSED", "TERMINATED", "TRANSFERRED_OUT")
"""The states in which nothing is done in a case any more."""


def rests_on(text: str, law: str, article: str) -> bool:
    """Whether a text cites an article of a law, or the law at all when no article is named.

    Articles are looked for behind the title they belong to; 第三十条 is not 第三十条之一.
    """
    if not plain(law):
        return False
    [wanted, *_] = named_in(f"《{plain(law)}》{article}")
    return any(named.within(wanted) for named in named_in(text, law))


def case_rests(case: Case, law: str, article: str) -> bool:
    """Whether the words of a case cite an article."""
    return words_rest(case_words(case), law, article)


def words_rest(words: tuple[str, ...], law: str, article: str) -> bool:
    return any(rests_on(text, law, article) for text in words)


def case_words(case: Case) -> tuple[str, ...]:
    """The words in which a case says on what it rests."""
    return case.violation.law, case.notice.basis


def benchmark_rests(record: bytes, law: str, article: str) -> bool:
    """Whether an item of the benchmark rests on an article, by its statute and the words of its basis."""
    return rests_on(words(BenchmarkProto.FromString(record)), law, article)


def ref(case: Case) -> CaseRef:
    return CaseRef(
        case_id=case.case_id,
        case_number=case.case_number,
        body_id=case.body_id,
        state=case.state,
        officer_ids=[o.officer_id for o in case.officers],
    )
