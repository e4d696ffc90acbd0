"""Assessments of people: to that person, to the heads of the department, to oversight; never to the public."""

from typing import Any

from sqlalchemy import select
from yifa.law.v1.options_pb2 import Role
from yifa.supervision.v1 import officer_assessment_pb2 as pb

from services.kit.refusal import Denied, Missing
from services.kit.rpc import read
from services.kit.view import View, packed
from services.law.procedures.officer_assessment import TABLE
from services.supervision.certificate.model import node_of
from services.supervision.counts import count
from services.supervision.normative_document.seen import own, sees
from services.supervision.officer_assessment.model import OfficerAssessment

ASSESSMENTS: Any = OfficerAssessment.__table__  # type: ignore[attr-defined]
NEWEST_FIRST = (ASSESSMENTS.c.year.desc(), ASSESSMENTS.c.officer_assessment_id.desc())


@read
def get_officer_assessment(
    request: pb.GetOfficerAssessmentRequest, view: View
) -> pb.GetOfficerAssessmentResponse:
    """One, with the methods that its state leaves open. Refuses with NOT_FOUND, NOT_OWN_FILE."""
    row = view.find(OfficerAssessment, request.officer_assessment_id)
    if row is None or not (sees(view, row.node) or _moved_here(view, row)):
        raise Missing("OfficerAssessment", request.officer_assessment_id)
    if _only_own(view) and row.officer_id != view.caller.subject:
        raise Denied("NOT_OWN_FILE", "this is another officer's file", "不是本人的执法档案")
    reply = pb.GetOfficerAssessmentResponse(open_acts=[move.method for move in TABLE.open(row.state)])
    reply.officer_assessment.ParseFromString(row.record)
    return reply


@read
def list_officer_assessments(request: pb.ListOfficerAssessmentsRequest, view: View) -> bytes:
    """A pb.ListOfficerAssessmentsResponse, the newest year first; an officer sees only the own. Refuses with BAD_PAGE_TOKEN."""
    state = pb.OfficerAssessmentState.Name(request.state).removeprefix("OFFICER_ASSESSMENT_STATE_")
    c = ASSESSMENTS.c
    asked = (
        (request.year, c.year == request.year),
        (request.body_id, c.body_id == request.body_id),
        (request.officer_id, c.officer_id == request.officer_id),
        (request.state, c.state == state),
        (_only_own(view), c.officer_id == view.caller.subject),
    )
    wanted = [*own(view, ASSESSMENTS), *(condition for said, condition in asked if said)]
    rows, token = view.page(
        select(ASSESSMENTS).where(*wanted), NEWEST_FIRST, request.page_size, request.page_token
    )
    field = pb.ListOfficerAssessmentsResponse.OFFICER_ASSESSMENTS_FIELD_NUMBER
    more = pb.ListOfficerAssessmentsResponse(next_page_token=token, total=count(view, ASSESSMENTS, wanted))
    return packed(field, [row.record for row in rows]) + more.SerializeToString()


def _moved_here(view: View, row: OfficerAssessment) -> bool:
    """Whether it is the own of who asks, of a department that the person left for the one that asks."""
    own_one = bool(row.officer_id) and view.caller.subject == row.officer_id
    return own_one and view.caller.node == node_of(view, row.officer_id, row.node)


def _only_own(view: View) -> bool:
    return view.caller.only(Role.ROLE_HANDLING_OFFICER)
