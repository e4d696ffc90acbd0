"""Open cases and benchmarks that rest on a basis, exercise an item or belong to a body: listed by query."""

from collections.abc import Callable

from sqlalchemy import select
from yifa.enforcement.v1 import basis_pb2 as pb
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1.benchmark_pb2 import Benchmark as BenchmarkProto

from services.enforcement.basis.resting import (
    ENDED,
    benchmark_rests,
    case_rests,
    case_words,
    ref,
    words,
)
from services.enforcement.basis.uses import BENCHMARKS
from services.enforcement.body.model import PowerItem
from services.enforcement.case.model import Case
from services.kit.refusal import Malformed
from services.kit.rpc import read
from services.kit.view import View
from services.law.calendar import SHANGHAI
from services.law.ended import resting

OPEN = select(Case.case_id, Case.record).where(Case.state.not_in(ENDED))
# How many cases one call looks at: they are told apart by their words, not by an index.
LOOKED_AT = 500

Wanted = Callable[[cases.Case], bool]


@read
def list_open_cases(request: pb.ListOpenCasesRequest, view: View) -> pb.ListOpenCasesResponse:
    """The open cases of a body, of an item, or resting on a basis; a page may be short while there is a next one."""
    if not (request.body_id or request.item_id or request.basis_id or request.law):
        raise Malformed({"body_id": ("or another narrowing has to be given", "至少应当给出一项查询条件")})
    on_basis = items_on(view, request.basis_id)
    rows, token = view.page(OPEN, (Case.case_id,), LOOKED_AT, request.page_token)
    found = (cases.Case.FromString(row.record) for row in rows)
    wanted = [ref(case) for case in found if matches(case, request, on_basis)]
    return pb.ListOpenCasesResponse(cases=wanted, next_page_token=token)


@read
def list_benchmarks_on_basis(
    request: pb.ListBenchmarksOnBasisRequest, view: View
) -> pb.ListBenchmarksOnBasisResponse:
    """The items of the published benchmark that rest on an article."""
    rows = view.rows(BENCHMARKS)
    found = [r.benchmark_id for r in rows if benchmark_rests(r.record, request.law, request.article)]
    return pb.ListBenchmarksOnBasisResponse(benchmark_ids=found)


@read
def list_ended_uses(request: pb.ListEndedUsesRequest, view: View) -> pb.ListEndedUsesResponse:
    """The open cases that name a law that has ended, page by page; the items of the benchmark that do come with the last page."""
    today = view.now.astimezone(SHANGHAI).date()
    rows, token = view.page(OPEN, (Case.case_id,), request.page_size, request.page_token)
    uses = []
    for case in (cases.Case.FromString(row.record) for row in rows):
        if found := [ended for text in case_words(case) for ended in resting(text, today)]:
            uses.append(pb.EndedUse(case=ref(case), bases=found))
    for row in () if token else view.rows(BENCHMARKS):
        if found := list(resting(words(BenchmarkProto.FromString(row.record)), today)):
            uses.append(pb.EndedUse(benchmark_id=row.benchmark_id, bases=found))
    return pb.ListEndedUsesResponse(uses=uses, next_page_token=token)


def items_on(view: View, basis_id: str) -> frozenset[str]:
    """The items that rest on a basis."""
    if not basis_id:
        return frozenset()
    rows = view.rows(select(PowerItem.item_id, PowerItem.basis_ids))
    return frozenset(row.item_id for row in rows if basis_id in row.basis_ids)


def matches(case: cases.Case, request: pb.ListOpenCasesRequest, on_basis: frozenset[str]) -> bool:
    """Whether an open case is one that was asked for."""
    if request.body_id and case.body_id != request.body_id:
        return False
    if request.item_id and case.item_id != request.item_id:
        return False
    if not request.basis_id and not request.law:
        return True
    return (bool(case.item_id) and case.item_id in on_basis) or case_rests(case, request.law, request.article)
