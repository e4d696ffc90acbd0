"""Assessing a body of enforcement: opened, reviewed, its grade fixed in a meeting, made public (GBF-2005-37 3, CITY-ERS 2(6))."""

from yifa.supervision.v1 import assessment_pb2 as pb
from yifa.supervision.v1 import events_pb2 as events

from services.kit.act import Do
from services.kit.tx import Tx
from services.kit.view import View
from services.law.moment import put_moment
from services.law.procedures.assessment import ASSESSMENT
from services.law.procedures.self_assessment import self_due
from services.supervision.accountability.clue import name_of
from services.supervision.assessment.act import act, assessment_id
from services.supervision.assessment.following import NOT_MENDED, perform, propose, wrongs
from services.supervision.assessment.model import Assessment, SelfAssessment, self_key
from services.supervision.assessment.scheme import grade_of, scheme_message
from services.supervision.assessment.scoring import lines_of
from services.supervision.assessment.taking import take
from services.supervision.body.model import Body
from services.supervision.warning.runner import address

FAILED = pb.ASSESSMENT_GRADE_FAILED
FOLLOWS = {
    pb.ASSESSMENT_GRADE_EXCELLENT: (pb.ASSESSMENT_CONSEQUENCE_COMMENDED,),
    FAILED: (
        pb.ASSESSMENT_CONSEQUENCE_NOT_ADVANCED,
        pb.ASSESSMENT_CONSEQUENCE_CRITICISED,
        pb.ASSESSMENT_CONSEQUENCE_TO_RECTIFY,
    ),
}
"""What follows from a grade (CITY-ERS 2(6))."""


def _begun(request: pb.OpenAssessmentRequest, tx: Tx) -> pb.Assessment:
    """The record that an assessment begins with, with the scheme of the year as it stands. Raises Missing."""
    body = tx.get(Body, request.body_id)
    sector = tx.sector_of(body.field)
    scheme = tx.parameters.assessment(request.year, sector, body.name)
    assessment = pb.Assessment(
        assessment_id=assessment_id(body.body_id, request.year),
        sector=sector,
        year=request.year,
        node=body.node,
        body_id=body.body_id,
        body_name=body.name,
        scheme=scheme_message(scheme, tx.parameters, sector) if scheme is not None else None,
        opener=tx.caller.subject,
    )
    put_moment(assessment.open_time, tx.now)
    if (ends := self_due(tx.parameters, tx.calendar, request.year, sector)) is not None:
        put_moment(assessment.self_due_time, ends)
    return assessment


@act(ASSESSMENT.OPEN, begins=_begun, loads=((Body, "body_id"),))
def open_assessment(
    _request: pb.OpenAssessmentRequest, assessment: pb.Assessment, do: Do
) -> events.AssessmentOpened:
    """Begin the assessment of a body for a year. What it handed in before is taken in at once."""
    do.to = address(do.tx, assessment.node)
    do.then = lambda: take(do.tx, assessment.assessment_id)
    return events.AssessmentOpened()


def _opinion(request: pb.RecordPublicOpinionRequest, assessment: pb.Assessment, tx: Tx) -> None:
    satisfied = request.satisfied if request.HasField("satisfied") else None
    assessment.opinion.CopyFrom(
        pb.PublicOpinion(
            asked=request.asked, satisfied=satisfied, source=request.source, recorder=tx.caller.subject
        )
    )
    put_moment(assessment.opinion.record_time, tx.now)


@act(ASSESSMENT.RECORD_OPINION, takes=_opinion)
def record_public_opinion(
    _request: pb.RecordPublicOpinionRequest, _assessment: pb.Assessment, _do: Do
) -> events.PublicOpinionRecorded:
    """Take down what the public says, with its source."""
    return events.PublicOpinionRecorded()


@act(ASSESSMENT.REVIEW)
def review_assessment(
    request: pb.ReviewAssessmentRequest, assessment: pb.Assessment, do: Do
) -> events.AssessmentReviewed:
    """Score what people score, count what is counted, propose the grade that follows from the points."""
    given = do.tx.find(SelfAssessment, self_key(assessment.body_id, assessment.year))
    if given is not None:
        assessment.self_assessment.CopyFrom(given.told())
    lines = lines_of(reading(do.tx), assessment, request.scores)
    del assessment.lines[:]
    assessment.lines.extend(lines)
    assessment.points = sum(line.points for line in lines)
    assessment.proposed = grade_of(assessment.scheme, assessment.points)
    assessment.reviewer = do.caller
    put_moment(assessment.review_time, do.now)
    return events.AssessmentReviewed()


