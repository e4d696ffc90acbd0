"""The matters of accountability that this department was told of, and what was answered."""

from sqlalchemy import select
from yifa.enforcement.v1 import supervision_answer_pb2 as answers
from yifa.enforcement.v1 import supervision_order_pb2 as pb
from yifa.law.v1.options_pb2 import Role
from yifa.supervision.v1.accountability_pb2 import Accountability as Matter

from services.enforcement.accountability.model import Accountability
from services.enforcement.supervision_answer.model import SupervisionAnswer
from services.kit.rpc import read
from services.kit.view import View

OWN_ONLY = frozenset({Role.ROLE_HANDLING_OFFICER, Role.ROLE_LEGAL_REVIEWER, Role.ROLE_CLERK})
"""Who sees but the own matter: what is laid on a person is that person's, and the heads'."""


@read
def list_accountability_matters(
    request: pb.ListAccountabilityMattersRequest, view: View
) -> pb.ListAccountabilityMattersResponse:
    """Matters of accountability, newest first. Refuses with BAD_PAGE_TOKEN."""
    found = select(Accountability.accountability_id, Accountability.record)  # type: ignore[call-overload]
    if view.caller.roles <= OWN_ONLY:
        found = found.where(Accountability.officer_id == view.caller.subject)
    newest = (Accountability.accountability_id.desc(),)  # type: ignore[attr-defined]
    rows, token = view.page(found, newest, request.page_size, request.page_token)
    listed = pb.ListAccountabilityMattersResponse(next_page_token=token)
    for row in rows:
        listed.matters.add().Pack(Matter.FromString(row.record))
    ids = [row.accountability_id for row in rows]
    its = select(SupervisionAnswer).where(SupervisionAnswer.order_id.in_(ids))  # type: ignore[attr-defined]
    for row in view.query(its.order_by(SupervisionAnswer.answer_id)):
        listed.answers.append(answers.SupervisionAnswer.FromString(row.record))
    return listed
