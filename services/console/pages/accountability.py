"""Matters of accountability: the list, and one of them."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.supervision.v1 import accountability_pb2 as pb

from services.console.console import console_of, language_of
from services.console.pages import filters
from services.console.render import page
from services.console.show import short_enum


async def accountabilities(request: Request) -> Response:
    console = console_of(request)
    wanted = pb.ListAccountabilitiesRequest(
        state=filters.enum(request, "state", "AccountabilityState"),
        body_id=filters.text(request, "body", 64),
        officer_id=filters.text(request, "officer", 64),
        page_size=filters.PAGE,
        page_token=filters.text(request, "token", 400),
    )
    found = await console.supervision.accountabilities(wanted)
    show, seen = console.show(language_of(request)), filters.number(request, "seen")
    chosen = {
        "state": short_enum("AccountabilityState", wanted.state) if wanted.state else "",
        "body": wanted.body_id,
        "officer": wanted.officer_id,
    }
    shown = len(found.accountabilities)
    return page(
        request,
        "accountabilities.html",
        matters=found.accountabilities,
        f=chosen,
        states=filters.choices(show, "AccountabilityState"),
        pages=filters.pages("/accountability", chosen, seen, shown, found.total, found.next_page_token),
    )


async def accountability(request: Request) -> Response:
    found = await console_of(request).supervision.accountability(request.path_params["accountability_id"])
    return page(request, "accountability.html", m=found.accountability)


ROUTES = [
    Route("/accountability", accountabilities),
    Route("/accountability/{accountability_id}", accountability),
]
