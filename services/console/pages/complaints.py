"""Complaints about enforcement: the list, and one of them. Who complained is on no page."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.supervision.v1 import complaint_pb2 as pb

from services.console.console import console_of, language_of
from services.console.pages import filters
from services.console.render import page
from services.console.show import short_enum


async def complaints(request: Request) -> Response:
    console = console_of(request)
    wanted = pb.ListComplaintsRequest(
        state=filters.enum(request, "state", "ComplaintState"),
        source=filters.enum(request, "source", "ComplaintSource"),
        body_id=filters.text(request, "body", 64),
        page_size=filters.PAGE,
        page_token=filters.text(request, "token", 400),
    )
    found = await console.supervision.complaints(wanted)
    show, seen = console.show(language_of(request)), filters.number(request, "seen")
    chosen = {
        "state": short_enum("ComplaintState", wanted.state) if wanted.state else "",
        "source": short_enum("ComplaintSource", wanted.source) if wanted.source else "",
        "body": wanted.body_id,
    }
    shown = len(found.complaints)
    return page(
        request,
        "complaints.html",
        complaints=found.complaints,
        f=chosen,
        states=filters.choices(show, "ComplaintState"),
        sources=filters.choices(show, "ComplaintSource"),
        pages=filters.pages("/complaints", chosen, seen, shown, found.total, found.next_page_token),
    )


async def complaint(request: Request) -> Response:
    console = console_of(request)
    found = await console.supervision.complaint(request.path_params["complaint_id"])
    people = await console.registry.names(found.complaint.handlers)
    return page(request, "complaint.html", people=people, c=found.complaint, like=found.same_act)


ROUTES = [
    Route("/complaints", complaints),
    Route("/complaints/{complaint_id}", complaint),
]
