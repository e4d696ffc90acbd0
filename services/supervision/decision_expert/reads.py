"""The pool of experts, in the order in which they came."""

from typing import Any

from sqlalchemy import select
from yifa.supervision.v1 import major_decision_pb2 as pb

from services.kit.rpc import read
from services.kit.view import View
from services.supervision.counts import count
from services.supervision.decision_expert.model import DecisionExpert

EXPERTS: Any = DecisionExpert.__table__  # type: ignore[attr-defined]


@read
def list_decision_experts(
    request: pb.ListDecisionExpertsRequest, view: View
) -> pb.ListDecisionExpertsResponse:
    """The experts of the pool. Refuses with BAD_PAGE_TOKEN."""
    wanted = []
    if request.state:
        state = pb.DecisionExpertState.Name(request.state).removeprefix("DECISION_EXPERT_STATE_")
        wanted.append(EXPERTS.c.state == state)
    found = select(EXPERTS.c.record, EXPERTS.c.expert_id).where(*wanted)
    rows, token = view.page(found, (EXPERTS.c.expert_id,), request.page_size, request.page_token)
    return pb.ListDecisionExpertsResponse(
        experts=[pb.DecisionExpert.FromString(row.record) for row in rows],
        next_page_token=token,
        total=count(view, EXPERTS, wanted),
    )
