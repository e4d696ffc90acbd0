"""Assessments of bodies of enforcement: the list, one of them with all its indicators, and what an indicator counts."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.supervision.v1 import assessment_pb2 as pb

from services.console.console import console_of, language_of
from services.console.pages import filters
from services.console.render import page
from services.console.show import short_enum


async def assessments(request: Request) -> Response:
    console = console_of(request)
    year = filters.number(request, "year")
    if year > 9998:
        raise filters.BadFilter("year")
    wanted = pb.ListAssessmentsRequest(
        year=year,
        body_id=filters.text(request, "body", 64),
        state=filters.enum(request, "state", "AssessmentState"),
        page_size=filters.PAGE,
        page_token=filters.text(request, "token", 400),
    )
    found = await console.supervision.assessments(wanted)
    show, seen = console.show(language_of(request)), filters.number(request, "seen")
    state = short_enum("AssessmentState", wanted.state) if wanted.state else ""
    chosen = {"year": wanted.year or "", "body": wanted.body_id, "state": state}
    shown = len(found.assessments)
    return page(
        request,
        "assessments.html",
        assessments=found.assessments,
        f=chosen,
        states=filters.choices(show, "AssessmentState"),
        pages=filters.pages("/assessments", chosen, seen, shown, found.total, found.next_page_token),
    )


async def assessment(request: Request) -> Response:
    found = await console_of(request).supervision.assessment(request.path_params["assessment_id"])
    return page(
        request,
        "assessment.html",
        a=found,
        lines={each.indicator_id: each for each in found.lines},
        own={each.indicator_id: each for each in found.self_assessment.scores},
        weights=weights(found.scheme),
    )


def weights(scheme: pb.AssessmentScheme) -> dict[str, int]:
    """The weight of each indicator, that of what stands above others their sum."""
    every = scheme.indicators
    return {
        each.indicator_id: each.weight
        or sum(e.weight for e in every if e.indicator_id.startswith(f"{each.indicator_id}."))
        for each in every
    }


async def rows(request: Request) -> Response:
    supervision, key = console_of(request).supervision, request.path_params["assessment_id"]
    indicator_id, seen = request.path_params["indicator_id"], filters.number(request, "seen")
    wanted = pb.ListAssessmentRowsRequest(
        assessment_id=key,
        indicator_id=indicator_id,
        page_size=filters.PAGE,
        page_token=filters.text(request, "token", 9),
    )
    found, whole = await supervision.assessment_rows(wanted), await supervision.assessment(key)
    [indicator] = [each for each in whole.scheme.indicators if each.indicator_id == indicator_id]
    path = f"/assessments/{key}/{indicator_id}"
    return page(
        request,
        "assessment_rows.html",
        a=whole,
        found=found,
        indicator=indicator,
        pages=filters.pages(path, {}, seen, len(found.rows), found.now.counted, found.next_page_token),
    )


ROUTES = [
    Route("/assessments", assessments),
    Route("/assessments/{assessment_id}", assessment),
    Route("/assessments/{assessment_id}/{indicator_id}", rows),
]
