"""Handing in how a body assesses its own year (CITY-ERS 2(6))."""

from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import self_assessment_pb2 as pb

from services.enforcement.body.model import Body
from services.enforcement.self_assessment.act import act
from services.enforcement.self_assessment.facts import scheme_of
from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.self_assessment import PREFIX, SELF_ASSESSMENT, self_due


def _begun(request: pb.SubmitSelfAssessmentRequest, tx: Tx) -> pb.SelfAssessment:
    """The record that is handed in. Raises Missing for a body that there is not."""
    body = tx.get(Body, request.body_id)
    scheme = scheme_of(tx, body, request.year)
    ends = self_due(tx.parameters, tx.calendar, request.year, tx.sector_of(body.field))
    assessed = pb.SelfAssessment(
        self_assessment_id=tx.new_id(PREFIX),
        node=tx.node,
        body_id=body.body_id,
        body_name=body.name,
        year=request.year,
        scheme=scheme.name if scheme is not None else "",
        scores=request.scores,
        summary=request.summary,
        submitter=tx.caller.subject,
        late=ends is not None and tx.now > ends,
    )
    put_moment(assessed.submit_time, tx.now)
    return assessed


@act(SELF_ASSESSMENT.SUBMIT, begins=_begun, loads=((Body, "body_id"),))
def submit_self_assessment(
    _request: pb.SubmitSelfAssessmentRequest, _assessed: pb.SelfAssessment, _do: Do
) -> events.SelfAssessmentSubmitted:
    """Hand in how a body assesses its own year. Stops ACC-03."""
    return events.SelfAssessmentSubmitted()
