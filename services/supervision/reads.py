"""The selects behind the reading methods."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, or_, select
from yifa.enforcement.v1 import case_pb2
from yifa.supervision.v1 import filing_pb2, warning_pb2
from yifa.supervision.v1 import supervision_service_pb2 as pb

from services.kit.clocks import RUNNING
from services.kit.view import View
from services.supervision.model import CaseView, Clock, Dispute, Filing, Received, Source, Warning

OPEN = warning_pb2.WARNING_STATE_OPEN
DROPPED = (case_pb2.CASE_STATE_NOT_FILED, case_pb2.CASE_STATE_TRANSFERRED_OUT)
ENDED = (*DROPPED, case_pb2.CASE_STATE_TERMINATED, case_pb2.CASE_STATE_CLOSED)
CASES = CaseView.__table__
CLOCKS = Clock.__table__
DISPUTES = Dispute.__table__
FILINGS = Filing.__table__
RECEIVED = Received.__table__
SOURCES = Source.__table__
WARNINGS = Warning.__table__
LAST = select(SOURCES.c.events).where(SOURCES.c.node == "*")
SUMMARY = [column for column in CASES.c if column.name != "record"]


def matching_cases(request: pb.ListCasesRequest) -> list[Any]:
    """The conditions of a list of cases."""
    wanted: list[Any] = []
    if request.node:
        wanted.append(CASES.c.node == request.node)
    if request.state:
        wanted.append(CASES.c.state == request.state)
    if request.only_warned:
        wanted.append(CASES.c.case_id.in_(select(WARNINGS.c.case_id).where(WARNINGS.c.state == OPEN)))
    if text := request.query.strip():
        columns = (CASES.c.case_number, CASES.c.party_name, CASES.c.violation_title)
        wanted.append(or_(*(column.icontains(text, autoescape=True) for column in columns)))
    return wanted


def matching_warnings(request: pb.ListWarningsRequest) -> list[Any]:
    """The conditions of a list of warnings."""
    named = ("node", "level", "state", "rule_id")
    return [WARNINGS.c[name] == getattr(request, name) for name in named if getattr(request, name)]


def count(view: View, table: Any, wanted: Iterable[Any]) -> int:
    """How many rows match."""
    row = view.one(select(func.count()).select_from(table).where(*wanted))
    return row[0] if row else 0


def open_warnings(view: View, case_ids: list[str]) -> dict[str, int]:
    """How many open warnings each case has, cases without any left out."""
    counted = select(WARNINGS.c.case_id, func.count()).group_by(WARNINGS.c.case_id)
    rows = view.rows(counted.where(WARNINGS.c.case_id.in_(case_ids), WARNINGS.c.state == OPEN))
    return {row[0]: row[1] for row in rows}


def last_position(view: View) -> int:
    """The newest position of Watch, 0 before the first event."""
    row = view.one(LAST)
    return row[0] if row else 0


def departments(view: View) -> list[pb.DepartmentCounts]:
    """The counts of every department that has sent anything. PostgreSQL sums to decimals."""
    cases = {row.node: row for row in view.rows(_cases_by_node())}
    warnings = {row.node: row for row in view.rows(_warnings_by_node())}
    found = []
    for source in view.rows(select(SOURCES).where(SOURCES.c.node != "*").order_by(SOURCES.c.node)):
        its, warned = cases.get(source.node), warnings.get(source.node)
        if its is None and source.node == view.city:
            continue
        found.append(
            pb.DepartmentCounts(
                node=source.node,
                body_name=source.body_name,
                open_cases=int(its.total - its.ended) if its else 0,
                closed_cases=int(its.ended) if its else 0,
                yellow=int(warned.yellow) if warned else 0,
                orange=int(warned.orange) if warned else 0,
                red=int(warned.red) if warned else 0,
                fines={"fen": int(its.fines) if its else 0},
                last_event_time=source.last_event_time,
            )
        )
    return found


def _cases_by_node() -> Any:
    ended = func.sum(case((CASES.c.state.in_(ENDED), 1), else_=0))
    fines = func.sum(CASES.c.fine)
    columns = (func.count().label("total"), ended.label("ended"), fines.label("fines"))
    return select(CASES.c.node, *columns).group_by(CASES.c.node)


def _warnings_by_node() -> Any:
    names = {
        "yellow": warning_pb2.WARNING_LEVEL_YELLOW,
        "orange": warning_pb2.WARNING_LEVEL_ORANGE,
        "red": warning_pb2.WARNING_LEVEL_RED,
    }
    columns = (func.sum(case((WARNINGS.c.level == n, 1), else_=0)).label(name) for name, n in names.items())
    return select(WARNINGS.c.node, *columns).where(WARNINGS.c.state == OPEN).group_by(WARNINGS.c.node)


def matching_filings(request: pb.ListFilingsRequest) -> list[Any]:
    """The conditions of a list of filings."""
    if not request.state:
        return []
    return [FILINGS.c.state == filing_pb2.FilingState.Name(request.state).removeprefix("FILING_STATE_")]


def clocks_in(state: str = RUNNING) -> Any:
    """The select of the clocks in a state, with the number of the case; those of cases that were dropped left out."""
    found = select(*CLOCKS.c, CASES.c.case_number).join(CASES, CASES.c.case_id == CLOCKS.c.subject)
    return found.where(CLOCKS.c.state == state, CASES.c.state.not_in(DROPPED))


def next_due(view: View, case_ids: list[str]) -> dict[str, tuple[datetime, str]]:
    """The clock of each case that runs out first."""
    rows = view.rows(clocks_in().where(CLOCKS.c.subject.in_(case_ids)).order_by(CLOCKS.c.due_time.desc()))
    return {row.subject: (row.due_time, row.clock_id) for row in rows}
