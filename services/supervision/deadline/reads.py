"""The clocks of all cases, listed."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2
from yifa.law.v1.law_pb2 import ClockState
from yifa.supervision.v1 import deadline_pb2 as pb

from services.kit.clocks import RUNNING, deadline_proto
from services.kit.rpc import read
from services.kit.view import View
from services.supervision.case.facts import time_in
from services.supervision.case.model import CaseView
from services.supervision.deadline.model import Clock

DROPPED = (case_pb2.CASE_STATE_NOT_FILED, case_pb2.CASE_STATE_TRANSFERRED_OUT)
CASES = CaseView.__table__
CLOCKS = Clock.__table__


@read
def list_deadlines(request: pb.ListDeadlinesRequest, view: View) -> pb.ListDeadlinesResponse:
    """The clocks of all cases in one state, first due first. Refuses with BAD_PAGE_TOKEN."""
    state = ClockState.Name(request.state).removeprefix("CLOCK_STATE_") if request.state else RUNNING
    found = clocks_in(state)
    if (before := time_in(request, "before_time")) is not None:
        found = found.where(CLOCKS.c.due_time < before)
    keys = (CLOCKS.c.due_time, CLOCKS.c.key)
    rows, token = view.page(found, keys, request.page_size, request.page_token)
    listed = [deadline_proto(row) for row in rows]
    for deadline, row in zip(listed, rows, strict=True):
        deadline.case_number = row.case_number
    return pb.ListDeadlinesResponse(deadlines=listed, next_page_token=token)


def clocks_in(state: str = RUNNING) -> Any:
    """The select of the clocks in a state, with the number of the case; those of cases that were dropped left out."""
    found = select(*CLOCKS.c, CASES.c.case_number).join(CASES, CASES.c.case_id == CLOCKS.c.subject)
    return found.where(CLOCKS.c.state == state, CASES.c.state.not_in(DROPPED))


def next_due(view: View, case_ids: list[str]) -> dict[str, tuple[datetime, str]]:
    """The clock of each case that runs out first. All clocks of the cases are read: SQLite, asked for those that run, goes
    through those of the whole city.
    """
    columns = (CLOCKS.c[name] for name in ("subject", "state", "due_time", "clock_id"))
    rows = view.rows(select(*columns).where(CLOCKS.c.subject.in_(case_ids)))
    running = sorted((row.due_time, row.clock_id, row.subject) for row in rows if row.state == RUNNING)
    return {subject: (due_time, clock_id) for due_time, clock_id, subject in reversed(running)}
