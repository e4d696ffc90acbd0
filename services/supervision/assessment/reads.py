"""Assessments, for oversight; what an indicator counts, counted anew; and what is public of them."""

from typing import Any

from sqlalchemy import select
from yifa.supervision.v1 import assessment_pb2 as pb

from services.kit.refusal import Malformed, Missing
from services.kit.rpc import long_read, read
from services.kit.view import View, packed
from services.law.assessment import By
from services.supervision.assessment.model import Assessment
from services.supervision.assessment.scheme import POST_OF, ends_of, scheme_message
from services.supervision.assessment.scoring import by_machine, entries_of, of
from services.supervision.body.model import Body
from services.supervision.counts import count
from services.supervision.normative_document.seen import sees
from services.supervision.report.making import row_message

ASSESSMENTS: Any = Assessment.__table__  # type: ignore[attr-defined]
NEWEST_FIRST = (ASSESSMENTS.c.year.desc(), ASSESSMENTS.c.assessment_id.desc())
PUBLISHED = "PUBLISHED"
PAGE = 50


@read
def get_assessment(request: pb.GetAssessmentRequest, view: View) -> pb.GetAssessmentResponse:
    """An assessment. Refuses with NOT_FOUND."""
    return pb.GetAssessmentResponse(assessment=_found(view, request.assessment_id))


@long_read
def get_assessment_scheme(
    request: pb.GetAssessmentSchemeRequest, view: View
) -> pb.GetAssessmentSchemeResponse:
    """By what a body, or a post of it, is assessed for a year; of an officer, what is counted so far. Refuses with NOT_FOUND."""
    body = view.find(Body, request.body_id)
    if body is None or not sees(view, body.node):
        raise Missing("Body", request.body_id)
    sector = view.sector_of(body.field)
    scheme = view.parameters.assessment(request.year, sector, body.name, POST_OF.get(request.post))
    if scheme is None:
        raise Missing("AssessmentScheme", f"{request.year}")
    told = pb.GetAssessmentSchemeResponse(scheme=scheme_message(scheme, view.parameters, sector))
    if request.officer_id:
        about = pb.Assessment(year=request.year, body_id=body.body_id)
        ends = [each for each in scheme.ends if each.by is By.MACHINE]
        found = entries_of(view, about, ends, request.officer_id)
        told.lines.extend(by_machine(each, found) for each in ends)
    return told


def _found(view: View, key: str) -> pb.Assessment:
    row = view.find(Assessment, key)
    if row is None:
        raise Missing("Assessment", key)
    return pb.Assessment.FromString(row.record)


@read
def list_assessments(request: pb.ListAssessmentsRequest, view: View) -> bytes:
    """A pb.ListAssessmentsResponse, the newest year first. Refuses with BAD_PAGE_TOKEN."""
    state = pb.AssessmentState.Name(request.state).removeprefix("ASSESSMENT_STATE_")
    asked = (
        (request.year, ASSESSMENTS.c.year == request.year),
        (request.body_id, ASSESSMENTS.c.body_id == request.body_id),
        (request.state, ASSESSMENTS.c.state == state),
    )
    wanted = [condition for said, condition in asked if said]
    rows, token = view.page(
        select(ASSESSMENTS).where(*wanted), NEWEST_FIRST, request.page_size, request.page_token
    )
    listed = packed(pb.ListAssessmentsResponse.ASSESSMENTS_FIELD_NUMBER, [row.record for row in rows])
    more = pb.ListAssessmentsResponse(next_page_token=token, total=count(view, ASSESSMENTS, wanted))
    return listed + more.SerializeToString()


@long_read
def list_assessment_rows(request: pb.ListAssessmentRowsRequest, view: View) -> pb.ListAssessmentRowsResponse:
    """What an indicator counts, counted anew, and whether the review counted the same. Refuses with NOT_FOUND, MALFORMED."""
    assessment = _found(view, request.assessment_id)
    ends = {each.id: each for each in ends_of(assessment.scheme) if each.by is By.MACHINE}
    indicator = ends.get(request.indicator_id)
    if indicator is None:
        said = ("is no indicator of the scheme that is counted", "不是该方案中由系统统计的指标")
        raise Malformed({"indicator_id": said})
    found = entries_of(view, assessment, [indicator])
    entries, _ = of(indicator, found)
    now = by_machine(indicator, found)
    then = next((line for line in assessment.lines if line.indicator_id == indicator.id), None)
    start, size = int(request.page_token or 0), request.page_size or PAGE
    names: dict[str, str] = {}
    reply = pb.ListAssessmentRowsResponse(
        rows=[row_message(view, entry, names) for entry in entries[start : start + size]],
        now=now,
        same=then is not None and then == now,
    )
    if start + size < len(entries):
        reply.next_page_token = str(start + size)
    return reply


@read
def list_published_assessments(
    request: pb.ListPublishedAssessmentsRequest, view: View
) -> pb.ListPublishedAssessmentsResponse:
    """Standards, course and results of what is published, the newest year first. Refuses with BAD_PAGE_TOKEN."""
    wanted = [ASSESSMENTS.c.state == PUBLISHED]
    if request.year:
        wanted.append(ASSESSMENTS.c.year == request.year)
    rows, token = view.page(
        select(ASSESSMENTS).where(*wanted), NEWEST_FIRST, request.page_size, request.page_token
    )
    return pb.ListPublishedAssessmentsResponse(
        assessments=[published(pb.Assessment.FromString(row.record)) for row in rows], next_page_token=token
    )


def published(assessment: pb.Assessment) -> pb.PublishedAssessment:
    """What anybody may see: no names, and no reasons that speak of people."""
    opinion = pb.PublicOpinion(asked=assessment.opinion.asked, source=assessment.opinion.source)
    if assessment.opinion.HasField("satisfied"):
        opinion.satisfied = assessment.opinion.satisfied
    return pb.PublishedAssessment(
        year=assessment.year,
        body_id=assessment.body_id,
        body_name=assessment.body_name,
        scheme=assessment.scheme,
        lines=[
            pb.PublishedIndicator(
                indicator_id=line.indicator_id, points=line.points, counted=line.counted, of=line.of
            )
            for line in assessment.lines
        ],
        points=assessment.points,
        grade=assessment.grade,
        opinion=opinion if assessment.HasField("opinion") else None,
        publish_time=assessment.publish_time,
        publish_address=assessment.publish_address,
        performance_share=assessment.performance_share,
        performance_points=assessment.performance_points,
        commendations=[
            pb.Commendation(
                title=each.title,
                authority=each.authority,
                document_number=each.document_number,
                commend_time=each.commend_time,
                criteria=each.criteria,
                address=each.address,
            )
            for each in assessment.commendations
        ],
    )
