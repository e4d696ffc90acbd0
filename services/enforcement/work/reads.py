"""What waits: for which acts, with whom, since when."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, or_, select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import work_pb2 as pb
from yifa.law.v1.law_pb2 import CLOCK_STATE_RUNNING
from yifa.law.v1.options_pb2 import Role

from services.enforcement.case.act import act
from services.enforcement.case.model import BEFORE, Assignment, Case
from services.enforcement.work.waiting import WAITS_FOR, waiting_for
from services.kit.rpc import read
from services.kit.store import Instant
from services.kit.view import View
from services.law.calendar import SHANGHAI
from services.law.moment import moment_of, put_moment

LONGEST_FIRST = (Case.since, Case.case_id)


@read
def list_work(request: pb.ListWorkRequest, view: View) -> pb.ListWorkResponse:
    """The cases that wait, the longest waiting first. A page may be shorter than asked for: a case that the officer does not
    handle any more is left out. Refuses with BAD_PAGE_TOKEN.
    """
    role = Role.Name(request.role).removeprefix("ROLE_") if request.role else ""
    rows, token = view.page(
        waiting(bool(request.officer_id), bool(request.query)),
        LONGEST_FIRST,
        request.page_size,
        request.page_token,
        states=waiting_for(role),
        moved_by=view.now - timedelta(days=request.days),
        wanted_officer=request.officer_id,
        part=like(request.query),
    )
    found = [cases.Case.FromString(row.record) for row in rows]
    items = [
        item(case, row.since, view.now)
        for case, row in zip(found, rows, strict=True)
        if not request.officer_id or request.officer_id in {o.officer_id for o in case.officers}
    ]
    return pb.ListWorkResponse(items=items, next_page_token=token)


@cache
def waiting(by_officer: bool, by_part: bool) -> Any:
    """The select of what waits, one for each way of narrowing it."""
    found = select(Case.case_id, Case.since, Case.record).where(
        Case.state.in_(bindparam("states", expanding=True)),  # type: ignore[attr-defined]
        Case.since <= bindparam("moved_by", type_=Instant),
    )
    if by_officer:
        on_case = select(Assignment.case_id).where(Assignment.officer_id == bindparam("wanted_officer"))
        found = found.where(Case.case_id.in_(on_case))  # type: ignore[attr-defined]
    if by_part:
        columns = (Case.case_number, Case.party_name)
        found = found.where(or_(*(c.like(bindparam("part"), escape="\\") for c in columns)))  # type: ignore[attr-defined]
    return found


def like(part: str) -> str:
    """The pattern of what holds a part, taken as it is written."""
    for sign in "\\%_":
        part = part.replace(sign, f"\\{sign}")
    return f"%{part.strip()}%"


def item(case: cases.Case, since: datetime, now: datetime) -> pb.WorkItem:
    """How a case waits."""
    since = since if since > BEFORE else moment_of(case.update_time)
    running = [d for d in case.deadlines if d.state == CLOCK_STATE_RUNNING]
    first = min(running, key=lambda d: (d.due_time.seconds, d.clock_id), default=None)
    shown = pb.WorkItem(
        case_id=case.case_id,
        case_number=case.case_number,
        party_name=case.party.name,
        title=case.violation.title,
        state=case.state,
        days=max((now.astimezone(SHANGHAI).date() - since.astimezone(SHANGHAI).date()).days, 0),
        acts=[
            pb.WorkAct(
                rpc=move.method,
                title_zh=move.title_zh,
                title_en=move.title_en,
                roles=[Role.Value(f"ROLE_{role}") for role in move.roles],
            )
            for move in WAITS_FOR[act.names[case.state]]
        ],
        officers=case.officers,
        deadline=first,
    )
    put_moment(shown.since_time, since)
    return shown
