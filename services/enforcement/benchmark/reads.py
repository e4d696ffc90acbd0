"""The published discretion benchmark, and what it says of the penalty of a case."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from yifa.enforcement.v1 import benchmark_pb2 as benchmarks
from yifa.enforcement.v1.case_pb2 import Case as CaseProto
from yifa.enforcement.v1.penalty_pb2 import Penalty

from services.enforcement.benchmark.evaluation import Decided, decided, evaluated, millionths, spread
from services.enforcement.benchmark.model import Benchmark
from services.enforcement.case.facts import measuring, versions_of
from services.enforcement.case.model import Case
from services.kit.rpc import read
from services.kit.view import View
from services.law.calendar import SHANGHAI
from services.law.discretion.version import holding
from services.law.moment import moment_of, put_moment
from services.law.procedures.penalty.amounts import party_of
from services.law.procedures.penalty.law_then import act_day
from services.law.procedures.penalty.outcome import in_force
from services.law.term import Term, shifted

# The newest of so many decisions about an item tell how it is decided here; each is read and measured anew, while somebody waits.
LOOKED_AT = 100
RECIDIVISM = "discretion.recidivism"
ABOUT = (
    select(Case.case_id, Case.identity_number, Case.record)
    .where(Case.decided_item == bindparam("wanted_item"), Case.case_id != bindparam("but"))
    .order_by(Case.case_id.desc())
    .limit(LOOKED_AT)
)
ONE = select(Case.identity_number, Case.record).where(Case.case_id == bindparam("wanted_case"))
OF_PARTY = (
    select(Case.case_id, Case.record)
    .where(
        Case.decided_item == bindparam("wanted_item"),
        Case.identity_number == bindparam("number"),
        Case.case_id != bindparam("but"),
    )
    .order_by(Case.case_id)
)


@read
def list_benchmarks(
    request: benchmarks.ListBenchmarksRequest, view: View
) -> benchmarks.ListBenchmarksResponse:
    statement = select(Benchmark.benchmark_id, Benchmark.record)
    if request.statute:
        statement = statement.where(Benchmark.statute == request.statute)
    rows, token = view.page(statement, (Benchmark.benchmark_id,), request.page_size, request.page_token)
    items = (benchmarks.Benchmark.FromString(row.record) for row in rows)
    return benchmarks.ListBenchmarksResponse(benchmarks=items, next_page_token=token)


@read
def evaluate_penalty(
    request: benchmarks.EvaluatePenaltyRequest, view: View
) -> benchmarks.EvaluatePenaltyResponse:
    """What the benchmark says of a penalty in a case, and how the same was decided here. It binds nobody."""
    row = view.get(ONE, "Case", request.case_id, wanted_case=request.case_id)
    case = CaseProto.FromString(row.record)
    penalty = request.penalty if request.HasField("penalty") else shown(case)
    judged = decided_at(case) if not request.HasField("penalty") and case.HasField("decision") else view.now
    party = party_of(case, penalty)
    held = measuring(view, case, penalty, judged.astimezone(SHANGHAI).date())
    answer = evaluated(held, penalty, party)
    item = penalty.benchmark_id or case.violation.benchmark_id
    others = decided_on(view, item, case.case_id)
    answer.spread.CopyFrom(spread(each for _, each in others))
    answer.body_spread.CopyFrom(spread(each for body, each in others if body == case.body_id))
    lies = decided(held, penalty, party)
    if penalty.HasField("fine") and lies.inside and lies.place is not None:
        answer.spread.place = answer.body_spread.place = millionths(lies.place)
    answer.recidivism.CopyFrom(earlier(view, case, row.identity_number, item))
    return benchmarks.EvaluatePenaltyResponse(evaluation=answer)


def shown(case: CaseProto) -> Penalty:
    """The penalty of a case: decided, announced or proposed, whichever came last."""
    if case.HasField("decision"):
        return case.decision.penalty
    return case.notice.penalty if case.HasField("notice") else case.proposal


def decided_at(case: CaseProto) -> datetime:
    return moment_of(case.decision.decide_time)


def decided_on(view: View, item: str, but: str) -> list[tuple[str, Decided]]:
    """How the other cases about an item were decided at this node, by body; decisions that were undone do not count."""
    versions = versions_of(view, item)
    rows = view.rows(ABOUT, wanted_item=item, but=but) if item else ()
    return [(case.body_id, lay(versions, case)) for case in standing(rows)]


def lay(versions: Sequence[benchmarks.Benchmark], case: CaseProto) -> Decided:
    """How a decided fine lay to the band that measured it."""
    penalty = case.decision.penalty
    party, judged = party_of(case, penalty), decided_at(case).astimezone(SHANGHAI).date()
    return decided(holding(versions, act_day(case), judged, penalty, party), penalty, party)


def standing(rows: Iterable[Any]) -> Iterable[CaseProto]:
    """The cases whose decision has effect, as it was decided or changed since."""
    cases = (CaseProto.FromString(row.record) for row in rows)
    return (case for case in cases if in_force(case))


def earlier(view: View, case: CaseProto, number: str, item: str) -> benchmarks.Recidivism:
    """The decisions on the same party for the same item before this act, as far back as the city's rule looks."""
    at = moment_of(case.violation.occur_time) if case.violation.HasField("occur_time") else view.now
    months = view.parameters.value(RECIDIVISM, at.astimezone(SHANGHAI).date(), case.sector).value
    answer = benchmarks.Recidivism(months=months, known=bool(number and item))
    first = shifted(Term(months, "month"), at.astimezone(SHANGHAI).date(), -1)
    since = datetime.combine(first, datetime.min.time(), SHANGHAI)
    put_moment(answer.since, since)
    if answer.known:
        rows = view.rows(OF_PARTY, wanted_item=item, number=number, but=case.case_id)
        found = (each for each in standing(rows) if since <= decided_at(each) <= at)
        answer.case_ids.extend(each.case_id for each in found)
    return answer
