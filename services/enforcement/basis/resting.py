"""What rests on an article: found by the words of a case or a benchmark. Pure."""

import re

from yifa.enforcement.v1.basis_pb2 import CaseRef
from yifa.enforcement.v1.benchmark_pb2 import Benchmark as BenchmarkProto
from yifa.enforcement.v1.case_pb2 import Case

ENDED = ("NOT_FILED", "CLOSED", "TERMINATED", "TRANSFERRED_OUT")
"""The states in which nothing is done in a case any more."""

_STATE_OF = "中华人民共和国"


def plain(title: str) -> str:
    """A law's title as it is compared: without brackets, spaces and the name of the state."""
    return re.sub(r"[《》\s]", "", title).replace(_STATE_OF, "")


def rests_on(text: str, law: str, article: str) -> bool:
    """Whether a text cites an article of a law, or the law at all when no article is named.

    Articles are looked for behind the title they belong to; 第三十条 is not 第三十条之一.
    """
    wanted = plain(law)
    if not wanted:
        return False
    cited = re.compile(re.escape(article) + r"(?!之[一二三四五六七八九十])") if article else None
    for part in text.split("《"):
        title, closed, rest = part.partition("》")
        found = plain(title).startswith(wanted) if not closed else plain(title) == wanted
        if found and (cited is None or cited.search(rest if closed else plain(part))):
            return True
    return False


def case_rests(case: Case, law: str, article: str) -> bool:
    """Whether the words of a case cite an article."""
    return any(rests_on(text, law, article) for text in (case.violation.law, case.notice.basis))


def benchmark_rests(record: bytes, law: str, article: str) -> bool:
    """Whether an item of the benchmark rests on an article, by its statute and the words of its basis."""
    item = BenchmarkProto.FromString(record)
    return rests_on(f"《{item.statute}》{item.basis}", law, article)


def ref(case: Case) -> CaseRef:
    return CaseRef(
        case_id=case.case_id,
        case_number=case.case_number,
        body_id=case.body_id,
        state=case.state,
        officer_ids=[o.officer_id for o in case.officers],
    )
