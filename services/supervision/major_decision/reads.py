"""Major decisions for those who prepare, review and carry them out: a department sees its own. Who did what, by person."""

from typing import Any

from sqlalchemy import select
from yifa.supervision.v1 import major_decision_pb2 as pb

from services.kit.refusal import Missing
from services.kit.rpc import read
from services.kit.view import View
from services.law.procedures.major_decision import TABLE
from services.supervision.counts import count
from services.supervision.major_decision.model import (
    DecisionComment,
    DecisionResponsibility,
    MajorDecision,
)

DECISIONS: Any = MajorDecision.__table__  # type: ignore[attr-defined]
COMMENTS: Any = DecisionComment.__table__  # type: ignore[attr-defined]
PARTS: Any = DecisionResponsibility.__table__  # type: ignore[attr-defined]
LAST_LISTED_FIRST = (DECISIONS.c.list_time.desc(), DECISIONS.c.decision_id.desc())
SHOWN = 200
"""How many comments and responsibilities come along."""


def own(view: View) -> list[Any]:
    """The conditions of a list: the city sees all, a department what it prepares or carries out."""
    return (
        []
        if view.caller.node == view.city
        else [DECISIONS.c.nodes.contains(f"|{view.caller.node}|", autoescape=True)]
    )


@read
def get_major_decision(request: pb.GetMajorDecisionRequest, view: View) -> pb.GetMajorDecisionResponse:
    """A decision, its comments, who did what, and the methods that its state leaves open. Raises Missing."""
    row = view.find(MajorDecision, request.decision_id)
    if row is None or not (view.caller.node == view.city or f"|{view.caller.node}|" in row.nodes):
        raise Missing("MajorDecision", request.decision_id)
    open_here = (m.method for m in TABLE.open(row.state) if m.roles and m.roles != ("SYSTEM",))
    answer = pb.GetMajorDecisionResponse(open_acts=list(dict.fromkeys(open_here)))
    answer.major_decision.ParseFromString(row.record)
    for table, order, field in (
        (COMMENTS, (COMMENTS.c.comment_time, COMMENTS.c.comment_id), answer.comments),
        (PARTS, (PARTS.c.done_time, PARTS.c.key), answer.responsibilities),
    ):
        its = select(table.c.record).where(table.c.decision_id == row.decision_id)
        for each in view.query(its.order_by(*order).limit(SHOWN)):
            field.add().ParseFromString(each.record)  # type: ignore[attr-defined]
    return answer


@read
def list_major_decisions(request: pb.ListMajorDecisionsRequest, view: View) -> pb.ListMajorDecisionsResponse:
    """Decisions without their texts, newest first; a department sees its own. Refuses with BAD_PAGE_TOKEN."""
    wanted = own(view)
    if request.body_id:
        wanted.append(DECISIONS.c.body_id == request.body_id)
    if request.year:
        wanted.append(DECISIONS.c.year == request.year)
    if request.overdue:
        wanted.append(DECISIONS.c.report_due_time < view.now)
    if request.state:
        state = pb.MajorDecisionState.Name(request.state).removeprefix("MAJOR_DECISION_STATE_")
        wanted.append(DECISIONS.c.state == state)
    found = select(DECISIONS.c.record, DECISIONS.c.list_time, DECISIONS.c.decision_id).where(*wanted)
    rows, token = view.page(found, LAST_LISTED_FIRST, request.page_size, request.page_token)
    listed = pb.ListMajorDecisionsResponse(next_page_token=token, total=count(view, DECISIONS, wanted))
    for row in rows:
        each = listed.major_decisions.add()
        each.ParseFromString(row.record)
        each.ClearField("text")
        each.ClearField("explanation")
    return listed


@read
def list_decision_responsibilities(
    request: pb.ListDecisionResponsibilitiesRequest, view: View
) -> pb.ListDecisionResponsibilitiesResponse:
    """What somebody did in decisions, the last first, however long ago (MDR 38(2)). Refuses with BAD_PAGE_TOKEN."""
    wanted = [PARTS.c.person == request.person]
    found = select(PARTS.c.record, PARTS.c.done_time, PARTS.c.key).where(*wanted)
    order = (PARTS.c.done_time.desc(), PARTS.c.key.desc())
    rows, token = view.page(found, order, request.page_size, request.page_token)
    return pb.ListDecisionResponsibilitiesResponse(
        responsibilities=[pb.DecisionResponsibility.FromString(row.record) for row in rows],
        next_page_token=token,
        total=count(view, PARTS, wanted),
    )
