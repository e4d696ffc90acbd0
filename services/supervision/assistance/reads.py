"""Requests for help between departments, listed."""

from typing import Any

from sqlalchemy import or_, select
from yifa.enforcement.v1.assistance_pb2 import AssistanceState
from yifa.supervision.v1 import assistance_pb2 as pb

from services.kit.rpc import read
from services.kit.view import View
from services.supervision.assistance.model import AssistanceView
from services.supervision.counts import count

VIEWS = AssistanceView.__table__


@read
def list_assistance(request: pb.ListAssistanceRequest, view: View) -> pb.ListAssistanceResponse:
    """Requests for help, newest first. Refuses with BAD_PAGE_TOKEN."""
    wanted: list[Any] = []
    if request.state:
        wanted.append(VIEWS.c.state == AssistanceState.Name(request.state).removeprefix("ASSISTANCE_STATE_"))
    if request.case_id:
        wanted.append(VIEWS.c.case_id == request.case_id)
    if request.node:
        wanted.append(or_(VIEWS.c.from_node == request.node, VIEWS.c.node == request.node))
    found = select(VIEWS.c.assistance_id, VIEWS.c.record).where(*wanted)
    keys = (VIEWS.c.assistance_id.desc(),)
    rows, token = view.page(found, keys, request.page_size, request.page_token)
    listed = pb.ListAssistanceResponse(next_page_token=token, total=count(view, VIEWS, wanted))
    for row in rows:
        listed.assistance.add().ParseFromString(row.record)
    return listed
