"""Assessments of people: the list, and one of them with all that was counted and scored. Shown to whom the service shows them."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.supervision.v1 import officer_assessment_pb2 as pb

from services.console.console import console_of, language_of
from services.console.pages import filters
from services.console.render import page
from services.console.show import short_enum

STATE = "OfficerAssessmentState"


async def officer_assessments(request: Request) -> Response:
    console = console_of(request)
    year = filters.number(request, "year")
    if year > 9998:
        raise filters.BadFilter("year")
    wanted = pb.ListOfficerAssessmentsRequest(
        year=year,
        body_id=filters.text(request, "body", 64),
        officer_id=filters.text(request, "officer", 64),
        state=filters.enum(request, "state", STATE),
        page_size=filters.PAGE,
        page_token=filters.text(request, "token", 400),
    )
    found = await console.supervision.officer_assessments(wanted)
    show, seen = console.show(language_of(request)), filters.number(request, "seen")
    state = short_enum(STATE, wanted.state) if wanted.state else ""
    chosen = {"year": wanted.year or "", "body": wanted.body_id, "officer": wanted.officer_id, "state": state}
    shown = len(found.officer_assessments)
    return page(
        request,
        "officer_assessments.html",
        assessments=found.officer_assessments,
        f=chosen,
        states=filters.choices(show, STATE),
        pages=filters.pages("/officer-assessments", chosen, seen, shown, found.total, found.next_page_token),
    )


async def officer_assessment(request: Request) -> Response:
    found = await console_of(request).supervision.officer_assessment(request.path_params["key"])
    a = found.officer_assessment
    return page(
        request,
        "officer_assessment.html",
        a=a,
        lines={each.indicator_id: each for each in a.lines},
        scores={each.score.indicator_id: each for each in a.scores},
    )


ROUTES = [
    Route("/officer-assessments", officer_assessments),
    Route("/officer-assessments/{key}", officer_assessment),
]
