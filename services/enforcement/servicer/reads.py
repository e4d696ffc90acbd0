"""Reads: cases, evidence, benchmark, and what may be done now."""

from functools import cache
from typing import Any

from sqlalchemy import bindparam, select
from yifa.enforcement.v1 import benchmark_pb2 as benchmarks
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import enforcement_service_pb2 as pb
from yifa.law.v1.options_pb2 import Role

from services.enforcement.facts import Facts
from services.enforcement.model import Assignment, Benchmark, Case, Evidence
from services.enforcement.process import NAMES, process_of, too_early
from services.enforcement.rules.jurisdiction import matter_of
from services.enforcement.servicer.gather import (
    Find,
    band_of,
    confirmed,
    finder,
    first_filed,
    investigated,
    jurisdiction,
    of_matter,
    people,
    powers,
    qualified,
    thresholds,
)
from services.enforcement.servicer.inquiry import evidence_proto
from services.kit.rpc import read
from services.kit.view import View, packed
from services.law.process import Move

CASE = select(Case.record).where(Case.case_id == bindparam("wanted_case"))
NEWEST_FIRST = (Case.case_id.desc(),)
EVIDENCE = select(*Evidence.__table__.columns).where(Evidence.case_id == bindparam("wanted_case"))
OLDEST_FIRST = (Evidence.evidence_id,)


class Reads:
    @read
    def GetCase(self, request: pb.GetCaseRequest, view: View) -> bytes:
        """A pb.GetCaseResponse."""
        return packed(pb.GetCaseResponse.CASE_FIELD_NUMBER, [record_of(view, request.case_id)])

    @read
    def ListCases(self, request: pb.ListCasesRequest, view: View) -> bytes:
        """A pb.ListCasesResponse."""
        rows, token = view.page(
            listed(bool(request.state), bool(request.officer_id)),
            NEWEST_FIRST,
            request.page_size,
            request.page_token,
            wanted_state=NAMES[request.state],
            wanted_officer=request.officer_id,
        )
        found = packed(pb.ListCasesResponse.CASES_FIELD_NUMBER, [row.record for row in rows])
        return found + pb.ListCasesResponse(next_page_token=token).SerializeToString()

    @read
    def ListEvidence(self, request: pb.ListEvidenceRequest, view: View) -> pb.ListEvidenceResponse:
        record_of(view, request.case_id)
        rows, token = view.page(
            EVIDENCE, OLDEST_FIRST, request.page_size, request.page_token, wanted_case=request.case_id
        )
        return pb.ListEvidenceResponse(evidence=map(evidence_proto, rows), next_page_token=token)

    @read
    def ListBenchmarks(self, request: pb.ListBenchmarksRequest, view: View) -> pb.ListBenchmarksResponse:
        statement = select(Benchmark.benchmark_id, Benchmark.record)
        if request.statute:
            statement = statement.where(Benchmark.statute == request.statute)
        rows, token = view.page(statement, (Benchmark.benchmark_id,), request.page_size, request.page_token)
        items = (benchmarks.Benchmark.FromString(row.record) for row in rows)
        return pb.ListBenchmarksResponse(benchmarks=items, next_page_token=token)

    @read
    def ListOpenActs(self, request: pb.ListOpenActsRequest, view: View) -> pb.ListOpenActsResponse:
        """What may be done with the case now, and what stands against every other act.

        Rules on what a request would bring (an amount, a receipt) are taken as kept.
        """
        find = finder(view)
        case = case_of(view, request.case_id)
        facts = known_facts(view, find, case)
        process, state = process_of(facts), NAMES[case.state]
        acts = []
        for act in process.acts:
            here = [m for m in process.moves if m.act == act]
            move = next((m for m in here if m.source == state), here[0])
            if not move.source:
                continue
            asked = for_act(view, find, facts, move)
            broken = process.why_not(act, state, asked)
            if broken and broken[0].reason == "ACT_NOT_OPEN":
                broken += too_early(act, asked)
            against = [
                pb.Obstacle(reason=b.reason, law=b.law, text_zh=b.says_zh, text_en=b.says) for b in broken
            ]
            titles = {"title_zh": move.title_zh, "title_en": move.title_en}
            acts.append(pb.OpenAct(act=act, law=move.law, open=not broken, obstacles=against, **titles))
        return pb.ListOpenActsResponse(acts=acts)


@cache
def listed(by_state: bool, by_officer: bool) -> Any:
    """The select of a list of cases, one for each way of narrowing it."""
    statement = select(Case.case_id, Case.record)
    if by_state:
        statement = statement.where(Case.state == bindparam("wanted_state"))
    if by_officer:
        on_case = select(Assignment.case_id).where(Assignment.officer_id == bindparam("wanted_officer"))
        statement = statement.where(Case.case_id.in_(on_case))
    return statement


def record_of(view: View, case_id: str) -> bytes:
    """A case as it is stored. Raises Missing."""
    record: bytes = view.get(CASE, "Case", case_id, wanted_case=case_id).record
    return record


def case_of(view: View, case_id: str) -> cases.Case:
    """A case. Raises Missing."""
    return cases.Case.FromString(record_of(view, case_id))


def known_facts(view: View, find: Find, case: cases.Case) -> Facts:
    """What is known of a case before anything is asked for, all at one moment."""
    now = view.now
    return Facts(
        case,
        now,
        now,
        body_confirmed=confirmed(find, case.body_id, view.node),
        **powers(find, case, now, named=False),
        successor=None if case.HasField("body_end_time") else False,
        thresholds=thresholds(view.parameters, case, now),
    )


def filed_before(view: View, case: cases.Case) -> cases.Case | None:
    """The open case of the same matter that was filed before, as filing would find it now."""
    asked = cases.Case(case_id=case.case_id, area_code=case.area_code, matter=matter_of(case))
    rows = view.rows(of_matter(asked)) if asked.matter else ()
    return first_filed((row.record for row in rows), asked)


def for_act(view: View, find: Find, facts: Facts, move: Move) -> Facts:
    """The facts that bear on one act. Rules on the person hold for callers in a role that may do it."""
    me = view.caller.subject
    others = [role for role in move.roles if role != "HANDLING_OFFICER"]
    mine = {role for role in move.roles if view.caller.has(Role.Value(f"ROLE_{role}"))}
    if mine:
        facts = facts._replace(
            caller=me,
            on_case=bool(mine.intersection(others)) or any(o.officer_id == me for o in facts.case.officers),
            investigated=investigated(find, facts.case.case_id, me),
        )
    if move.act == "RECORD_EVIDENCE":
        ids = [o.officer_id for o in facts.case.officers]
        return facts._replace(officers=people(find, ids, facts.at, facts.case.body_id, facts.case.area_code))
    if move.act == "FILE":
        return facts._replace(**jurisdiction(find, facts.case), filed_before=filed_before(view, facts.case))
    if move.act == "PASS_REVIEW":
        return facts._replace(qualified=qualified(find, view.parameters, me, facts.at))
    if move.act == "MAKE_DECISION":
        penalty = facts.case.notice.penalty
        return facts._replace(penalty=penalty, band=band_of(find, penalty))
    return facts
