"""The register of claims of compensation: the list, and one of them."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.supervision.v1 import compensation_pb2 as pb

from services.console.console import console_of, language_of
from services.console.pages import filters
from services.console.render import page
from services.console.show import short_enum


async def compensations(request: Request) -> Response:
    console = console_of(request)
    wanted = pb.ListCompensationsRequest(
        state=filters.enum(request, "state", "CompensationState"),
        body_id=filters.text(request, "body", 64),
        page_size=filters.PAGE,
        page_token=filters.text(request, "token", 400),
    )
    found = await console.supervision.compensations(wanted)
    show, seen = console.show(language_of(request)), filters.number(request, "seen")
    chosen = {
        "state": short_enum("CompensationState", wanted.state) if wanted.state else "",
        "body": wanted.body_id,
    }
    return page(
        request,
        "compensations.html",
        compensations=found.compensations,
        f=chosen,
        states=filters.choices(show, "CompensationState"),
        pages=filters.pages(
            "/compensations", chosen, seen, len(found.compensations), found.total, found.next_page_token
        ),
    )


async def compensation(request: Request) -> Response:
    found = await console_of(request).supervision.compensation(request.path_params["compensation_id"])
    return page(request, "compensation.html", u=found.compensation)


ROUTES = [
    Route("/compensations", compensations),
    Route("/compensations/{compensation_id}", compensation),
]
