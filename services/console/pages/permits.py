"""Permits: the list, one of them with its terms, papers and warnings, and the published guides as anybody may read them."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.supervision.v1 import permit_pb2 as pb
from yifa.supervision.v1 import service_promise_pb2 as promised

from services.console.console import console_of, language_of
from services.console.pages import filters
from services.console.pages.public import HOME
from services.console.render import address, page
from services.console.show import short_enum

GUIDES = 20


async def permits(request: Request) -> Response:
    console = console_of(request)
    wanted = pb.ListPermitsRequest(
        node=filters.text(request, "node", 32),
        state=filters.enum(request, "state", "PermitState"),
        only_late=filters.flag(request, "late"),
        only_broken=filters.flag(request, "broken"),
        query=filters.text(request, "q", 100),
        page_size=filters.PAGE,
        page_token=filters.text(request, "token", 400),
    )
    found = await console.supervision.permits(wanted)
    show, seen = console.show(language_of(request)), filters.number(request, "seen")
    chosen = {
        "node": wanted.node,
        "state": short_enum("PermitState", wanted.state) if wanted.state else "",
        "late": int(wanted.only_late),
        "broken": int(wanted.only_broken),
        "q": wanted.query,
    }
    return page(
        request,
        "permits.html",
        permits=found.permits,
        f=chosen,
        nodes=filters.departments(show),
        states=filters.choices(show, "PermitState"),
        pages=filters.pages("/permits", chosen, seen, len(found.permits), found.total, found.next_page_token),
    )


async def permit(request: Request) -> Response:
    console = console_of(request)
    found = await console.supervision.permit(request.path_params["permit_id"])
    papers = await console.papers.of(found.permit.node, record_id=found.permit.permit_id)
    return page(
        request,
        "permit.html",
        p=found.permit,
        papers=papers,
        warnings=found.warnings,
        timeline=found.timeline,
    )


async def guides(request: Request) -> Response:
    """What permits there are: conditions, papers, steps, times, fees, and how the promised times were kept (ALIC 30, 33)."""
    asked = pb.ListPublishedPermitGuidesRequest(
        page_size=GUIDES, page_token=filters.text(request, "token", 400)
    )
    found = await console_of(request).public.permit_guides(asked)
    following = address(f"{HOME}/permits", token=found.next_page_token) if found.next_page_token else ""
    return page(request, "open_permits.html", guides=found.guides, following=following)


async def charges(request: Request) -> Response:
    """What is charged, for permits and else, and the law that has it; what is not here is not charged (CITY-ERS 3(4))."""
    public = console_of(request).public
    asked = pb.ListPublishedPermitGuidesRequest(
        page_size=filters.PAGE, page_token=filters.text(request, "token", 400), only_charged=True
    )
    found, others = await asyncio.gather(
        public.permit_guides(asked), public.item_charges(filters.PAGE, filters.text(request, "items", 400))
    )
    more = {
        name: address(f"{HOME}/charges", **{name: token})
        for name, token in (("token", found.next_page_token), ("items", others.next_page_token))
        if token
    }
    return page(request, "open_charges.html", guides=found.guides, charges=others.charges, more=more)


async def promises(request: Request) -> Response:
    """What bodies promise of their other services, and how it was kept (CITY-ERS 3(7))."""
    asked = promised.ListPublicServicePromisesRequest(
        page_size=GUIDES, page_token=filters.text(request, "token", 400)
    )
    found = await console_of(request).public.service_promises(asked)
    following = address(f"{HOME}/promises", token=found.next_page_token) if found.next_page_token else ""
    return page(request, "open_promises.html", promises=found.promises, following=following)


ROUTES = [
    Route(f"{HOME}/promises", promises),
    Route("/permits", permits),
    Route("/permits/{permit_id}", permit),
    Route(f"{HOME}/permits", guides),
    Route(f"{HOME}/charges", charges),
]
