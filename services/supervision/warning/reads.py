"""Early warnings, listed."""

from typing import Any

from sqlalchemy import func, select
from yifa.supervision.v1 import warning_pb2

from services.kit.rpc import read
from services.kit.view import View
from services.supervision.counts import count
from services.supervision.warning.messages import warning_message
from services.supervision.warning.model import Warning

OPEN = warning_pb2.WARNING_STATE_OPEN
WARNINGS = Warning.__table__


@read
def list_warnings(request: warning_pb2.ListWarningsRequest, view: View) -> warning_pb2.ListWarningsResponse:
    """Warnings, newest first. Refuses with BAD_PAGE_TOKEN."""
    wanted = matching_warnings(request)
    keys = (WARNINGS.c.raise_time.desc(), WARNINGS.c.warning_id.desc())
    rows, token = view.page(select(WARNINGS).where(*wanted), keys, request.page_size, request.page_token)
    return warning_pb2.ListWarningsResponse(
        warnings=[warning_message(row) for row in rows],
        next_page_token=token,
        total=count(view, WARNINGS, wanted),
    )


def matching_warnings(request: warning_pb2.ListWarningsRequest) -> list[Any]:
    """The conditions of a list of warnings."""
    named = ("node", "level", "state", "rule_id")
    return [WARNINGS.c[name] == getattr(request, name) for name in named if getattr(request, name)]


def open_warnings(view: View, case_ids: list[str]) -> dict[str, int]:
    """How many open warnings each case has, cases without any left out."""
    counted = select(WARNINGS.c.case_id, func.count()).group_by(WARNINGS.c.case_id)
    rows = view.rows(counted.where(WARNINGS.c.case_id.in_(case_ids), WARNINGS.c.state == OPEN))
    return {row[0]: row[1] for row in rows}
