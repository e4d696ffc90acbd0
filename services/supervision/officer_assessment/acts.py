"""Assessing a person: opened, scored by whom the scheme names, counted, graded in a meeting, told, and looked at again where the
person asks (GBF-2005-37 3, DL-ERS-2005).
"""

from yifa.law.v1.options_pb2 import Role
from yifa.supervision.v1 import assessment_pb2 as assessments
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import officer_assessment_pb2 as pb

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.clock import Term, due
from services.law.moment import put_moment
from services.law.procedures.officer_assessment import OFFICER_ASSESSMENT
from services.supervision.accountability.clue import name_of
from services.supervision.assessment.acts import reading
from services.supervision.assessment.scheme import POST_OF, SCORERS, ends_of, grade_of, scheme_message
from services.supervision.assessment.scoring import lines_of
from services.supervision.body.model import Body
from services.supervision.officer_assessment.act import act, officer_assessment_id
from services.supervision.officer_assessment.model import failed
from services.supervision.warning.runner import address

FAILED = assessments.ASSESSMENT_GRADE_FAILED


def _begun(request: pb.OpenOfficerAssessmentRequest, tx: Tx) -> pb.OfficerAssessment:
    """The record that it begins with, with the scheme of the post as it stands. Raises Missing."""
    body = tx.get(Body, request.body_id)
    sector = tx.sector_of(body.field)
    scheme = tx.parameters.assessment(request.year, sector, body.name, POST_OF.get(request.post))
    assessment = pb.OfficerAssessment(
        officer_assessment_id=officer_assessment_id(request.officer_id, body.body_id, request.year),
        sector=sector,
        year=request.year,
        node=body.node,
        body_id=body.body_id,
        body_name=body.name,
        officer_id=request.officer_id,
        officer_name=name_of(tx, request.officer_id),
        post=request.post,
        scheme=scheme_message(scheme, tx.parameters, sector) if scheme is not None else None,
        opener=tx.caller.subject,
    )
    put_moment(assessment.open_time, tx.now)
    return assessment


@act(OFFICER_ASSESSMENT.OPEN, begins=_begun, loads=((Body, "body_id"),))
def open_officer_assessment(
    _request: pb.OpenOfficerAssessmentRequest, assessment: pb.OfficerAssessment, do: Do
) -> events.OfficerAssessmentOpened:
    """Begin the assessment of a person for a year, and tell the department whose people score."""
    do.to = address(do.tx, assessment.node)
    return events.OfficerAssessmentOpened()


@act(OFFICER_ASSESSMENT.SCORE)
def score_officer_assessment(
    request: pb.ScoreOfficerAssessmentRequest, assessment: pb.OfficerAssessment, do: Do
) -> events.OfficerAssessmentScored:
    """Score what the scheme has the caller score; what was scored before is scored anew."""
    roles = {each.id: SCORERS[each.scorer] for each in ends_of(assessment.scheme)}
    anew = {each.indicator_id for each in request.scores}
    left = [each for each in assessment.scores if each.score.indicator_id not in anew]
    del assessment.scores[:]
    assessment.scores.extend(left)
    for score in request.scores:
        told = assessment.scores.add(score=score, scorer=do.caller, role=Role.Name(roles[score.indicator_id]))
        put_moment(told.score_time, do.now)
    return events.OfficerAssessmentScored()


@act(OFFICER_ASSESSMENT.REVIEW)
def review_officer_assessment(
    _request: pb.ReviewOfficerAssessmentRequest, assessment: pb.OfficerAssessment, do: Do
) -> events.OfficerAssessmentReviewed:
    """Count what the person handled, and propose the grade that follows from the points."""
    about = assessments.Assessment(year=assessment.year, body_id=assessment.body_id, scheme=assessment.scheme)
    scores = [each.score for each in assessment.scores]
    assessment.lines.extend(lines_of(reading(do.tx), about, scores, assessment.officer_id))
    assessment.points = sum(line.points for line in assessment.lines)
    assessment.proposed = grade_of(assessment.scheme, assessment.points)
    assessment.reviewer = do.caller
    put_moment(assessment.review_time, do.now)
    return events.OfficerAssessmentReviewed()