def reading(tx: Tx) -> View:
    """What is committed and what this transaction wrote, to be read as a view."""
    tx.flush()
    return View(tx.reader, tx.batch.around, tx.caller)


def _fixed(request: pb.FixAssessmentGradeRequest, assessment: pb.Assessment, _tx: Tx) -> None:
    assessment.grade, assessment.grade_reason = request.grade, request.reason
    assessment.meeting.CopyFrom(request.meeting)


@act(ASSESSMENT.FIX_GRADE, takes=_fixed)
def fix_assessment_grade(
    _request: pb.FixAssessmentGradeRequest, assessment: pb.Assessment, do: Do
) -> events.AssessmentGradeFixed:
    """Fix the grade, as a meeting did, and say what follows; what calls for an order of correction is a clue of supervision."""
    assessment.fixer = do.caller
    put_moment(assessment.fix_time, do.now)
    assessment.consequences[:] = FOLLOWS.get(assessment.grade, ())
    if assessment.grade == FAILED and failed_before(do.tx, assessment):
        assessment.consequences.append(pb.ASSESSMENT_CONSEQUENCE_CHIEF_TO_BE_MOVED)
    perform(do.tx, assessment)
    assessment.wrongs[:] = wrongs(do.tx, reading(do.tx), assessment)
    do.then = lambda: propose(do.tx, assessment)
    return events.AssessmentGradeFixed()


def failed_before(tx: Tx, assessment: pb.Assessment) -> bool:
    """Whether the body failed in the year before as well."""
    last = tx.find(Assessment, assessment_id(assessment.body_id, assessment.year - 1))
    return last is not None and last.grade == FAILED


def _published(request: pb.PublishAssessmentRequest, assessment: pb.Assessment, _tx: Tx) -> None:
    assessment.publish_address = request.address


@act(ASSESSMENT.PUBLISH, takes=_published)
def publish_assessment(
    _request: pb.PublishAssessmentRequest, assessment: pb.Assessment, do: Do
) -> events.AssessmentPublished:
    """Say where standard, course and result are public, and tell the department."""
    put_moment(assessment.publish_time, do.now)
    do.to = address(do.tx, assessment.node)
    return events.AssessmentPublished()


@act(ASSESSMENT.SUBMIT_RECTIFICATION)
def submit_rectification(
    request: pb.SubmitRectificationRequest, assessment: pb.Assessment, do: Do
) -> events.RectificationSubmitted:
    """The body that failed says in writing how it mends (CITY-ERS 2(6)), at the city under its own token."""
    told = assessment.rectifications.add(text=request.text, submitter=do.caller)
    put_moment(told.submit_time, do.now)
    return events.RectificationSubmitted()


@act(ASSESSMENT.VERIFY_RECTIFICATION)
def verify_rectification(
    request: pb.VerifyRectificationRequest, assessment: pb.Assessment, do: Do
) -> events.RectificationVerified:
    """Look into what the body mended; what is not mended it hands in anew."""
    last = assessment.rectifications[-1]
    last.mended, last.result, last.verifier = request.mended, request.result, do.caller
    put_moment(last.verify_time, do.now)
    do.to = address(do.tx, assessment.node)
    if not request.mended and NOT_MENDED not in assessment.wrongs:
        assessment.wrongs.append(NOT_MENDED)
    do.then = None if request.mended else lambda: propose(do.tx, assessment)
    return events.RectificationVerified()


@act(ASSESSMENT.RECORD_COMMENDATION)
def record_commendation(
    request: pb.RecordCommendationRequest, assessment: pb.Assessment, do: Do
) -> events.CommendationRecorded:
    """Put on record that the body, or somebody of it, is commended by its results (DL-ERS-2005, CITY-ERS 2(6))."""
    made = assessment.commendations.add()
    made.CopyFrom(request.commendation)
    made.officer_name, made.recorder = name_of(do.tx, made.officer_id), do.caller
    put_moment(made.record_time, do.now)
    do.to = address(do.tx, assessment.node)
    return events.CommendationRecorded()
