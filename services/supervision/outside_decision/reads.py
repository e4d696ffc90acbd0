"""The decisions of audit and supervision bodies, newest first."""

from typing import Any

from sqlalchemy import select
from yifa.supervision.v1 import outside_decision_pb2 as pb

from services.kit.refusal import Missing
from services.kit.rpc import read
from services.kit.view import View
from services.law.procedures.outside_decision import TABLE
from services.supervision.counts import count
from services.supervision.normative_document.seen import own
from services.supervision.outside_decision.model import OutsideDecision

DECISIONS: Any = OutsideDecision.__table__  # type: ignore[attr-defined]


@read
def get_outside_decision(request: pb.GetOutsideDecisionRequest, view: View) -> pb.GetOutsideDecisionResponse:
    """A decision, and the methods that its state leaves open; a department sees its own. Raises Missing."""
    wanted = [DECISIONS.c.decision_id == request.decision_id, *own(view, DECISIONS)]
    row = view.one(select(DECISIONS.c.record, DECISIONS.c.state).where(*wanted))
    if row is None:
        raise Missing("OutsideDecision", request.decision_id)
    open_here = (m.method for m in TABLE.open(row.state))
    answer = pb.GetOutsideDecisionResponse(open_acts=list(dict.fromkeys(open_here)))
    answer.outside_decision.ParseFromString(row.record)
    return answer


@read
def list_outside_decisions(
    request: pb.ListOutsideDecisionsRequest, view: View
) -> pb.ListOutsideDecisionsResponse:
    """Decisions, newest first; a department sees its own. Refuses with BAD_PAGE_TOKEN."""
    wanted = own(view, DECISIONS)
    if request.node:
        wanted.append(DECISIONS.c.node == request.node)
    if request.state:
        state = pb.OutsideDecisionState.Name(request.state).removeprefix("OUTSIDE_DECISION_STATE_")
        wanted.append(DECISIONS.c.state == state)
    found = select(DECISIONS.c.record, DECISIONS.c.register_time, DECISIONS.c.decision_id).where(*wanted)
    keys = (DECISIONS.c.register_time.desc(), DECISIONS.c.decision_id.desc())
    rows, token = view.page(found, keys, request.page_size, request.page_token)
    listed = pb.ListOutsideDecisionsResponse(next_page_token=token, total=count(view, DECISIONS, wanted))
    for row in rows:
        listed.outside_decisions.add().ParseFromString(row.record)
    return listed