def _fixed(request: pb.FixOfficerGradeRequest, assessment: pb.OfficerAssessment, _tx: Tx) -> None:
    assessment.grade, assessment.grade_reason = request.grade, request.reason
    assessment.meeting.CopyFrom(request.meeting)


@act(OFFICER_ASSESSMENT.FIX_GRADE, takes=_fixed)
def fix_officer_grade(
    _request: pb.FixOfficerGradeRequest, assessment: pb.OfficerAssessment, do: Do
) -> events.OfficerGradeFixed:
    """Fix the grade, as a meeting did, and say what follows."""
    assessment.fixer = do.caller
    put_moment(assessment.fix_time, do.now)
    _follow(do.tx, assessment)
    return events.OfficerGradeFixed()


def _follow(tx: Tx, assessment: pb.OfficerAssessment) -> None:
    """Who has the lowest grade is not commended; who has it twice in a row is proposed to be moved, as the chief of a body is."""
    assessment.ClearField("consequences")
    if assessment.grade == FAILED:
        assessment.consequences.append(assessments.ASSESSMENT_CONSEQUENCE_OFFICER_NOT_ADVANCED)
        if failed(tx, assessment.officer_id, assessment.year - 1):
            assessment.consequences.append(assessments.ASSESSMENT_CONSEQUENCE_OFFICER_TO_BE_MOVED)


def _told(request: pb.TellOfficerGradeRequest, assessment: pb.OfficerAssessment, _tx: Tx) -> None:
    assessment.document, assessment.receipt = request.document, request.receipt


@act(OFFICER_ASSESSMENT.TELL, takes=_told)
def tell_officer_grade(
    _request: pb.TellOfficerGradeRequest, assessment: pb.OfficerAssessment, do: Do
) -> events.OfficerGradeTold:
    """Say how the person was told. It enters the file of the officer, and the days for a recheck begin."""
    assessment.teller = do.caller
    put_moment(assessment.tell_time, do.now)
    term = Term(assessment.scheme.recheck_days, "calendar_day")
    put_moment(assessment.recheck_until, due(term, do.now.astimezone(SHANGHAI), do.tx.calendar).at)
    do.to = address(do.tx, assessment.node)
    return events.OfficerGradeTold()


@act(OFFICER_ASSESSMENT.ASK_RECHECK)
def ask_officer_recheck(
    request: pb.AskOfficerRecheckRequest, assessment: pb.OfficerAssessment, do: Do
) -> events.OfficerRecheckAsked:
    """The person asks for another look, at the city under the own token."""
    assessment.recheck.reasons, assessment.recheck.fixed = request.reasons, assessment.grade
    put_moment(assessment.recheck.ask_time, do.now)
    return events.OfficerRecheckAsked()


def _rechecked(request: pb.DecideOfficerRecheckRequest, assessment: pb.OfficerAssessment, _tx: Tx) -> None:
    assessment.grade, assessment.grade_reason = request.grade, request.reason
    assessment.recheck.opinion = request.reason
    assessment.recheck.meeting.CopyFrom(request.meeting)


@act(OFFICER_ASSESSMENT.DECIDE_RECHECK, takes=_rechecked)
def decide_officer_recheck(
    _request: pb.DecideOfficerRecheckRequest, assessment: pb.OfficerAssessment, do: Do
) -> events.OfficerRecheckDecided:
    """Decide it, as a meeting did: the grade stands or is another, and that is what the file of the officer says."""
    assessment.recheck.decider = do.caller
    put_moment(assessment.recheck.decide_time, do.now)
    _follow(do.tx, assessment)
    do.to = address(do.tx, assessment.node)
    return events.OfficerRecheckDecided()
