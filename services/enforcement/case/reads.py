"""Cases, one and many, and what may be done with one now."""

from functools import cache
from typing import Any

from sqlalchemy import bindparam, select
from yifa.enforcement.v1 import case_pb2 as cases

from services.enforcement.case.act import act
from services.enforcement.case.model import Assignment, Case
from services.kit.act import Standing
from services.kit.rpc import read
from services.kit.view import View, packed
from services.law.rule import Rule

CASE = select(Case.record).where(Case.case_id == bindparam("wanted_case"))
NEWEST_FIRST = (Case.case_id.desc(),)


@read
def get_case(request: cases.GetCaseRequest, view: View) -> bytes:
    """A pb.GetCaseResponse."""
    return packed(cases.GetCaseResponse.CASE_FIELD_NUMBER, [record_of(view, request.case_id)])


@read
def list_cases(request: cases.ListCasesRequest, view: View) -> bytes:
    """A pb.ListCasesResponse."""
    rows, token = view.page(
        listed(bool(request.state), bool(request.officer_id)),
        NEWEST_FIRST,
        request.page_size,
        request.page_token,
        wanted_state=act.names[request.state],
        wanted_officer=request.officer_id,
    )
    found = packed(cases.ListCasesResponse.CASES_FIELD_NUMBER, [row.record for row in rows])
    return found + cases.ListCasesResponse(next_page_token=token).SerializeToString()


@read
def list_open_acts(request: cases.ListOpenActsRequest, view: View) -> cases.ListOpenActsResponse:
    """What may be done with the case now, what stands against every other act, and what depends on who does it and on what is
    handed in. The facts and rules are those of the acts themselves.
    """
    case = case_of(view, request.case_id)
    shown = (open_act(standing, view, case.sector) for standing in act.open_acts(view, case))
    return cases.ListOpenActsResponse(acts=shown)


def open_act(standing: Standing, view: View, sector: str) -> cases.OpenAct:
    """How an act stands, under the articles that bind."""
    move = standing.move
    return cases.OpenAct(
        act=move.act,
        rpc=move.method,
        title_zh=move.title_zh,
        title_en=move.title_en,
        law=view.parameters.cited(move.law, sector, move.name),
        open=standing.open,
        obstacles=[obstacle(against, view, sector) for against in standing.against],
        depends_on=[obstacle(rule, view, sector) for rule in standing.depends_on],
    )


def obstacle(against: Any, view: View, sector: str) -> cases.Obstacle:
    """A rule, or that an act is not open at this stage, under the article that binds."""
    told = view.parameters.told(against.broken() if isinstance(against, Rule) else against, sector)
    return cases.Obstacle(reason=told.reason, law=told.law, text_zh=told.says_zh, text_en=told.says)


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
